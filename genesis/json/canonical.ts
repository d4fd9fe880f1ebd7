import { isObject, type Json, JsonNumber } from "./value.ts";

/** A value that has no canonical form without loss, and where it stands. */
export class NotCanonical extends Error {
  override name = "NotCanonical";
  readonly path: string;

  constructor(message: string, path: string) {
    super(`${message} at ${path === "" ? "the top" : path}`);
    this.path = path;
  }
}

/**
 * The canonical form of RFC 8785: no space, keys in the order of their UTF-16 units, numbers as ECMAScript writes
 * them. RFC 8785 sends every number through a double; this never does so silently: a number that its double does not
 * hold exactly (an integer above 2^53 such as 9007199254740993, a decimal of 18 digits) throws {@link NotCanonical},
 * as does text that is not Unicode. A genesis is not hurt by that: the SDK writes 64-bit integers and decimals as
 * strings, which are kept as they are.
 */
export function canonicalJson(value: Json): string {
  const parts: string[] = [];
  write(value, "", parts);
  return parts.join("");
}

/** Keys in the order of RFC 8785: by UTF-16 units, as ECMAScript compares strings. */
export function canonicalKeys(keys: Iterable<string>): string[] {
  return [...keys].sort(byUnits);
}

/** A string as RFC 8785 writes it, with its quotes. Throws {@link NotCanonical} for a lone surrogate. */
export function canonicalString(text: string, path: string): string {
  if (!text.isWellFormed()) throw new NotCanonical("text that is not Unicode", path);
  return JSON.stringify(text);
}

function write(value: Json, path: string, parts: string[]): void {
  if (typeof value === "string") parts.push(canonicalString(value, path));
  else if (value instanceof JsonNumber) parts.push(canonicalNumber(value.text, path));
  else if (value === null || typeof value === "boolean") parts.push(String(value));
  else if (isObject(value)) {
    let before = "{";
    for (const key of canonicalKeys(value.keys())) {
      const here = `${path}/${key}`;
      parts.push(before, canonicalString(key, here), ":");
      write(value.get(key) ?? null, here, parts);
      before = ",";
    }
    parts.push(value.size === 0 ? "{}" : "}");
  } else {
    parts.push("[");
    value.forEach((each, index) => {
      if (index > 0) parts.push(",");
      write(each, `${path}/${index}`, parts);
    });
    parts.push("]");
  }
}

function canonicalNumber(text: string, path: string): string {
  // `-0` and 0 are one number; ECMAScript writes both as 0.
  const written = String(Number(text) + 0);
  if (!sameDecimal(text, written)) throw new NotCanonical(`the number ${text.slice(0, 40)} fits no double`, path);
  return written;
}

const decimal = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

function sameDecimal(one: string, other: string): boolean {
  const a = digitsOf(one);
  const b = digitsOf(other);
  return a !== null && b !== null && a === b;
}

/** A decimal without its spelling: sign, digits without zeros at either end, power of ten. Null: no finite number. */
function digitsOf(text: string): string | null {
  const [, sign = "", whole = "", fraction = "", power = "0"] = decimal.exec(text) ?? [];
  if (whole === "") return null;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return "0";
  return `${sign}${digits}e${BigInt(power) - BigInt(fraction.length) + BigInt(all.length - digits.length)}`;
}

const byUnits = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
