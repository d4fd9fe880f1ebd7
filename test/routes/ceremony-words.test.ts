import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { writeAttestation } from "../../genesis/attest/attestation.ts";
import { signBeacon, writeBeacon } from "../../genesis/attest/beacon.ts";
import { digestOf } from "../../genesis/attest/digest.ts";
import { writeWord } from "../../genesis/attest/word.ts";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { beaconFacts, byBinary, byWallet, nodeId, nodeSeed } from "../genesis/attest/words.ts";
import { account } from "../genesis/gentxs.ts";
import { ask } from "../support/api.ts";
import { act, beginCollecting, ceremonyOf, close, handIn, mustAct } from "../support/ceremony-client.ts";
import { gentxFor } from "../support/ceremony-network.ts";

const chain = "genesis-4";
const path = ceremonyOf(chain);
const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = async (url: string) =>
  new Uint8Array(await (await exports.default.fetch(new Request(`http://wellspring.test${url}`))).arrayBuffer());
const send = (url: string, body: Uint8Array | string) =>
  ask(url, { method: "POST", body: body as Uint8Array<ArrayBuffer> | string });
const readiness = async () => (await ask(`${path}/readiness`)).body;

/** The line that an operator signs who holds this file. */
async function wordOf(number: number, file: Uint8Array, node: string | null = null) {
  const { status, body } = await ask(`${path}/challenges/${account(number)}`);
  expect(status).toBe(200);
  const { origin, version, expires, attestNonce, beaconNonce, genesisSha256 } = body as {
    [name in "origin" | "attestNonce" | "beaconNonce" | "genesisSha256"]: string;
  } & { version: number; expires: number };
  const digest = digestOf(attestNonce, file);
  const line = writeWord({ origin, chainId: chain, version, expiresSec: expires, nonce: attestNonce, digest, node });
  return { line, origin, version, expires, beaconNonce, genesisSha256 };
}

describe("words on a sealed genesis, over HTTP", () => {
  let genesis = new Uint8Array();

  beforeAll(async () => {
    await beginCollecting(chain);
    for (const number of [0, 1, 2, 3]) expect((await handIn(chain, gentxFor(chain, number))).status).toBe(201);
    expect(await ask(`${path}/readiness`)).toMatchObject({ status: 404, body: { code: "genesis_not_sealed" } });
    await close(chain, 4);
    const sha256 = sha256Hex(await bytesOf(`${path}/preview.json`));
    await mustAct(chain, { kind: "seal", sha256 });
    await mustAct(chain, { kind: "move", to: "attesting" });
    genesis = await bytesOf(`${path}/genesis.json`);
  });

  it("are taken by wallet or by the chain's binary, and counted by power", async () => {
    const first = await wordOf(0, genesis, nodeId(0));
    const taken = await send(`${path}/attestations/${account(0)}`, writeAttestation(byWallet(first.line, 0)));
    expect(taken).toMatchObject({ status: 201, body: { operator: account(0), version: 1, node: nodeId(0) } });
    const second = await wordOf(1, genesis);
    const binary = await send(`${path}/attestations/${account(1)}`, writeAttestation(byBinary(second.line, 1)));
    expect(binary.status).toBe(201);
    expect(await readiness()).toMatchObject({
      totalPower: "2000",
      attestedPower: "1000",
      attestedPercent: 50,
      deadlock: false,
      gate: { open: false, reasons: ["power_missing"], mayOpen: true },
    });
  });

  it("are refused by name: malformed, of others, of other files", async () => {
    const at = `${path}/attestations/${account(2)}`;
    expect(await send(at, "{}")).toMatchObject({ status: 422, body: { code: "word_refused" } });
    const { line } = await wordOf(2, genesis);
    const foreign = await send(at, writeAttestation(byWallet(line, 3)));
    expect(foreign).toMatchObject({ status: 422, body: { code: "word_refused" } });
    const other = await wordOf(2, utf8("another file"));
    const wrong = await send(at, writeAttestation(byWallet(other.line, 2)));
    expect(wrong).toMatchObject({ status: 409, body: { code: "wrong_file" } });
    const theirs = await send(`${path}/attestations/${account(3)}`, writeAttestation(byWallet(line, 2)));
    expect(theirs).toMatchObject({ status: 422, body: { code: "word_refused" } });
    expect(await ask(`${path}/challenges/${account(9)}`)).toMatchObject({
      status: 409,
      body: { code: "act_forbidden", why: "not_in_genesis" },
    });
    expect(await send(at, " ".repeat(33 * 1024))).toMatchObject({ status: 413 });
  });

  it("of a node count when operator and node name each other", async () => {
    const { origin, version, expires, beaconNonce, genesisSha256 } = await wordOf(0, genesis);
    const own = { origin, chainId: chain, version, expiresSec: expires, nonce: beaconNonce, genesisSha256 };
    const facts = beaconFacts(0, { ...own, operator: account(0), node: nodeId(0) });
    const beacon = await send(`${path}/beacons`, writeBeacon(signBeacon(facts, nodeSeed(0))));
    expect(beacon).toMatchObject({ status: 201, body: { node: nodeId(0) } });
    expect(await readiness()).toMatchObject({ readyPower: "500", nodes: [{ operator: account(0), node: nodeId(0) }] });
    const stranger = signBeacon({ ...facts, node: nodeId(7) }, nodeSeed(7));
    expect(await send(`${path}/beacons`, writeBeacon(stranger))).toMatchObject({ body: { code: "node_not_tied" } });
  });

  it("open the gate when they have enough power, and the clock moves the ceremony on at once", async () => {
    const { line } = await wordOf(2, genesis);
    const taken = await send(`${path}/attestations/${account(2)}`, writeAttestation(byWallet(line, 2)));
    expect(taken.status).toBe(201);
    expect((await ask(path)).body).toMatchObject({ phase: "countdown", attestedPower: "1500", totalPower: "2000" });
    expect(await readiness()).toMatchObject({ attestedPercent: 75, gate: { open: true, reasons: [] } });
  });

  it("are void with their version", async () => {
    await mustAct(chain, { kind: "move", to: "collecting", reason: "an account was missing" });
    expect(await ask(`${path}/readiness`)).toMatchObject({ status: 404 });
    expect((await ask(path)).body).toMatchObject({ standing: null, attestedPower: "0", seals: [{ version: 1 }] });
    const preview = sha256Hex(await bytesOf(`${path}/preview.json`));
    expect(await act(chain, { kind: "seal", sha256: preview })).toMatchObject({ status: 200 });
    expect((await ask(path)).body).toMatchObject({ standing: 2, attestedPower: "0" });
  });
});
