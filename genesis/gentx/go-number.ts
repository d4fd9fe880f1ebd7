// What Go takes for a number, to the character. Sources: math/big (scan with base 0), encoding/json, and
// cosmossdk.io/math v1.4.0 (int.go, dec.go).

const goInt = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;
/** 256 binary digits with an underscore before each, and room for leading zeros. */
const charactersMax = 1024;
const intBound = 1n << 256n;
const decBound = (1n << 256n) * 10n ** 18n;

/** One, in the SDK's decimals: integers that count 10^-18. */
export const decOne = 10n ** 18n;

/** An amount as it should be written: decimal digits, no sign, no leading zero (which Go would take for octal). */
export const plainAmount = /^[1-9][0-9]*$/;

/** Reads what `math.Int` takes: base 0, so `0x10`, `1_000` and the octal `0010` too. Null: the SDK refuses it. */
export function readGoInt(text: string): bigint | null {
  if (text.length > charactersMax || !goInt.test(text)) return null;
  const digits = text.replace(/^[+-]/, "").replaceAll("_", "");
  const octal = /^0[0-7]+$/.test(digits);
  const size = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  if (size >= intBound) return null;
  return text.startsWith("-") ? -size : size;
}

/** Reads what `math.LegacyDec` takes, as a count of 10^-18: at most 18 decimals, digits on both sides of a point. */
export function readGoDec(text: string): bigint | null {
  if (text.length > charactersMax) return null;
  // A minus is cut off first; what's left goes to a parser that takes a sign again. So `-+1` passes in Go, and here.
  const found = /^(-?)([+-]?)([0-9]*)(?:\.([0-9]{1,18}))?$/.exec(text);
  if (found === null) return null;
  const [, minus = "", sign = "", whole = "", decimals] = found;
  if (sign + whole === "") return null;
  const size = BigInt(whole + (decimals ?? "").padEnd(18, "0"));
  if (size >= decBound) return null;
  return (minus === "-") !== (sign === "-") ? -size : size;
}

/** Writes a count of 10^-18 as the SDK does, always with 18 decimals. */
export function formatDec(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(19, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

/** Writes a count of 10^-18 for people: `0.05`, `1`. */
export function shortDec(value: bigint): string {
  return formatDec(value).replace(/\.?0+$/, "");
}

/** Reads an unsigned integer of so many bits as jsonpb does from within quotes, blanks and a bare `null` included. */
export function readGoUint(text: string, bits: 32 | 64): bigint | null {
  const found = /^ *(null|0|[1-9][0-9]{0,19}) *$/.exec(text)?.[1];
  if (found === undefined) return null;
  const value = found === "null" ? 0n : BigInt(found);
  return value < 1n << BigInt(bits) ? value : null;
}
