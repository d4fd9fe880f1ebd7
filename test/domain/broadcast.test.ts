import { describe, expect, it } from "vitest";
import { Bench } from "./bench.ts";

const PEOPLE = [..."abcdefghijkl"];

/** Three full batches on their way, of which no mempool holds any. */
async function lost(): Promise<Bench> {
  const bench = new Bench();
  bench.claims(...PEOPLE);
  await bench.step();
  bench.chain.mempool.length = 0;
  return bench;
}

describe("what no block holds yet", () => {
  it("goes out again after two blocks and not before, in order of sequence, the same bytes", async () => {
    const bench = await lost();
    const first = bench.sent.splice(0);
    expect(first.map((sent) => sent.sequence)).toEqual([0, 1, 2]);
    bench.mineNothing();
    await bench.step();
    expect(bench.sent).toEqual([]);
    bench.mineNothing();
    await bench.step();
    expect(bench.sent.map((sent) => sent.sequence)).toEqual([0, 1, 2]);
    expect(bench.sent.map((sent) => sent.hash)).toEqual(first.map((sent) => sent.hash));
    expect(bench.batches).toHaveLength(3);
  });

  it("goes out again after a while on a chain that stands still", async () => {
    const bench = await lost();
    bench.sent.length = 0;
    bench.nowMs += 14_999;
    await bench.step();
    expect(bench.sent).toEqual([]);
    bench.nowMs += 1;
    await bench.step();
    expect(bench.sent.map((sent) => sent.sequence)).toEqual([0, 1, 2]);
  });

  it("goes out at once by an object that has forgotten when it sent it", async () => {
    const bench = await lost();
    bench.sent.length = 0;
    bench.restart();
    await bench.step();
    expect(bench.sent.map((sent) => sent.sequence)).toEqual([0, 1, 2]);
  });

  it("goes out in the chain's order also when a lower sequence was signed later", async () => {
    const bench = new Bench({ timeoutBlocksMin: 10 });
    bench.claims("a", "b", "c", "d");
    await bench.step();
    bench.mineNothing(5);
    bench.claim("e");
    await bench.step();
    bench.mineNothing(5);
    await bench.step();
    expect(bench.batches.map(({ tx, state }) => [tx.reserves, state])).toEqual([
      ["7/0", "dead"],
      ["7/1", "pending"],
      ["7/0", "pending"],
    ]);
    bench.sent.length = 0;
    bench.mineNothing(2);
    await bench.step();
    expect(bench.sent.map((sent) => sent.sequence)).toEqual([0, 1]);
  });

  it("stays home once a block holds it, also while its outcome is unknown", async () => {
    const bench = new Bench();
    bench.claim("a");
    await bench.step();
    bench.health.noResultsUntilMs = Number.POSITIVE_INFINITY;
    bench.mine();
    bench.sent.length = 0;
    await bench.live(6);
    expect(bench.sent).toEqual([]);
  });
});

describe("no answer decides anything", () => {
  const answers = (bench: Bench) => bench.events("batch_submitted").map((fields) => fields.code ?? fields.unreachable);

  it("19, already in the cache", async () => {
    const bench = await lost();
    bench.mineNothing(2);
    await bench.step();
    expect(answers(bench)).toEqual([0, 0, 0, 19, 19, 19]);
    expect(bench.batches.map((batch) => batch.state)).toEqual(["pending", "pending", "pending"]);
    expect(bench.states("a")).toEqual(["submitted"]);
  });

  it("32, another sequence expected: it is pending until blocks prove that the sequence was used", async () => {
    const bench = await lost();
    bench.inject(bench.signer, "rent");
    bench.mine(4);
    bench.refused.add("headers");
    await bench.step();
    bench.refused.clear();
    Object.assign(bench.health, { lag: 3, lagUntilMs: Number.POSITIVE_INFINITY });
    bench.restart();
    await bench.step();
    expect(answers(bench).slice(3)).toContain(32);
    expect(bench.batch(1).state).toBe("pending");
    bench.health.lag = 0;
    await bench.step();
    expect(bench.batch(1).state).toBe("dead");
  });

  it("an error of the node, whether the bytes got through or not", async () => {
    for (const fault of ["refused", "lost"] as const) {
      const bench = new Bench();
      bench[fault].add("broadcast");
      bench.claim("a");
      await bench.step();
      expect(bench.batch(1).state).toBe("pending");
      expect(String(answers(bench)[0])).toContain(fault === "refused" ? "503" : "lost");
      bench[fault].clear();
      await bench.live(6);
      expect(bench.batches.map((batch) => batch.state)).toEqual(["paid"]);
      expect(bench.paid("a")).toEqual([1_000n]);
    }
  });

  it("0 either: a mempool may forget what it took", async () => {
    const bench = await lost();
    expect(answers(bench)).toEqual([0, 0, 0]);
    expect(bench.states("a")).toEqual(["submitted"]);
    bench.mineNothing(5);
    await bench.step();
    expect(bench.batches.slice(0, 3).map((batch) => batch.state)).toEqual(["dead", "dead", "dead"]);
    await bench.live(6);
    expect(bench.paid(...PEOPLE)).toEqual(PEOPLE.map(() => 1_000n));
  });
});
