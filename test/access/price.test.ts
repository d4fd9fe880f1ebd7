import { describe, expect, it } from "vitest";
import { type Pressure, priceMost, priceOf, stillPays, surgeOf } from "../../workers/domain/access/challenge.ts";

const base = 512;
const quiet: Pressure = { queued: 0, acceptedLastMinute: 0, clientToday: 0, budgetUsed: 0 };
const causes = ["queued", "acceptedLastMinute", "clientToday"] as const;
const amounts = [0, 1, 2, 3, 7, 40, 250, 999, 10_000, 1_000_000, Number.MAX_SAFE_INTEGER];
const shares = Array.from({ length: 101 }, (_, percent) => percent / 100);
const isSorted = (prices: readonly number[]) => prices.every((price, index) => price >= (prices[index - 1] ?? 0));

describe("the price of a puzzle", () => {
  it("is the quiet one when nothing presses, as the network file sets it", () => {
    expect([priceOf(quiet, base), priceOf(quiet, 2)]).toEqual([base, 2]);
  });

  it.each(causes)("never falls when %s rises, does rise, and ends at 16 times", (cause) => {
    const prices = amounts.map((amount) => priceOf({ ...quiet, [cause]: amount }, base));
    expect(isSorted(prices)).toBe(true);
    expect(prices.at(-1)).toBe(base * 16);
    expect(prices[5]).toBeGreaterThan(base);
  });

  it("stays while half of the hour's share is left, then doubles with each twelfth of it", () => {
    const priceAt = (budgetUsed: number) => priceOf({ ...quiet, budgetUsed }, base);
    expect(shares.filter((share) => share <= 0.5).map(priceAt)).toEqual(new Array(51).fill(base));
    expect([7, 8, 9, 10, 11, 12].map((twelfths) => priceAt(twelfths / 12))).toEqual(
      [2, 4, 8, 16, 32, 64].map((times) => base * times),
    );
    expect(isSorted(shares.map(priceAt))).toBe(true);
  });

  it("is a whole number from the quiet one to 64 times of it under any pressure, so that nobody is shut out", () => {
    for (const queued of amounts)
      for (const clientToday of amounts)
        for (const budgetUsed of [0, 0.3, 0.5, 0.77, 1, 2]) {
          const price = priceOf({ queued, acceptedLastMinute: queued, clientToday, budgetUsed }, base);
          expect(Number.isInteger(price) && price >= base && price <= base * priceMost).toBe(true);
        }
  });

  it("doubles at 250 in line, at 120 accepted in the last minute and at 4 from one network", () => {
    expect(priceOf({ ...quiet, queued: 250 }, base)).toBe(base * 2);
    expect(priceOf({ ...quiet, acceptedLastMinute: 120 }, base)).toBe(base * 2);
    expect(priceOf({ ...quiet, clientToday: 4 }, base)).toBe(base * 2);
  });

  it("that was paid is good until it has risen fourfold, so that a stock of cheap puzzles can't buy the end", () => {
    for (const share of shares) expect(stillPays(surgeOf(share), share)).toBe(true);
    expect(stillPays(1, 0.66)).toBe(true);
    expect(stillPays(1, 0.68)).toBe(false);
    expect(stillPays(15, 1)).toBe(false);
    expect(stillPays(16, 1)).toBe(true);
  });
});
