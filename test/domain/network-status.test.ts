import { describe, expect, it } from "vitest";
import { type EndpointSeen, type SeenBlock, statusOf } from "../../workers/domain/status/network-status.ts";

const up: EndpointSeen = { name: "a", reached: true, height: 9, catchingUp: false };
const down: EndpointSeen = { name: "b", reached: false, why: "no connection" };
const blocks = (...timesMs: number[]): SeenBlock[] =>
  timesMs.map((timeMs, at) => ({ height: 9 - at, hash: `${at}`, timeMs, txs: 0, proposer: "" }));
const look = (endpoints: EndpointSeen[], seen: SeenBlock[]) => ({
  endpoints,
  blocks: seen,
  peers: null,
  signing: null,
});

describe("how a network is", () => {
  it("is unknown while no endpoint answers: that says nothing of the chain", () => {
    expect(statusOf(look([down], []), 0)).toEqual({
      state: "unknown",
      height: null,
      lastBlockAtMs: null,
      blockMs: null,
    });
    expect(statusOf(look([down], blocks(1_000)), 0).state).toBe("unknown");
  });

  it("is producing while blocks come, by the median of the newest times", () => {
    const seen = look([down, up], blocks(20_000, 15_000, 10_000, 1_000));
    expect(statusOf(seen, 30_000)).toEqual({ state: "producing", height: 9, lastBlockAtMs: 20_000, blockMs: 5_000 });
  });

  it("has stopped after a minute without a block, or ten blocks' time where that is longer", () => {
    expect(statusOf(look([up], blocks(60_000, 59_000)), 120_000).state).toBe("producing");
    expect(statusOf(look([up], blocks(60_000, 59_000)), 120_001).state).toBe("stopped");
    expect(statusOf(look([up], blocks(60_000, 30_000)), 360_000).state).toBe("producing");
    expect(statusOf(look([up], blocks(60_000, 30_000)), 360_001).state).toBe("stopped");
  });
});
