import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDec, readGoDec, readGoInt, readGoUint, shortDec } from "../../genesis/gentx/go-number.ts";

const int256 = fc.bigInt({ min: -(2n ** 256n) + 1n, max: 2n ** 256n - 1n });
const dec = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });

describe("amounts, as the SDK reads them", () => {
  it.each([
    ["0", 0n],
    ["007", 7n],
    ["0010000000", 2097152n],
    ["+5", 5n],
    ["-5", -5n],
    ["0x989680", 10_000_000n],
    ["10_000_000", 10_000_000n],
    ["0b101", 5n],
    ["0o17", 15n],
    ["0_7", 7n],
    ["0X_fF", 255n],
    ["-0", 0n],
  ])("%s is %s", (text, value) => expect(readGoInt(text)).toBe(value));

  it.each(["", "1e7", "1.0", " 1", "1 ", "08", "1__0", "_1", "1_", "0x", "0b2", "+-1", "１", "1n", String(2n ** 256n)])(
    "%j is refused",
    (text) => expect(readGoInt(text)).toBeNull(),
  );

  it("every number of 256 bits comes back as it was written, with separators too", () => {
    fc.assert(
      fc.property(int256, (value) => {
        expect(readGoInt(value.toString())).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), (value) => {
        expect(readGoInt(`0x${value.toString(16)}`)).toBe(value);
        expect(readGoInt(`0${value.toString(8)}`)).toBe(value);
        expect(readGoInt([...value.toString()].join("_"))).toBe(value);
      }),
    );
  });

  it("no text makes it throw, and what it takes has digits", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+-]?[0-9a-fx_ob]{0,12}$/)), (text) => {
        if (readGoInt(text) !== null) expect(text).toMatch(/[0-9]/);
      }),
    );
  });
});

describe("decimals, as the SDK reads them", () => {
  it.each([
    ["1", "1.000000000000000000"],
    ["0.1", "0.100000000000000000"],
    ["-0.5", "-0.500000000000000000"],
    ["+0.1", "0.100000000000000000"],
    ["-+1", "-1.000000000000000000"],
    ["--1", "1.000000000000000000"],
    ["00.10", "0.100000000000000000"],
    ["0.000000000000000001", "0.000000000000000001"],
    ["-0", "0.000000000000000000"],
  ])("%s is %s", (text, value) => expect(formatDec(readGoDec(text) ?? 99n)).toBe(value));

  it.each(["", "-", ".2", "1.", ".", "1.2.3", "1e2", "0.0000000000000000001", " 1", "0x1", "1_0", "0.+1", "NaN"])(
    "%j is refused",
    (text) => expect(readGoDec(text)).toBeNull(),
  );

  it("every decimal comes back as it was written, long and short", () => {
    fc.assert(
      fc.property(dec, (value) => {
        expect(readGoDec(formatDec(value))).toBe(value);
        expect(readGoDec(shortDec(value))).toBe(value);
      }),
    );
  });
});

describe("unsigned numbers, as jsonpb reads them from within quotes", () => {
  it.each(["-1", "01", "1.0", "1e3", "", "0x1", String(2n ** 64n)])("%j is refused", (text) => {
    expect(readGoUint(text, 64)).toBeNull();
  });

  it("every number of 64 bits is taken, blanks around it too, and 32 bits bound what has 32", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(readGoUint(` ${value} `, 64)).toBe(value);
        expect(readGoUint(`${value}`, 32)).toBe(value < 2n ** 32n ? value : null);
      }),
    );
  });
});
