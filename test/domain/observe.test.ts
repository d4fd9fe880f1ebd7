import { describe, expect, it } from "vitest";
import { BLOCKED } from "../simulation/sim-chain.ts";
import { Bench, FIRST } from "./bench.ts";

const BAD = `${BLOCKED}0`;

/** A bench with these claims signed in one batch, which is on its way. */
async function signed(...addresses: readonly string[]): Promise<Bench> {
  const bench = new Bench();
  bench.claims(...addresses);
  await bench.step();
  return bench;
}

const ranges = (bench: Bench) => bench.batches.map(({ from, to, attempt, state }) => [from, to, attempt, state]);

describe("paid", () => {
  it("is said only of what a block holds with code 0, with its height", async () => {
    const bench = await signed("a");
    await bench.step();
    expect(bench.states("a")).toEqual(["submitted"]);
    await bench.live(1);
    expect(bench.dispenser.claim("a")).toMatchObject({
      state: "confirmed",
      height: FIRST + 1,
      txHash: bench.batch(1).tx.hash,
    });
  });

  it("is found also by an object that has forgotten everything, many blocks later", async () => {
    const bench = await signed("a");
    bench.mine(250);
    bench.restart();
    await bench.step();
    await bench.step();
    expect(bench.dispenser.claim("a")).toMatchObject({ state: "confirmed", height: FIRST + 1 });
    expect(bench.batches).toHaveLength(1);
  });

  it("is told to those who wait, and so is submitted", async () => {
    const bench = await signed("a", "b");
    await bench.live(1);
    expect(bench.told.map(({ id, state }) => [id, state])).toEqual([
      ["a", "submitted"],
      ["b", "submitted"],
      ["a", "confirmed"],
      ["b", "confirmed"],
    ]);
  });
});

describe("failed in a block", () => {
  it("halves the batch until the one bad recipient has failed alone twice; all others are paid once", async () => {
    const bench = await signed("a", "b", BAD, "d");
    await bench.live(12);
    expect(bench.states("a", "b", BAD, "d")).toEqual(["confirmed", "confirmed", "failed", "confirmed"]);
    expect(bench.paid("a", "b", BAD, "d")).toEqual([1_000n, 1_000n, 0n, 1_000n]);
    const bad = bench.batches.filter(({ from, to }) => from <= 3 && to >= 3);
    expect(bad.map(({ from, to, attempt, state }) => [from, to, attempt, state])).toEqual([
      [1, 4, 1, "failed"],
      [3, 4, 1, "failed"],
      [3, 3, 1, "failed"],
      [3, 3, 2, "failed"],
    ]);
  });

  it("names the recipient's refusal and the chain's own words only when no other batch will try", async () => {
    const bench = await signed(BAD);
    await bench.live(1);
    expect(bench.dispenser.claim(BAD)).not.toHaveProperty("code");
    await bench.live(3);
    expect(bench.dispenser.claim(BAD)).toMatchObject({ state: "failed", code: "recipient_refused" });
    expect(bench.dispenser.claim(BAD)?.reason).toMatch(/^sdk\/4: .*not allowed to receive funds/);
  });

  it("pays a lone claim whose first failure was the chain's mood", async () => {
    const bench = await signed("a");
    bench.chain.failNext = ["message"];
    await bench.live(3);
    expect(ranges(bench)).toEqual([
      [1, 1, 1, "failed"],
      [1, 1, 2, "paid"],
    ]);
    expect(bench.paid("a")).toEqual([1_000n]);
  });

  it("for want of gas asks for more gas, and halves nothing", async () => {
    const bench = await signed("a", "b");
    bench.chain.failNext = ["gas", "gas"];
    await bench.live(4);
    expect(ranges(bench)).toEqual([
      [1, 2, 1, "failed"],
      [1, 2, 2, "failed"],
      [1, 2, 3, "paid"],
    ]);
    const fees = bench.batches.map((batch) => batch.tx.fee[0]?.amount ?? 0n);
    expect(fees).toEqual([...fees].sort((a, b) => Number(a - b)));
    expect(new Set(fees).size).toBe(3);
  });

  it("eight times on the payer's side ends as payment_failed, and the allowance is free again", async () => {
    const bench = await signed("a");
    bench.chain.failNext = Array.from({ length: 8 }, () => "gas");
    await bench.live(12);
    expect(bench.batches).toHaveLength(8);
    expect(bench.dispenser.claim("a")).toMatchObject({ state: "failed", code: "payment_failed" });
    bench.claim("a", "a2");
    await bench.live(2);
    expect(bench.states("a2")).toEqual(["confirmed"]);
  });
});

describe("dead by its timeout", () => {
  it("is said exactly when the timeout height itself was read, and not one block before", async () => {
    const bench = await signed("a");
    const { timeoutHeight } = bench.batch(1).tx;
    while (bench.chain.height < timeoutHeight - 1) {
      bench.mineNothing();
      await bench.step();
    }
    expect(bench.store.state().cursor?.height).toBe(timeoutHeight - 1);
    expect(bench.batch(1).state).toBe("pending");
    bench.mineNothing();
    await bench.step();
    expect(ranges(bench)).toEqual([
      [1, 1, 1, "dead"],
      [1, 1, 1, "pending"],
    ]);
    expect(bench.events("batch_dead")).toMatchObject([{ proof: `read through its timeout height ${timeoutHeight}` }]);
  });

  it("is not said of a batch that the block at its timeout height holds", async () => {
    const bench = await signed("a");
    const mempool = [...bench.chain.mempool];
    bench.mineNothing(4);
    bench.chain.mempool.push(...mempool);
    bench.mine();
    expect(bench.chain.height).toBe(bench.batch(1).tx.timeoutHeight);
    await bench.step();
    expect(ranges(bench)).toEqual([[1, 1, 1, "paid"]]);
  });

  it("is not said of the second of two batches that the block at their timeout height holds", async () => {
    const bench = await signed(..."abcdefgh");
    const mempool = [...bench.chain.mempool];
    expect(mempool).toHaveLength(2);
    bench.mineNothing(4);
    bench.chain.mempool.push(...mempool);
    bench.mine();
    await bench.step();
    expect(bench.batches.map(({ state, height }) => [state, height])).toEqual([
      ["paid", FIRST + 5],
      ["paid", FIRST + 5],
    ]);
  });

  it("is not said while the node can't show a block up to it", async () => {
    const bench = await signed("a");
    bench.mineNothing(20);
    bench.refused.add("headers");
    await bench.step();
    expect(bench.batch(1).state).toBe("pending");
    bench.refused.clear();
    Object.assign(bench.health, { lag: 16, lagUntilMs: Number.POSITIVE_INFINITY });
    await bench.step();
    expect(bench.store.state().cursor?.height).toBe(FIRST + 4);
    expect(bench.batch(1).state).toBe("pending");
  });

  it("of one batch leaves the next, which may still land", async () => {
    const bench = await signed("a", "b", "c", "d");
    bench.mineNothing(2);
    bench.claim("e");
    await bench.step();
    bench.mineNothing(3);
    await bench.step();
    expect(bench.batches.slice(0, 2).map(({ from, state }) => [from, state])).toEqual([
      [1, "dead"],
      [5, "pending"],
    ]);
    await bench.live(8);
    expect(bench.paid("a", "b", "c", "d", "e")).toEqual([1_000n, 1_000n, 1_000n, 1_000n, 1_000n]);
  });
});

describe("dead by another's use of its sequence", () => {
  it("is said only when all blocks were read up to where the use was seen", async () => {
    const bench = new Bench({ timeoutBlocksMin: 1_000 });
    bench.claim("a");
    await bench.step();
    bench.inject(bench.signer, "rent");
    bench.mine(250);
    await bench.step();
    // A round reads 200 blocks; the use was seen at the tip, above them.
    expect(bench.store.state().cursor?.height).toBe(FIRST + 200);
    expect(bench.batch(1).state).toBe("pending");
    await bench.step();
    expect(bench.batch(1).state).toBe("dead");
    expect(bench.events("batch_dead")).toMatchObject([
      { proof: `its 7/0 was used by another transaction up to height ${FIRST + 250}` },
    ]);
    await bench.live(1);
    expect(bench.paid("a")).toEqual([1_000n]);
  });

  it("is not said of a batch that used it itself, in a block above those that were read", async () => {
    const bench = new Bench({ timeoutBlocksMin: 1_000 });
    bench.claim("a");
    await bench.step();
    const mempool = [...bench.chain.mempool];
    bench.mineNothing(220);
    bench.chain.mempool.push(...mempool);
    bench.mine(5);
    await bench.step();
    expect(bench.batch(1).state).toBe("pending");
    await bench.step();
    expect(ranges(bench)).toEqual([[1, 1, 1, "paid"]]);
    expect(bench.paid("a")).toEqual([1_000n]);
  });

  it("is said at once where the other is a payment of ours that a block shows", async () => {
    const bench = await signed("a");
    bench.inject(bench.signer, `wellspring/1 sim other 9-9 ${bench.nowMs}`, [{ recipient: "z", coins: [] }]);
    await bench.live(1);
    expect(bench.batch(1).state).toBe("dead");
    await bench.live(2);
    expect(bench.paid("a")).toEqual([1_000n]);
  });
});

describe("included without effect", () => {
  it.each([
    ["as the account tells it", 1, "included_without_effect"],
    ["as a block's results tell it", 2, "refused_in_block"],
  ])("stays pending, %s, and the same bytes pay later", async (_, blocks, event) => {
    const bench = await signed("a");
    // The chain tells "refused" with results in every other block, and only a code in the rest.
    const mempool = [...bench.chain.mempool];
    bench.mineNothing(blocks - 1);
    bench.chain.mempool.push(...(blocks > 1 ? mempool : []));
    bench.chain.failNext = ["ante"];
    await bench.live(1);
    expect(bench.batch(1)).toMatchObject({ state: "pending", height: null });
    expect(bench.events(event)).toHaveLength(1);
    await bench.live(4);
    expect(ranges(bench)).toEqual([[1, 1, 1, "paid"]]);
    expect(bench.paid("a")).toEqual([1_000n]);
  });
});

describe("an unknown outcome", () => {
  it("waits, far beyond the timeout height, and is paid when a node has the results again", async () => {
    const bench = await signed("a");
    bench.health.noResultsUntilMs = Number.POSITIVE_INFINITY;
    bench.mine();
    await bench.live(20);
    expect(bench.batch(1)).toMatchObject({ state: "pending", height: FIRST + 1 });
    expect(bench.states("a")).toEqual(["submitted"]);
    expect(bench.dispenser.claim("a")).not.toHaveProperty("height");
    bench.health.noResultsUntilMs = 0;
    await bench.live(1);
    expect(bench.dispenser.claim("a")).toMatchObject({ state: "confirmed", height: FIRST + 1 });
    expect(bench.paid("a")).toEqual([1_000n]);
  });

  it("that turns out as a failure halves like one known at once", async () => {
    const bench = await signed("a", BAD);
    bench.health.noResultsUntilMs = Number.POSITIVE_INFINITY;
    bench.mine();
    await bench.live(3);
    expect(bench.batch(1).state).toBe("pending");
    bench.health.noResultsUntilMs = 0;
    await bench.live(8);
    expect(bench.states("a", BAD)).toEqual(["confirmed", "failed"]);
    expect(bench.paid("a", BAD)).toEqual([1_000n, 0n]);
  });

  it("is asked for once a block, not once a step", async () => {
    const bench = await signed("a");
    bench.health.noResultsUntilMs = Number.POSITIVE_INFINITY;
    bench.mine();
    await bench.live(1);
    const asked = () => bench.calls.get("block") ?? 0;
    const before = asked();
    await bench.step();
    await bench.step();
    expect(asked()).toBe(before);
    await bench.live(1);
    expect(asked()).toBeGreaterThan(before);
  });
});
