import { describe, expect, it } from "vitest";
import { decodeTx } from "../simulation/sim-codec.ts";
import { Bench, BLOCK_MS, FIRST } from "./bench.ts";

const MANY = Array.from({ length: 12 }, (_, index) => `p${index}`);

describe("signing", () => {
  it("pays all that wait in one transaction", async () => {
    const bench = new Bench();
    bench.claims("a", "b", "c");
    await bench.step();
    expect(bench.batches).toHaveLength(1);
    expect(bench.states("a", "b", "c")).toEqual(["submitted", "submitted", "submitted"]);
    await bench.live(1);
    expect(bench.paid("a", "b", "c")).toEqual([1_000n, 1_000n, 1_000n]);
    expect(bench.states("a", "b", "c")).toEqual(["confirmed", "confirmed", "confirmed"]);
  });

  it("puts as many payments into a transaction as the driver allows, and no more", async () => {
    const bench = new Bench();
    bench.claims(...MANY.slice(0, 10));
    await bench.step();
    bench.nowMs += BLOCK_MS;
    await bench.step();
    expect(bench.desk.ports.driver.paymentsMax).toBe(4);
    expect(bench.batches.map(({ from, to }) => [from, to])).toEqual([
      [1, 4],
      [5, 8],
      [9, 10],
    ]);
  });

  it("has no more batches on their way than the policy allows, each on the next sequence", async () => {
    const bench = new Bench({ inFlightMax: 2 });
    bench.claims(...MANY);
    await bench.step();
    expect(bench.batches.map((batch) => batch.tx.reserves)).toEqual(["7/0", "7/1"]);
    await bench.step();
    expect(bench.batches).toHaveLength(2);
    await bench.live(1);
    expect(bench.batches.map((batch) => batch.tx.reserves)).toEqual(["7/0", "7/1", "7/2"]);
  });

  it("makes four batches a round, so that blocks are read also under a long line", async () => {
    const bench = new Bench({ inFlightMax: 10 });
    bench.claims(...MANY, ...MANY.map((person) => `${person}x`));
    await bench.step();
    expect(bench.batches).toHaveLength(4);
    await bench.step();
    expect(bench.batches.map((batch) => batch.tx.reserves)).toEqual(["7/0", "7/1", "7/2", "7/3", "7/4", "7/5"]);
  });

  it("waits a quarter of a block between batches, so that claims gather", async () => {
    const bench = new Bench();
    bench.claim("a");
    await bench.step();
    bench.claim("b");
    bench.nowMs += BLOCK_MS / 4 - 1;
    await bench.step();
    expect(bench.batches).toHaveLength(1);
    bench.nowMs += 1;
    await bench.step();
    expect(bench.batches).toHaveLength(2);
  });

  it("does not wait for a batch that would be full, and then waits with the rest", async () => {
    const bench = new Bench();
    bench.claim("a");
    await bench.step();
    bench.claims("b", "c", "d", "e", "f");
    await bench.step();
    expect(bench.batches.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 5],
    ]);
  });

  it("times out after the policy's blocks or its time in blocks, whichever is longer", async () => {
    for (const [timeoutMsMin, blocks] of [
      [5_000, 5],
      [7_001, 8],
    ] as const) {
      const bench = new Bench({ timeoutMsMin });
      bench.claim("a");
      await bench.step();
      expect(bench.batch(1).tx.timeoutHeight).toBe(FIRST + blocks);
      expect(bench.batch(1).tx.anchor).toEqual({ height: FIRST, hash: bench.chain.block(FIRST)?.hash });
    }
  });
});

describe("nothing leaves the house", () => {
  it("before the batch that it pays is durable", async () => {
    const bench = new Bench();
    bench.claims(...MANY);
    await bench.step();
    await bench.live(3);
    expect(bench.sent.length).toBeGreaterThan(2);
    expect(bench.sent.filter((sent) => !sent.durable)).toEqual([]);
  });

  it("when the object was replaced before its batch was durable: the step throws", async () => {
    const bench = new Bench();
    bench.claim("a");
    const replaced = bench.dispenser;
    const step = replaced.step();
    bench.restart();
    await expect(step).rejects.toThrow("another object");
    expect(bench.sent).toEqual([]);
    expect(bench.batches).toEqual([]);
    await bench.step();
    expect(bench.sent).toHaveLength(1);
  });

  it("other than the very bytes that are stored", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    await bench.step();
    const { tx } = bench.batch(1);
    expect(bench.sent[0]?.hash).toBe(tx.hash);
    const { memo, payments, timeoutHeight } = decodeTx(tx.bytes);
    expect(memo).toBe(`wellspring/1 sim ${bench.batch(1).id} 1-2 ${bench.batch(1).signedAtMs}`);
    expect(payments.map((payment) => payment.recipient)).toEqual(["a", "b"]);
    expect(timeoutHeight).toBe(tx.timeoutHeight);
  });
});

describe("nothing is signed", () => {
  it("without a key, while what was signed before is followed to its end", async () => {
    const bench = new Bench();
    bench.claim("a");
    await bench.step();
    bench.restart({ maySign: false });
    bench.claim("b");
    await bench.live(2);
    expect(bench.states("a", "b")).toEqual(["confirmed", "queued"]);
    expect(bench.batches).toHaveLength(1);
    bench.restart({ maySign: true });
    await bench.live(2);
    expect(bench.states("b")).toEqual(["confirmed"]);
  });

  it("in quarantine", async () => {
    const bench = new Bench();
    bench.claim("a");
    bench.store.save({ quarantine: { sinceMs: bench.nowMs, untilHeight: null } });
    await bench.live(3);
    expect(bench.batches).toEqual([]);
  });

  it("while a payment is put off that may be ours", async () => {
    const bench = new Bench();
    await bench.step();
    bench.claim("a");
    bench.health.noResultsUntilMs = Number.POSITIVE_INFINITY;
    bench.store.save({ deferred: [{ hash: "AB".repeat(32), height: FIRST + 40 }] });
    await bench.live(3);
    expect(bench.batches).toEqual([]);
    expect(bench.states("a")).toEqual(["queued"]);
  });

  it("by an account that the chain does not know, which the log tells once", async () => {
    const bench = new Bench();
    bench.restart({}, "nobody");
    bench.claim("a");
    bench.store.save({ balance: [{ denom: "utest", amount: 10_000n }], balanceAtMs: bench.nowMs });
    await bench.live(3);
    expect(bench.batches).toEqual([]);
    expect(bench.events("account_missing")).toEqual([{ signer: "nobody" }]);
    bench.chain.fund("nobody", 100_000n);
    await bench.live(6);
    expect(bench.states("a")).toEqual(["confirmed"]);
  });
});

describe("someone else's transaction with the faucet's key", () => {
  it("is read before anything is signed on top of it, and its sequence is not used again", async () => {
    const bench = new Bench();
    bench.claim("a");
    await bench.step();
    await bench.live(1);
    bench.inject(bench.signer, "rent");
    bench.mine(2);
    bench.claim("b");
    await bench.step();
    expect(bench.batches).toHaveLength(1);
    await bench.step();
    expect(bench.batch(2).tx.reserves).toBe("7/2");
    expect(bench.events("foreign_transaction")).toMatchObject([{ known: "7/1", seen: "7/2" }]);
    await bench.live(1);
    expect(bench.paid("b")).toEqual([1_000n]);
  });
});
