import { describe, expect, it } from "vitest";
import { affordable, readBalance } from "../../workers/domain/claim/purse.ts";
import { DENOM } from "../simulation/sim-chain.ts";
import { Bench } from "./bench.ts";

const coins = (amount: bigint) => [{ denom: DENOM, amount }];

/** Claims a to d wait, and the faucet's balance was read as this. */
function ground(balance: bigint): Bench {
  const bench = new Bench();
  bench.claims("a", "b", "c", "d");
  bench.store.save({ balance: coins(balance), balanceAtMs: bench.nowMs });
  return bench;
}

const drips = async (bench: Bench) => (await affordable(bench.desk, bench.store.claimsBetween(1, 4))).length;

describe("what the purse pays for", () => {
  it.each([
    [5_000n, 4],
    [4_999n, 3],
    [3_000n, 2],
    [1_999n, 0],
  ])("with %i, and 1,000 kept for fees, is %i drips of 1,000", async (balance, count) => {
    expect(await drips(ground(balance))).toBe(count);
  });

  it("is what is left after the drips and the fees of all that is on its way", async () => {
    const bench = new Bench({}, 6_500n);
    bench.claims("x", "y");
    await bench.step();
    const fee = bench.batch(1).tx.fee[0]?.amount ?? 0n;
    expect(fee).toBeGreaterThan(0n);
    bench.claims("a", "b");
    const next = bench.store.claimsBetween(3, 4);
    for (const [balance, drips] of [
      [5_000n + fee, 2],
      [5_000n + fee - 1n, 1],
    ] as const) {
      bench.store.save({ balance: coins(balance), balanceAtMs: bench.nowMs });
      expect(await affordable(bench.desk, next)).toHaveLength(drips);
    }
  });

  it("is read anew where it does not suffice, at most every two seconds", async () => {
    const bench = ground(0n);
    bench.nowMs += 1_999;
    expect(await drips(bench)).toBe(0);
    expect(bench.calls.get("account")).toBeUndefined();
    bench.nowMs += 1;
    expect(await drips(bench)).toBe(4);
    expect(bench.store.state().balanceAtMs).toBe(bench.nowMs);
  });
});

describe("a faucet that runs dry", () => {
  it("signs the affordable part only, and the rest when it was funded", async () => {
    const bench = new Bench({}, 3_500n);
    bench.store.save({ balance: coins(100_000n), balanceAtMs: bench.nowMs });
    bench.claims("a", "b", "c", "d");
    bench.store.save({ balance: [], balanceAtMs: 0 });
    await bench.step();
    expect(bench.batches.map(({ from, to }) => [from, to])).toEqual([[1, 2]]);
    bench.nowMs += 10_000;
    await bench.step();
    expect(bench.batches).toHaveLength(1);
    expect(bench.states("a", "b", "c", "d")).toEqual(["submitted", "submitted", "queued", "queued"]);
    bench.chain.fund(bench.signer, 10_000n);
    await bench.live(8);
    expect(bench.paid("a", "b", "c", "d")).toEqual([1_000n, 1_000n, 1_000n, 1_000n]);
  });

  it("does not count twice what a block has moved since the balance was read", async () => {
    const bench = new Bench({}, 3_500n);
    bench.claims("a", "b", "c", "d");
    await bench.step();
    await bench.live(12);
    expect(bench.states("a", "b", "c", "d")).toEqual(["confirmed", "confirmed", "queued", "queued"]);
    expect(bench.batches.map(({ state }) => state)).toEqual(["paid"]);
  });

  it("never signs on a purse that fast blocks have emptied, and no claim fails for it", async () => {
    const bench = new Bench({ drips: [{ denom: DENOM, amount: 1_000_000n }] }, 2_500_000n);
    const block = async (count: number) => {
      for (let mined = 0; mined < count; mined += 1) {
        bench.nowMs += 60;
        bench.chain.mine(bench.nowMs);
        await bench.step();
      }
    };
    bench.claim("a");
    await block(4);
    expect(bench.states("a")).toEqual(["confirmed"]);
    bench.claim("b");
    expect(() => bench.claim("c")).toThrow("faucet_empty");
    await block(60);
    expect(bench.states("a", "b")).toEqual(["confirmed", "confirmed"]);
    expect(bench.batches.map(({ state }) => state)).toEqual(["paid", "paid"]);
  });

  it("tells once that it is empty, however long it lasts, and again when it happens again", async () => {
    const bench = new Bench({}, 1_500n);
    bench.claim("a");
    await bench.live(20);
    expect(bench.events("faucet_empty")).toEqual([{ waiting: 1, signer: "faucet0" }]);
    bench.chain.fund(bench.signer, 1_000n);
    await bench.live(10);
    expect(bench.states("a")).toEqual(["confirmed"]);
    bench.store.save({ balance: coins(100_000n), balanceAtMs: bench.nowMs });
    bench.claim("b");
    bench.store.save({ balance: [] });
    await bench.live(10);
    expect(bench.events("faucet_empty")).toHaveLength(2);
  });

  it("tells once that it runs low, and again only after it did not", async () => {
    const bench = new Bench({ balanceLow: coins(2_000n) }, 1_999n);
    const { desk } = bench;
    await readBalance(desk);
    await readBalance(desk);
    expect(bench.events("balance_low")).toEqual([{ denom: DENOM, balance: "1999" }]);
    bench.chain.fund(bench.signer, 1n);
    bench.mine();
    await readBalance(desk);
    expect(bench.events("balance_low")).toHaveLength(1);
    bench.chain.fund(bench.signer, -1n);
    bench.mine();
    await readBalance(desk);
    expect(bench.events("balance_low")).toHaveLength(2);
  });
});
