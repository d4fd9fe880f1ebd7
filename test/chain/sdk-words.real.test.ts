import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Coin, isDenom, readAmount, sortedCoins } from "../../genesis/allocation/allocation.ts";
import { isValidCoin } from "../../genesis/gentx/check-transaction.ts";
import { formatDec, readGoDec, readGoInt } from "../../genesis/gentx/go-number.ts";
import { canonicalJson } from "../../genesis/json/canonical.ts";
import { JsonError, parseJson } from "../../genesis/json/parse.ts";
import { printJson } from "../../genesis/json/print.ts";
import type { Json } from "../../genesis/json/value.ts";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { askSdk, type Kind } from "./sdk-probe.ts";

const numRuns = 5_000;

/** Asks the SDK and us about thousands of texts; throws for the shortest on which the words differ. */
async function sameWords(kind: Kind, texts: fc.Arbitrary<string>, ours: (text: string) => string | null) {
  const seed = Date.now() % 0x7fffffff;
  const asked = [...new Set(fc.sample(texts, { numRuns, seed }))];
  const told = await askSdk(kind, asked);
  const unlike = told.flatMap(({ ok, value, error }, index) => {
    const text = asked[index] ?? "";
    const [theirs, our] = [ok ? value : null, ours(text)];
    return theirs === our ? [] : [{ text, theirs, error, our }];
  });
  unlike.sort((a, b) => a.text.length - b.text.length);
  const shortest = JSON.stringify(unlike.slice(0, 3));
  expect(unlike.length, `of ${asked.length} texts with seed ${seed} differ, the shortest: ${shortest}`).toBe(0);
  // A run in which all were refused, or all taken, would show little.
  const taken = told.filter(({ ok }) => ok).length;
  expect(taken).toBeGreaterThan(told.length / 20);
}

const digits = fc.stringMatching(/^[0-9]{0,20}$/);
const huge = fc
  .tuple(fc.integer({ min: 250, max: 320 }), fc.integer({ min: -2, max: 2 }))
  .map(([bits, off]) => String(2n ** BigInt(bits) + BigInt(off)));
const oddNumber = fc.stringMatching(/^[-+]{0,2}[0-9a-fA-FxXoObB_.eE ]{0,12}$/);

/** A decimal as people and machines write it, and nearly so. */
const decText = fc.oneof(
  fc
    .tuple(fc.constantFrom("", "", "-", "+", "--", "-+"), digits, fc.stringMatching(/^(\.[0-9]{0,20})?$/))
    .map((parts) => parts.join("")),
  fc.tuple(huge, fc.stringMatching(/^(\.[0-9]{1,18})?$/)).map((parts) => parts.join("")),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(formatDec),
  oddNumber,
  fc.string({ maxLength: 6 }),
);
const intText = fc.oneof(
  fc.tuple(fc.constantFrom("", "", "-", "+"), digits).map((parts) => parts.join("")),
  fc
    .tuple(
      fc.constantFrom("", "-", "+"),
      fc.constantFrom("0x", "0X", "0b", "0o", "0", "0_"),
      fc.stringMatching(/^[0-9a-f_]{0,10}$/),
    )
    .map((parts) => parts.join("")),
  huge,
  huge.map((text) => `0x${BigInt(text).toString(16)}`),
  oddNumber,
  fc.string({ maxLength: 6 }),
);
const denom = fc.oneof(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,10}$/),
  fc.stringMatching(/^[a-zA-Z0-9/:._-]{0,4}$/),
  fc.constantFrom("upaw", "a".repeat(128), "a".repeat(129), `ibc/${"A".repeat(64)}`),
  fc.string({ maxLength: 5 }),
);

describe.skipIf(!goAvailable())("the SDK's own code, asked by the thousand, says what ours says", () => {
  beforeAll(() => buildDevnet(), buildTimeoutMs);

  it("of a decimal: whether it is one, and how it is written", () =>
    sameWords("dec", decText, (text) => {
      const read = readGoDec(text);
      return read === null ? null : formatDec(read);
    }));

  it("of a whole number: whether it is one, and which", () =>
    sameWords("int", intText, (text) => readGoInt(text)?.toString() ?? null));

  it("of a coin: whether a message may hold it", () =>
    sameWords(
      "coin",
      fc.record({ denom, amount: intText }).map((coin) => JSON.stringify(coin)),
      (text) => {
        const coin = JSON.parse(text) as { denom: string; amount: string };
        const amount = readGoInt(coin.amount);
        return isValidCoin({ ...coin, amount }) ? `${amount}${coin.denom}` : null;
      },
    ));

  it("of an allocation's coins in plain digits: whether a balance may hold them, and their order", () => {
    const amount = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 70n }), fc.constant(1n)).map(String);
    const few = fc.constantFrom("upaw", "uatom", "UATOM", "stake", "x/y", "x.y", "x-y", "x_y", "x:y", "no", "1up");
    const coins = fc.array(
      fc.record({ denom: fc.oneof(few, few, few, denom), amount: fc.oneof(amount, amount, amount, huge) }),
      { maxLength: 4 },
    );
    return sameWords(
      "coins",
      coins.map((list) => JSON.stringify(list)),
      (text) => {
        const read = (JSON.parse(text) as { denom: string; amount: string }[]).map((coin): Coin | null => {
          const size = readAmount(coin.amount);
          return size === null || !isDenom(coin.denom) ? null : { denom: coin.denom, amount: size };
        });
        const sorted = sortedCoins(read.filter((coin) => coin !== null));
        if (sorted === null || read.includes(null)) return null;
        return sorted.map((coin) => `${coin.amount}${coin.denom}`).join(",");
      },
    );
  });
});

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 8 }), fc.string({ unit: "grapheme", maxLength: 8 }));
const space = fc.stringMatching(/^[ \t\n\r]{0,2}$/);
const numberText = fc.stringMatching(/^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/);

/** JSON as text, with blanks, numbers in any spelling, and any order of keys; no key twice. */
const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("null", "true", "false", "[]", "{}"),
    numberText,
    anyText.map((text) => JSON.stringify(text)),
    fc
      .array(fc.tuple(space, tie("value"), space), { maxLength: 4 })
      .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
    fc
      .uniqueArray(fc.tuple(anyText, space, tie("value"), space), { maxLength: 4, selector: ([key]) => key })
      .map((items) => `{${items.map(([key, ...rest]) => `${JSON.stringify(key)}:${rest.join("")}`).join(",")}}`),
  ),
}));

/** Such text with a character taken out, doubled or put in: mostly no JSON any more. */
const brokenText = fc
  .tuple(jsonText, fc.nat(), fc.constantFrom("", ",", '"', "}", "]", "0", "-", "\\", "\u0000", " 1"))
  .map(([text, at, put]) => {
    const place = text.length === 0 ? 0 : at % text.length;
    const broken = text.slice(0, place) + put + text.slice(put === "" ? place + 1 : place);
    return broken.toWellFormed();
  });

function read(text: string): Json | undefined {
  try {
    const { value, rest } = parseJson(text);
    return rest === null ? value : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

describe.skipIf(!goAvailable())("Go's JSON, asked by the thousand, is ours", () => {
  beforeAll(() => buildDevnet(), buildTimeoutMs);

  it("as a genesis is written: two spaces, five escapes, numbers and keys as they stood", () =>
    sameWords("json", jsonText, (text) => {
      const value = read(text);
      return value === undefined ? null : printJson(value);
    }));

  it("in what is no JSON at all", async () => {
    const seed = Date.now() % 0x7fffffff;
    const asked = fc.sample(brokenText, { numRuns, seed });
    const told = await askSdk("json", asked);
    const unlike = asked.filter((text, index) => (read(text) !== undefined) !== told[index]?.ok);
    expect(unlike.slice(0, 3), `seed ${seed}`).toEqual([]);
    expect(told.filter(({ ok }) => !ok).length).toBeGreaterThan(numRuns / 10);
  });

  it("in sorted form, but for Go's five escapes: the canonical form of doubles, texts and keys", () => {
    const units = fc.string({ unit: "binary", maxLength: 6 }).filter((text) => !/[\ud800-\udfff]/.test(text));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        fc.integer(),
        units,
        fc.constantFrom(null, true, false),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(units, tie("value"), { maxKeys: 5 }),
      ),
    }));
    return sameWords(
      "sorted",
      value.map((each) => JSON.stringify(each)),
      (text) => {
        const value = read(text);
        return value === undefined ? null : canonicalJson(value).replace(/[<>&\u2028\u2029]/g, escaped);
      },
    );
  });

  it("sorts keys by bytes where RFC 8785 sorts by UTF-16 units, which differ for characters beyond the first plane", async () => {
    const text = '{"\ufffd":1,"\u{1f680}":2}';
    const [told] = await askSdk("sorted", [text]);
    expect(told?.value).toBe(text);
    expect(canonicalJson(parseJson(text).value)).toBe('{"\u{1f680}":2,"\ufffd":1}');
  });
});

const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
