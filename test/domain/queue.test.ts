import { describe, expect, it } from "vitest";
import {
  bisect,
  isInLine,
  lineLength,
  nextInLine,
  placeInLine,
  takeFromLine,
} from "../../workers/domain/claim/queue.ts";
import { claimRow, emptyStore, retry, storeWith } from "./rows.ts";

describe("the line", () => {
  it("is empty before the first claim", () => {
    const store = emptyStore();
    expect(nextInLine(store, 4)).toBeNull();
    expect(lineLength(store)).toBe(0);
  });

  it("gives fresh claims in the order in which they came, as many as a batch holds", () => {
    const store = storeWith(6);
    expect(nextInLine(store, 4)).toEqual(retry(1, 4));
    takeFromLine(store, { from: 1, to: 4 });
    expect(nextInLine(store, 4)).toEqual(retry(5, 6));
    takeFromLine(store, { from: 5, to: 6 });
    expect(nextInLine(store, 4)).toBeNull();
    store.addClaim(claimRow("c7"));
    expect(nextInLine(store, 4)).toEqual(retry(7, 7));
  });

  it("gives those that wait for another batch before fresh ones, the lowest place first, and mixes no two", () => {
    const store = storeWith(9);
    store.save({ fresh: 8 });
    store.addRetry(retry(5, 6, 2));
    store.addRetry(retry(1, 2, 3));
    expect(nextInLine(store, 4)).toEqual(retry(1, 2, 3));
    takeFromLine(store, { from: 1, to: 2 });
    expect(nextInLine(store, 4)).toEqual(retry(5, 6, 2));
    takeFromLine(store, { from: 5, to: 6 });
    expect(nextInLine(store, 4)).toEqual(retry(8, 9));
  });

  it("leaves the rest of a retry, with its attempt, when only its beginning is taken", () => {
    const store = storeWith(9);
    store.save({ fresh: 8 });
    store.addRetry(retry(2, 7, 3));
    expect(nextInLine(store, 4)).toEqual(retry(2, 5, 3));
    takeFromLine(store, { from: 2, to: 3 });
    expect(store.retries()).toEqual([retry(4, 7, 3)]);
  });

  it("keeps what stands on both sides when its middle is taken out of a retry", () => {
    const store = storeWith(9);
    store.save({ fresh: 10 });
    store.addRetry(retry(2, 8, 2));
    takeFromLine(store, { from: 4, to: 5 });
    expect(store.retries()).toEqual([retry(2, 3, 2), retry(6, 8, 2)]);
  });

  it("keeps what stands on both sides when its middle is taken out of the fresh ones", () => {
    const store = storeWith(9);
    takeFromLine(store, { from: 4, to: 5 });
    expect(store.retries()).toEqual([retry(1, 3)]);
    expect(store.state().fresh).toBe(6);
    expect(lineLength(store)).toBe(7);
  });

  it("gives up what lies across several retries and the fresh ones at once, and nothing else", () => {
    const store = storeWith(9);
    store.save({ fresh: 7 });
    store.addRetry(retry(1, 3, 2));
    store.addRetry(retry(5, 6, 4));
    takeFromLine(store, { from: 3, to: 7 });
    expect(store.retries()).toEqual([retry(1, 2, 2)]);
    expect(store.state().fresh).toBe(8);
  });

  it("is not moved by taking what is not in it", () => {
    const store = storeWith(9);
    store.save({ fresh: 7 });
    store.addRetry(retry(1, 2));
    takeFromLine(store, { from: 3, to: 6 });
    expect(store.retries()).toEqual([retry(1, 2)]);
    expect(store.state().fresh).toBe(7);
  });
});

describe("a place in line", () => {
  const store = storeWith(9);
  store.save({ fresh: 8 });
  store.addRetry(retry(2, 3));
  store.addRetry(retry(6, 6));

  it("counts all that goes before, retries first", () => {
    expect([2, 3, 6, 8, 9].map((seq) => placeInLine(store, seq))).toEqual([1, 2, 3, 4, 5]);
    expect(lineLength(store)).toBe(5);
  });

  it("is held by retries and fresh claims, and by nothing that is in a batch", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].filter((seq) => isInLine(store, seq))).toEqual([2, 3, 6, 8, 9]);
  });
});

describe("bisecting a failed batch", () => {
  it.each([
    [2, [retry(1, 1), retry(2, 2)]],
    [3, [retry(1, 1), retry(2, 3)]],
    [8, [retry(1, 4), retry(5, 8)]],
  ])("puts two halves of %i claims back, which start again", (count, halves) => {
    const store = storeWith(count);
    takeFromLine(store, { from: 1, to: count });
    bisect(store, { from: 1, to: count }, store.claimsBetween(1, count));
    expect(store.retries()).toEqual(halves);
  });

  it("finds one bad recipient among 64 in log₂ steps", () => {
    const store = storeWith(64);
    takeFromLine(store, { from: 1, to: 64 });
    let range = { from: 1, to: 64 };
    let steps = 0;
    for (; range.from !== range.to; steps += 1) {
      bisect(store, range, store.claimsBetween(range.from, range.to));
      for (const half of store.retries()) {
        takeFromLine(store, half);
        if (half.from <= 41 && half.to >= 41) range = half;
      }
    }
    expect([range.from, steps]).toEqual([41, 6]);
  });

  it("refuses to halve one claim: that would put it in line for ever", () => {
    const store = storeWith(1);
    expect(() => bisect(store, { from: 1, to: 1 }, store.claimsBetween(1, 1))).toThrow("nothing to bisect");
    expect(store.retries()).toEqual([]);
  });
});
