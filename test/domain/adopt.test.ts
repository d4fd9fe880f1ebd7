import { describe, expect, it } from "vitest";
import type { Payment } from "../../workers/domain/chain/driver.ts";
import { writeMemo } from "../../workers/domain/claim/memo.ts";
import { DENOM } from "../simulation/sim-chain.ts";
import { Bench, drips } from "./bench.ts";

const FOREVER = Number.POSITIVE_INFINITY;

/** Claims a, b and c are stored and backed up; then they are paid, and the backup forgets that. */
async function forgotten(): Promise<Bench> {
  const bench = new Bench();
  bench.claim("z");
  await bench.step();
  await bench.live(1);
  bench.claims("a", "b", "c");
  const backup = bench.disk.backup();
  await bench.step();
  bench.mine();
  bench.disk.restore(backup);
  bench.restart({ generation: "g1" });
  return bench;
}

type Planted = { readonly signer?: string; readonly deployment?: string; readonly signedAtMs?: number };

/** Claims a, b and c (places 1 to 3) wait; the next block holds a payment that bears a batch's memo. */
async function planted(payments: readonly Payment[], over: Planted = {}): Promise<Bench> {
  const bench = new Bench({ maySign: false });
  await bench.step();
  bench.claims("a", "b", "c");
  bench.store.save({ used: { faucet0: "7/0" }, quarantine: { sinceMs: bench.nowMs, untilHeight: null } });
  plant(bench, payments, over);
  return bench;
}

function plant(bench: Bench, payments: readonly Payment[], over: Planted = {}): void {
  const range = { from: 1, to: payments.length };
  const memo = { id: "lost1", signedAtMs: over.signedAtMs ?? bench.nowMs, ...range };
  const signer = over.signer ?? bench.signer;
  bench.chain.fund(signer, 10_000n);
  bench.inject(signer, writeMemo(over.deployment ?? "sim", memo), payments);
}

describe("a payment that a restored backup forgot", () => {
  it("is recovered by its memo and its outputs, and its claims are not paid again", async () => {
    const bench = await forgotten();
    expect(bench.states("a", "b", "c")).toEqual(["queued", "queued", "queued"]);
    await bench.step();
    expect(bench.states("a", "b", "c")).toEqual(["confirmed", "confirmed", "confirmed"]);
    expect(bench.events("payment_recovered")).toMatchObject([{ claims: 3 }]);
    await bench.live(30);
    expect(bench.paid("a", "b", "c")).toEqual([1_000n, 1_000n, 1_000n]);
    expect(bench.store.state().quarantine).toBeNull();
  });

  it("uses up its sequence: the next batch takes the one after it", async () => {
    const bench = await forgotten();
    await bench.step();
    bench.claim("d");
    await bench.live(30);
    expect(bench.batches.at(-1)?.tx.reserves).toBe("7/2");
    expect(bench.states("d")).toEqual(["confirmed"]);
  });

  it("is recovered with its hash, its height and its fee", async () => {
    const bench = await forgotten();
    await bench.step();
    const tx = bench.chain.block(bench.chain.height)?.txs;
    expect(tx).toHaveLength(1);
    expect(bench.dispenser.claim("b")).toMatchObject({ height: bench.chain.height, state: "confirmed" });
    expect(bench.batches.at(-1)?.tx.fee[0]?.amount).toBeGreaterThan(0n);
  });

  it("that failed in its block settles nothing: its claims wait and are paid", async () => {
    const bench = new Bench();
    bench.claim("z");
    await bench.step();
    await bench.live(1);
    bench.claim("a");
    const backup = bench.disk.backup();
    await bench.step();
    bench.chain.failNext = ["message"];
    bench.mine();
    bench.disk.restore(backup);
    bench.restart({ generation: "g1" });
    await bench.step();
    expect(bench.states("a")).toEqual(["queued"]);
    expect(bench.batches).toHaveLength(1);
    await bench.live(30);
    expect(bench.paid("a")).toEqual([1_000n]);
  });
});

describe("a payment that bears our memo counts only", () => {
  it("for the first claims whose recipient and coins its outputs name", async () => {
    const more = [{ recipient: "b", coins: [{ denom: DENOM, amount: 1_001n }] }];
    const token = [{ recipient: "b", coins: [{ denom: "uother", amount: 1_000n }] }];
    const both = [{ recipient: "b", coins: [...(drips("b")[0]?.coins ?? []), { denom: "uother", amount: 1n }] }];
    for (const second of [drips("thief"), more, token, both]) {
      const bench = await planted([...drips("a"), ...second, ...drips("c")]);
      await bench.live(1);
      expect(bench.states("a", "b", "c")).toEqual(["confirmed", "queued", "queued"]);
    }
  });

  it("for nobody where the first output does not fit", async () => {
    const bench = await planted(drips("thief", "b", "c"));
    await bench.live(1);
    expect(bench.states("a", "b", "c")).toEqual(["queued", "queued", "queued"]);
    expect(bench.batches).toEqual([]);
    expect(bench.events("payment_recovered")).toEqual([]);
  });

  it("for claims that are older than its signature", async () => {
    const young = await planted(drips("a", "b", "c"), { signedAtMs: 1_750_000_000_000 - 1 });
    await young.live(1);
    expect(young.states("a", "b", "c")).toEqual(["queued", "queued", "queued"]);
    const old = await planted(drips("a", "b", "c"), { signedAtMs: 1_750_000_000_000 });
    await old.live(1);
    expect(old.states("a", "b", "c")).toEqual(["confirmed", "confirmed", "confirmed"]);
  });

  it("where the memo is this deployment's and its outputs are as many as it says", async () => {
    const other = await planted(drips("a", "b", "c"), { deployment: "sim2" });
    await other.live(1);
    expect(other.states("a")).toEqual(["queued"]);
    const short = await planted([]);
    short.inject("faucet0", writeMemo("sim", { id: "x1", from: 1, to: 3, signedAtMs: short.nowMs }), drips("a"));
    await short.live(1);
    expect(short.states("a", "b", "c")).toEqual(["queued", "queued", "queued"]);
  });

  it("from one of our signers, or from anyone while a quarantine lasts", async () => {
    const stranger = await planted(drips("a", "b", "c"), { signer: "stranger" });
    stranger.store.save({ quarantine: null });
    stranger.store.save({ deferred: [{ hash: "AB".repeat(32), height: 1_000 }] });
    await stranger.live(1);
    expect(stranger.store.state().cursor?.height).toBe(stranger.chain.height);
    expect(stranger.states("a")).toEqual(["queued"]);
    const formerKey = await planted(drips("a", "b", "c"), { signer: "faucetOld" });
    formerKey.store.save({ quarantine: null, used: { faucetOld: "3/0" } });
    formerKey.store.save({ deferred: [{ hash: "AB".repeat(32), height: 1_000 }] });
    await formerKey.live(1);
    expect(formerKey.states("a")).toEqual(["confirmed"]);
    const restored = await planted(drips("a", "b", "c"), { signer: "stranger" });
    await restored.live(1);
    expect(restored.states("a")).toEqual(["confirmed"]);
  });

  it("where its claims are not settled yet: the log tells of a conflict", async () => {
    const bench = await planted(drips("a", "b", "c"));
    await bench.live(1);
    const batches = bench.batches.length;
    plant(bench, drips("a", "b"));
    await bench.live(1);
    expect(bench.batches).toHaveLength(batches);
    expect(bench.events("recovery_conflict")).toMatchObject([{ claim: "a" }]);
  });
});

describe("a payment that can't be judged yet", () => {
  it("is put off while its outcome is unknown, nothing is signed meanwhile, and it counts once it is known", async () => {
    const bench = await forgotten();
    bench.health.noResultsUntilMs = FOREVER;
    bench.mine();
    await bench.live(30);
    expect(bench.store.state().deferred).toHaveLength(1);
    expect(bench.events("payment_put_off")).toHaveLength(1);
    expect(bench.batches).toHaveLength(1);
    bench.health.noResultsUntilMs = 0;
    await bench.live(1);
    expect(bench.store.state().deferred).toEqual([]);
    expect(bench.states("a", "b", "c")).toEqual(["confirmed", "confirmed", "confirmed"]);
    await bench.live(5);
    expect(bench.paid("a", "b", "c")).toEqual([1_000n, 1_000n, 1_000n]);
  });

  it("is put off while a batch on its way holds one of its claims, and counts when that batch is dead", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    await bench.step();
    bench.store.save({ used: { ...bench.store.state().used, otherkey: "9/0" } });
    plant(bench, drips("a", "b"), { signer: "otherkey" });
    bench.chain.mempool.splice(1);
    await bench.live(1);
    expect(bench.store.state().deferred).toHaveLength(1);
    expect(bench.states("a", "b")).toEqual(["submitted", "submitted"]);
    bench.mineNothing(10);
    await bench.step();
    await bench.step();
    expect(bench.batch(1).state).toBe("dead");
    expect(bench.states("a", "b")).toEqual(["confirmed", "confirmed"]);
    await bench.live(5);
    expect(bench.paid("a", "b")).toEqual([1_000n, 1_000n]);
  });
});
