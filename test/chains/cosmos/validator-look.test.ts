import { toBase64 } from "@cosmjs/encoding";
import { BinaryWriter } from "cosmjs-types/binary";
import { afterEach, describe, expect, it } from "vitest";
import { CosmosValidatorChain } from "../../../workers/chains/cosmos/validator-look.ts";
import { commitAnswer, type RpcMethods, startRpc, statusAnswer, stopRpcs } from "./rpc-server.ts";

const names = { account: "paw1operator", valoper: "pawvaloper1operator" };
const key = new Uint8Array(32).fill(7);
const address = "AB".repeat(20);

const message = (field: number, bytes: Uint8Array) =>
  BinaryWriter.create()
    .uint32(field * 8 + 2)
    .bytes(bytes)
    .finish();
/** A QueryValidatorResponse: jailed and status are fields 3 and 4 of its validator. */
function validator({ jailed, status }: { jailed: boolean; status: number }): string {
  const any = BinaryWriter.create().uint32(10).string("/cosmos.crypto.ed25519.PubKey");
  any.uint32(18).bytes(message(1, key));
  const writer = BinaryWriter.create().uint32(10).string(names.valoper).uint32(18).bytes(any.finish());
  if (jailed) writer.uint32(24).bool(true);
  writer.uint32(32).int32(status);
  return toBase64(message(1, writer.finish()));
}
const query = (response: object) => ({
  response: { code: 0, codespace: "", log: "", value: null, height: "9", ...response },
});
const healthy: RpcMethods = {
  status: () => statusAnswer("paw-1"),
  validators: () => ({ total: "1", validators: [{ address, pub_key: { value: toBase64(key) } }] }),
  commit: ({ height = "" }) =>
    commitAnswer("paw-1", height, [Number(height) % 100 === 9 ? [1, ""] : [2, address.toLowerCase()]]),
  abci_query: ({ path }) =>
    path?.endsWith("Validator")
      ? query({ value: validator({ jailed: false, status: 3 }) })
      : query({ value: toBase64(message(1, key)) }),
};
const asked: string[] = [];
const start = (node: RpcMethods) => startRpc(node, asked);
afterEach(() => {
  stopRpcs();
  asked.length = 0;
});
const look = async (node: RpcMethods, consensusKey: string | null = null) =>
  new CosmosValidatorChain("paw-1", [await start(node)], () => 0).look(names, consensusKey);

describe("what a chain says of a validator", () => {
  it("is bonded, not jailed, and signing as its commits show", async () => {
    expect(await look(healthy)).toEqual({
      bonded: true,
      jailed: false,
      // One height of the ten ends in 09, where this validator was absent.
      signed: { commits: 9, of: 10 },
      account: true,
    });
  });

  it("is jailed, or not in the staking module, in its own words", async () => {
    const jailed = { ...healthy, abci_query: () => query({ value: validator({ jailed: true, status: 1 }) }) };
    expect(await look(jailed)).toMatchObject({ bonded: false, jailed: true });
    const none = { ...healthy, abci_query: () => query({ code: 5, log: "validator pawvaloper1 not found" }) };
    expect(await look(none)).toMatchObject({ bonded: false, jailed: null, account: false, signed: null });
  });

  it("is told by CometBFT where the application answers no query, as PAW's with its default store", async () => {
    const mute = { ...healthy, abci_query: () => query({ code: 1, codespace: "sdk", log: "failed to load state" }) };
    expect(await look(mute, toBase64(key))).toEqual({
      bonded: true,
      jailed: null,
      signed: { commits: 9, of: 10 },
      account: null,
    });
    expect(await look(mute)).toEqual({ bonded: null, jailed: null, signed: null, account: null });
  });

  it("is nothing from a node of another chain, one that is broken, or none", async () => {
    const nothing = { bonded: null, jailed: null, signed: null, account: null };
    expect(await look({ ...healthy, status: () => statusAnswer("other-1") })).toEqual(nothing);
    expect(await look({ status: () => statusAnswer("paw-1"), abci_query: () => query({ value: "////" }) })).toEqual(
      nothing,
    );
    expect(await new CosmosValidatorChain("paw-1", ["http://127.0.0.1:1"], () => 0).look(names, null)).toEqual(nothing);
  });

  it("comes from the first node that is of this chain", async () => {
    const endpoints = [await start({ status: () => statusAnswer("other-1") }), await start(healthy)];
    expect(await new CosmosValidatorChain("paw-1", endpoints, () => 0).look(names, null)).toMatchObject({
      bonded: true,
    });
  });

  it("asks a node no more often than it must, however often it is asked itself", async () => {
    let nowMs = 0;
    const chain = new CosmosValidatorChain("paw-1", [await start(healthy)], () => nowMs);
    for (let again = 0; again < 20; again += 1) await chain.look(names, null);
    expect(asked.filter((method) => method === "commit")).toHaveLength(10);
    expect(asked.filter((method) => method === "abci_query")).toHaveLength(2);
    nowMs = 20_000;
    await chain.look(names, null);
    expect(asked.filter((method) => method === "commit")).toHaveLength(10);
    expect(asked.filter((method) => method === "abci_query")).toHaveLength(4);
  });
});
