import { describe, expect, it } from "vitest";
import { MinuteRate } from "../../workers/domain/claim/minute-rate.ts";

describe("the rate of the last minute", () => {
  const claimEach = (rate: MinuteRate, fromMs: number, toMs: number, everyMs: number) => {
    for (let atMs = fromMs; atMs < toMs; atMs += everyMs) rate.add(atMs);
  };

  it("of a steady stream is the stream's, wherever in the minute one asks", () => {
    const rate = new MinuteRate();
    claimEach(rate, 0, 150_000, 500);
    expect(rate.claims(150_000)).toBe(120);
    claimEach(rate, 150_000, 179_500, 500);
    expect(rate.claims(179_500)).toBeGreaterThanOrEqual(119);
  });

  it("fades to nothing within two minutes of silence", () => {
    const rate = new MinuteRate();
    claimEach(rate, 0, 60_000, 100);
    expect(rate.claims(90_000)).toBe(300);
    expect(rate.claims(120_000)).toBe(0);
    expect(rate.claims(500_000)).toBe(0);
  });
});
