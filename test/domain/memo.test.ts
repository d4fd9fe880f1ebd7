import { describe, expect, it } from "vitest";
import { memoMark, readMemo, writeMemo } from "../../workers/domain/claim/memo.ts";

const MEMO = { id: "b7k2", from: 3, to: 9, signedAtMs: 1_750_000_000_000 };
/** The longest values that each part may have, by the ports' contracts and the reader's own limits. */
const LONGEST = { id: "z".repeat(20), from: 10 ** 15 - 2, to: 10 ** 15 - 1, signedAtMs: 10 ** 15 - 1 };
const LONG_NAME = "d".repeat(32);
/** The SDK's default x/auth max_memo_characters. */
const MEMO_BYTES = 256;
/** What the network file may ask for at least (networks/schema.ts, memoBytesMax). */
const MEMO_BYTES_LEAST = 128;

describe("a batch's memo", () => {
  it("reads back as it was written", () => {
    expect(writeMemo("paw-test", MEMO)).toBe("wellspring/1 paw-test b7k2 3-9 1750000000000");
    expect(readMemo("paw-test", writeMemo("paw-test", MEMO))).toEqual(MEMO);
  });

  it("reads back with the longest values, and fits the smallest memo that a network file may allow", () => {
    const text = writeMemo(LONG_NAME, LONGEST);
    expect(readMemo(LONG_NAME, text)).toEqual(LONGEST);
    const bytes = new TextEncoder().encode(text).length;
    expect(bytes).toBeLessThanOrEqual(MEMO_BYTES_LEAST);
    expect(bytes).toBeLessThanOrEqual(MEMO_BYTES);
  });

  it("begins with the mark by which a walk finds it", () => {
    expect(writeMemo("paw-test", MEMO).startsWith(memoMark("paw-test"))).toBe(true);
  });

  it("is not taken for another deployment's, a longer or shorter name's included", () => {
    const text = writeMemo("paw-test", MEMO);
    for (const other of ["paw", "paw-tes", "paw-test-2", "PAW-TEST", ""]) expect(readMemo(other, text)).toBeNull();
  });

  it.each([
    "",
    "wellspring/1 paw-test ",
    "wellspring/2 paw-test b7k2 3-9 1750000000000",
    " wellspring/1 paw-test b7k2 3-9 1750000000000",
    "wellspring/1 paw-test b7k2 3-9 1750000000000 ",
    "wellspring/1 paw-test b7k2 3-9 1750000000000\n",
    "wellspring/1 paw-test b7k2 3-9 1750000000000 and more",
    "wellspring/1 paw-test B7K2 3-9 1750000000000",
    "wellspring/1 paw-test  3-9 1750000000000",
    "wellspring/1 paw-test b7k2 3 1750000000000",
    "wellspring/1 paw-test b7k2 -3-9 1750000000000",
    "wellspring/1 paw-test b7k2 3-9.5 1750000000000",
    "wellspring/1 paw-test b7k2 3-9 1e12",
    "wellspring/1 paw-test b7k2 3-9999999999999999 1750000000000",
    `wellspring/1 paw-test ${"z".repeat(21)} 3-9 1750000000000`,
  ])("is not read from %j", (text) => expect(readMemo("paw-test", text)).toBeNull());
});
