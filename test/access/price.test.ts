import { describe, expect, it } from "vitest";
import { type Pressure, priceOf, triesMostBase, triesMostCap } from "../../workers/domain/access/challenge.ts";

const quiet: Pressure = { queued: 0, acceptedLastMinute: 0, clientToday: 0 };
const causes = ["queued", "acceptedLastMinute", "clientToday"] as const;
const amounts = [0, 1, 2, 3, 7, 40, 250, 999, 10_000, 1_000_000, Number.MAX_SAFE_INTEGER];

describe("the price of a puzzle", () => {
  it("is the quiet one when nothing presses", () => {
    expect(priceOf(quiet)).toBe(triesMostBase);
  });

  it.each(causes)("never falls when %s rises, and does rise", (cause) => {
    const prices = amounts.map((amount) => priceOf({ ...quiet, [cause]: amount }));
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(prices.at(-1)).toBe(triesMostCap);
    expect(prices[5]).toBeGreaterThan(triesMostBase);
  });

  it("is a whole number from the quiet one to the cap under any pressure, so that nobody is shut out", () => {
    for (const queued of amounts)
      for (const acceptedLastMinute of amounts)
        for (const clientToday of amounts) {
          const price = priceOf({ queued, acceptedLastMinute, clientToday });
          expect(Number.isInteger(price) && price >= triesMostBase && price <= triesMostCap).toBe(true);
        }
  });

  it("doubles at 250 in line, at 120 accepted in the last minute and at 4 from one network", () => {
    const twice = triesMostBase * 2;
    expect(priceOf({ ...quiet, queued: 250 })).toBe(twice);
    expect(priceOf({ ...quiet, acceptedLastMinute: 120 })).toBe(twice);
    expect(priceOf({ ...quiet, clientToday: 4 })).toBe(twice);
  });
});
