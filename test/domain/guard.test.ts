import { describe, expect, it } from "vitest";
import { Bench, FIRST } from "./bench.ts";
import { request } from "./rows.ts";

const FOREVER = Number.POSITIVE_INFINITY;

/** A bench that has paid one claim and stands at FIRST + 10. */
async function settled(): Promise<Bench> {
  const bench = new Bench();
  bench.claim("a");
  await bench.step();
  await bench.live(1);
  bench.mine(9);
  bench.claim("b");
  await bench.step();
  await bench.live(1);
  return bench;
}

const halt = (bench: Bench) => bench.store.state().halt;

describe("a height that falls", () => {
  it("is lag while the hashes agree: nothing halts, nothing is signed, and what waits is paid after it", async () => {
    const bench = await settled();
    Object.assign(bench.health, { lag: 4, lagUntilMs: FOREVER });
    bench.restart();
    bench.claim("c");
    await bench.step();
    expect(halt(bench)).toBeNull();
    expect(bench.states("c")).toEqual(["queued"]);
    bench.health.lag = 0;
    await bench.live(2);
    expect(bench.states("c")).toEqual(["confirmed"]);
  });

  it("is a reset when another hash stands at an anchored height, the cursor's own or far below", async () => {
    for (const height of [FIRST + 11, FIRST + 2, 1]) {
      const bench = await settled();
      expect(bench.store.state().cursor?.height).toBe(FIRST + 11);
      bench.chain = bench.newChain("two", height);
      bench.restart();
      await bench.step();
      expect(halt(bench)).toMatchObject({ code: "chain_reset", signer: "faucet0" });
      expect(halt(bench)?.anchor.height).toBe(height === FIRST + 11 ? FIRST + 11 : 1);
    }
  });

  it("is no reset where a rolled-back chain still has the first block that was seen", async () => {
    const bench = await settled();
    bench.chain.blocks.length = FIRST - 2;
    bench.restart();
    await bench.step();
    expect(halt(bench)).toBeNull();
  });
});

describe("a chain that was reset and is higher than the old one", () => {
  it("is seen by the walk while a batch is on its way", async () => {
    const bench = await settled();
    bench.claim("c");
    bench.mine();
    await bench.step();
    const cursor = bench.store.state().cursor;
    bench.chain = bench.newChain("two", 40);
    await bench.step();
    expect(halt(bench)?.anchor).toEqual(cursor);
    expect(bench.batch(3).state).toBe("pending");
  });

  it("is seen before anything is signed when nothing was on its way", async () => {
    const bench = await settled();
    bench.chain = bench.newChain("two", 40);
    bench.claim("c");
    const sent = bench.sent.length;
    await bench.step();
    expect(halt(bench)?.code).toBe("chain_reset");
    expect(bench.sent).toHaveLength(sent);
    expect(bench.states("c")).toEqual(["queued"]);
  });

  it("is seen also when the new chain does not know the faucet's account", async () => {
    const bench = await settled();
    bench.chain = bench.newChain("two", 40);
    bench.chain.blocks.forEach((block, index) => {
      bench.chain.blocks[index] = { ...block, accounts: new Map() };
    });
    bench.claim("c");
    await bench.step();
    expect(halt(bench)?.code).toBe("chain_reset");
  });
});

describe("a halted dispenser", () => {
  it("signs nothing, sends nothing and takes no claim, and keeps what waits", async () => {
    const bench = await settled();
    bench.claim("c");
    await bench.step();
    bench.claim("d");
    bench.chain = bench.newChain("two", 3);
    const [sent, batches] = [bench.sent.length, bench.batches.length];
    for (let round = 0; round < 5; round += 1) await bench.live(1);
    expect([bench.sent.length, bench.batches.length]).toEqual([sent, batches]);
    const reserved = bench.dispenser.reserve(request("e"));
    expect(reserved).toMatchObject({ ok: false, refusal: { reason: "faucet_halted" } });
    expect(bench.dispenser.report().halt?.detail).toContain("set a new faucet key");
    expect(bench.states("c", "d")).toEqual(["submitted", "queued"]);
    expect(bench.events("dispenser_halted")).toHaveLength(1);
  });

  it("stays halted through a restart: the halt was durable before the step ended", async () => {
    const bench = await settled();
    bench.chain = bench.newChain("two", 3);
    await bench.step();
    bench.restart();
    expect(halt(bench)).not.toBeNull();
    await bench.live(2);
    expect(halt(bench)).not.toBeNull();
  });

  it("goes on by itself when the anchored block is back: an endpoint had shown another chain", async () => {
    const bench = await settled();
    const real = bench.chain;
    bench.claim("c");
    await bench.step();
    bench.chain = bench.newChain("two", 3);
    await bench.live(2);
    expect(halt(bench)).not.toBeNull();
    bench.chain = real;
    await bench.live(1);
    expect(halt(bench)).toBeNull();
    expect(bench.events("dispenser_resumed")).toMatchObject([{ reason: "anchor_is_back" }]);
    await bench.live(2);
    expect(bench.states("c")).toEqual(["confirmed"]);
    expect(bench.paid("c")).toEqual([1_000n]);
    expect(bench.store.state().epoch).toBe(1);
  });

  it("goes on with a new key, and pays on the new chain what waited and what was on its way", async () => {
    const bench = await settled();
    bench.claim("c");
    await bench.step();
    bench.claim("d");
    bench.chain = bench.newChain("two", 3);
    await bench.step();
    bench.chain.fund("faucet1", 1_000_000n);
    bench.restart({}, "faucet1");
    await bench.live(4);
    expect(bench.states("a", "b", "c", "d")).toEqual(["confirmed", "confirmed", "confirmed", "confirmed"]);
    expect(bench.paid("a", "b", "c", "d")).toEqual([0n, 0n, 1_000n, 1_000n]);
    expect(bench.batch(3).state).toBe("dead");
    expect(bench.store.state()).toMatchObject({ epoch: 2, halt: null });
  });

  it("begins new allowances with the new chain", async () => {
    const bench = await settled();
    expect(bench.dispenser.reserve(request("b", { id: "again" }))).toMatchObject({
      refusal: { reason: "cooldown_active" },
    });
    bench.chain = bench.newChain("two", 3);
    await bench.step();
    bench.chain.fund("faucet1", 1_000_000n);
    bench.restart({}, "faucet1");
    await bench.live(1);
    bench.claim("b", "again");
    await bench.live(2);
    expect(bench.states("again")).toEqual(["confirmed"]);
  });

  it("does not go on without a key, whatever address its settings name", async () => {
    const bench = await settled();
    bench.chain = bench.newChain("two", 3);
    await bench.step();
    bench.restart({ maySign: false }, "nobody");
    await bench.live(2);
    expect(halt(bench)).not.toBeNull();
    expect(bench.store.state().epoch).toBe(1);
  });
});

describe("after a restored backup", () => {
  const quarantine = (bench: Bench) => bench.store.state().quarantine;

  it("nothing is signed until blocks made after it were read, through twice the timeout", async () => {
    const bench = await settled();
    bench.restart({ generation: "g1" });
    const sinceMs = bench.nowMs;
    bench.claim("c");
    await bench.step();
    expect(quarantine(bench)).toEqual({ sinceMs, untilHeight: null });
    // Clocks may differ by ten seconds: the first block beyond that is the eleventh.
    await bench.live(10);
    expect(quarantine(bench)).toEqual({ sinceMs, untilHeight: null });
    await bench.live(1);
    const untilHeight = bench.chain.height + 10;
    expect(quarantine(bench)).toEqual({ sinceMs, untilHeight });
    const batches = bench.batches.length;
    await bench.live(9);
    expect(quarantine(bench)).not.toBeNull();
    expect(bench.batches).toHaveLength(batches);
    await bench.live(1);
    expect(quarantine(bench)).toBeNull();
    expect(bench.batches).toHaveLength(batches + 1);
    await bench.live(1);
    expect(bench.states("c")).toEqual(["confirmed"]);
  });

  it("lagging nodes do not end the quarantine, however much time goes by", async () => {
    const bench = await settled();
    bench.restart({ generation: "g1" });
    await bench.step();
    Object.assign(bench.health, { lag: 30, lagUntilMs: FOREVER });
    await bench.live(30);
    expect(quarantine(bench)?.untilHeight).toBeNull();
  });

  it("the quarantine goes on through restarts and begins only once", async () => {
    const bench = await settled();
    for (let life = 0; life < 3; life += 1) {
      bench.restart({ generation: "g1" });
      await bench.live(1);
    }
    expect(bench.events("quarantine_begun")).toHaveLength(1);
    expect(quarantine(bench)).not.toBeNull();
  });

  it("an object that never took a claim needs no quarantine", async () => {
    const bench = new Bench();
    bench.restart({ generation: "g1" });
    await bench.step();
    expect(bench.store.state()).toMatchObject({ generation: "g1", quarantine: null });
    bench.claim("a");
    await bench.live(2);
    expect(bench.states("a")).toEqual(["confirmed"]);
  });

  it("a backup from before the first look has all blocks read that the node has", async () => {
    const bench = new Bench();
    bench.claim("a");
    const backup = bench.disk.backup();
    await bench.step();
    await bench.live(3);
    bench.disk.restore(backup);
    bench.restart({ generation: "g1" });
    await bench.step();
    expect(bench.store.state().root?.height).toBe(1);
    await bench.live(1);
    expect(bench.states("a")).toEqual(["confirmed"]);
    await bench.live(25);
    expect(bench.paid("a")).toEqual([1_000n]);
  });

  it("the quarantine outlives a reset, and its bound begins anew on the new chain", async () => {
    const bench = await settled();
    bench.restart({ generation: "g1" });
    bench.claim("c");
    await bench.live(12);
    expect(quarantine(bench)?.untilHeight).toBeGreaterThan(0);
    bench.chain = bench.newChain("two", 3);
    await bench.step();
    bench.chain.fund("faucet1", 1_000_000n);
    bench.restart({}, "faucet1");
    await bench.step();
    expect(quarantine(bench)).toMatchObject({ untilHeight: null });
    await bench.live(1);
    expect(quarantine(bench)).toMatchObject({ untilHeight: bench.chain.height + 10 });
    const batches = bench.batches.length;
    await bench.live(9);
    expect(bench.batches).toHaveLength(batches);
    await bench.live(2);
    expect(bench.states("c")).toEqual(["confirmed"]);
  });
});
