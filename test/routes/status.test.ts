import { describe, expect, it } from "vitest";
import { ask, claim, newAddress, until } from "../support/api.ts";

const of = (chainId: string) => `/api/v1/networks/${chainId}`;

describe("a network's status", () => {
  it("tells height, block time, who signs and the newest blocks, the newest first", async () => {
    const { body } = await until(
      () => ask(`${of("sandbox-1")}/status`),
      (answer) => (answer.body.blocks as unknown[]).length > 3,
    );
    const [first, second] = body.blocks as { height: number }[];
    expect(body).toMatchObject({ state: "producing", peers: 0, height: first?.height });
    expect(second?.height).toBe((first?.height ?? 0) - 1);
    expect(body.validators).toMatchObject({ total: 1, signing: 1 });
    expect(Number(body.blockMs)).toBeGreaterThan(0);
  });

  it("says unknown where no endpoint answers, and why", async () => {
    const { status, body } = await ask(`${of("full-1")}/status`);
    expect([status, body.state, body.height]).toEqual([200, "unknown", null]);
    expect((body.endpoints as { why: string }[])[0]?.why).toMatch(/status/);
    expect(await ask(`${of("full-1")}/addresses/${newAddress()}`)).toMatchObject({
      status: 503,
      body: { code: "chain_unreachable" },
    });
  });
});

describe("looking up", () => {
  it("finds the block, the transaction and the account of a claim that was paid", async () => {
    const address = newAddress();
    const paid = await claim("sandbox-1", { address }, {}, "?wait=confirmed");
    const { txHash, height } = paid.body as { txHash: string; height: number };
    const block = await ask(`${of("sandbox-1")}/blocks/${height}`);
    expect(block).toMatchObject({ status: 200, body: { height, txHashes: expect.arrayContaining([txHash]) } });
    const found = await ask(`${of("sandbox-1")}/transactions/0x${txHash.toLowerCase()}`);
    expect(found).toMatchObject({ status: 200, body: { hash: txHash, height, code: 0 } });
    const account = await ask(`${of("sandbox-1")}/addresses/${address.toUpperCase()}`);
    expect(account.body).toMatchObject({ address, balances: [{ denom: "usand", amount: "1000000" }] });
  });

  it("says what is not there, and what is no height, hash or address", async () => {
    for (const path of [
      "blocks/99999999",
      "blocks/0",
      "blocks/x",
      `transactions/${"A".repeat(64)}`,
      "transactions/x",
    ]) {
      expect(await ask(`${of("sandbox-1")}/${path}`)).toMatchObject({ status: 404, body: { code: "not_on_chain" } });
    }
    const nobody = await ask(`${of("sandbox-1")}/addresses/${newAddress()}`);
    expect(nobody).toMatchObject({ status: 200, body: { balances: [], accountNumber: null } });
    expect(await ask(`${of("sandbox-1")}/addresses/paw1x`)).toMatchObject({ status: 422 });
  });
});
