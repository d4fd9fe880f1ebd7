import { describe, expect, it } from "vitest";
import { DENOM } from "../simulation/sim-chain.ts";
import { Bench, BLOCK_MS, FIRST, FUNDS } from "./bench.ts";

describe("the report", () => {
  it("of a dispenser that has seen nothing says so", () => {
    const bench = new Bench();
    expect(bench.dispenser.report()).toEqual({
      chainId: "sim-1",
      address: "faucet0",
      balance: [],
      balanceAtMs: 0,
      queued: 0,
      submitted: 0,
      acceptedLastMinute: 0,
      budgetUsed: 0,
      height: null,
      blockMs: 0,
      medianWaitMs: null,
      halt: null,
      pause: null,
      chainSeenAtMs: 0,
    });
  });

  it("counts claims, not batches, and tells the balance, the chain's pace and when it was seen", async () => {
    const bench = new Bench({ inFlightMax: 1 });
    bench.claims("a", "b", "c", "d", "e", "f");
    await bench.step();
    expect(bench.dispenser.report()).toMatchObject({
      balance: [{ denom: DENOM, amount: FUNDS }],
      balanceAtMs: bench.nowMs,
      queued: 2,
      submitted: 4,
      acceptedLastMinute: 6,
      budgetUsed: 0,
      height: FIRST,
      blockMs: BLOCK_MS,
      chainSeenAtMs: bench.nowMs,
    });
  });

  it("tells the median wait from acceptance to confirmation", async () => {
    const bench = new Bench();
    for (const [address, waitMs] of [
      ["a", 9_000],
      ["b", 1_000],
      ["c", 3_000],
    ] as const) {
      bench.claim(address);
      await bench.step();
      bench.mine();
      bench.nowMs += waitMs - BLOCK_MS;
      await bench.step();
    }
    expect(bench.states("a", "b", "c")).toEqual(["confirmed", "confirmed", "confirmed"]);
    expect(bench.dispenser.report().medianWaitMs).toBe(3_000);
  });
});

describe("a claim", () => {
  it("is answered by its id with its place, and null where nobody knows it", () => {
    const bench = new Bench();
    bench.claims("a", "b");
    expect(bench.dispenser.claim("b")).toMatchObject({ id: "b", address: "b", state: "queued", queuePosition: 2 });
    expect(bench.dispenser.claim("nobody")).toBeNull();
  });
});

describe("a step", () => {
  it("wants no other when nothing is open", async () => {
    const bench = new Bench();
    expect(await bench.step()).toBeNull();
    bench.claim("a");
    await bench.live(2);
    bench.nowMs += 10_000;
    await bench.step();
    expect(await bench.step()).toBeNull();
  });

  it("wants the next within an eighth of a block while something is on its way", async () => {
    const bench = new Bench();
    bench.claim("a");
    expect(await bench.step()).toBe(BLOCK_MS / 8);
  });

  it("waits longer with each failure while the chain can't be reached, up to 15 s, and then goes on", async () => {
    const bench = new Bench();
    bench.claim("a");
    bench.health.downUntilMs = bench.nowMs + 1;
    const pauses: (number | null)[] = [];
    for (let failure = 0; failure < 7; failure += 1) pauses.push(await bench.step());
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    expect(bench.events("chain_unreachable").map((fields) => fields.inRow)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await bench.live(3);
    expect(bench.states("a")).toEqual(["confirmed"]);
    expect(bench.dispenser.report().chainSeenAtMs).toBe(bench.nowMs);
  });

  it("wants no other while the chain can't be reached and nothing is open", async () => {
    const bench = new Bench();
    bench.health.downUntilMs = Number.POSITIVE_INFINITY;
    expect(await bench.step()).toBeNull();
  });

  it("throws where it met a bug, so that the pump arms its alarm", async () => {
    const bench = new Bench();
    const old = bench.dispenser;
    bench.restart();
    await expect(old.step()).rejects.toThrow("another object");
  });
});
