import { isObject, type Json, JsonNumber } from "./value.ts";

/** How {@link printJson} writes. */
export type PrintOptions = {
  /** Spaces a level; 0 writes everything on one line without any space. */
  readonly indent?: number;
  /** The depth at which the text will stand in a larger one. */
  readonly depth?: number;
};

/**
 * Writes JSON as Go's `encoding/json` does: with `indent` 2 these are the bytes of the SDK's tools. Keys keep their
 * order, numbers their spelling; `& < >` and U+2028, U+2029 are escaped, every other character stands for itself.
 */
export function printJson(value: Json, { indent = 2, depth = 0 }: PrintOptions = {}): string {
  const parts: string[] = [];
  write(value, indent, depth, parts);
  return parts.join("");
}

/** A string in Go's spelling, with its quotes. A lone surrogate, which is no text, becomes U+FFFD as in Go. */
export function printString(text: string): string {
  const quoted = JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
  return special.test(quoted) ? quoted.replace(specials, (each) => escapes[each] ?? each) : quoted;
}

/** A new line, and the indent of `depth`; nothing when everything is on one line. */
export function lineBreak(indent: number, depth: number): string {
  return indent === 0 ? "" : `\n${" ".repeat(indent * depth)}`;
}

const special = /[<>&\u2028\u2029]/;
const specials = /[<>&\u2028\u2029]/g;
const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

function write(value: Json, indent: number, depth: number, parts: string[]): void {
  if (typeof value === "string") parts.push(printString(value));
  else if (value instanceof JsonNumber) parts.push(value.text);
  else if (value === null || typeof value === "boolean") parts.push(String(value));
  else if (isObject(value)) writeObject(value, indent, depth, parts);
  else writeArray(value, indent, depth, parts);
}

function writeObject(object: ReadonlyMap<string, Json>, indent: number, depth: number, parts: string[]): void {
  if (object.size === 0) {
    parts.push("{}");
    return;
  }
  const colon = indent === 0 ? ":" : ": ";
  let before = "{";
  for (const [key, value] of object) {
    parts.push(before, lineBreak(indent, depth + 1), printString(key), colon);
    write(value, indent, depth + 1, parts);
    before = ",";
  }
  parts.push(lineBreak(indent, depth), "}");
}

function writeArray(array: readonly Json[], indent: number, depth: number, parts: string[]): void {
  if (array.length === 0) {
    parts.push("[]");
    return;
  }
  let before = "[";
  for (const value of array) {
    parts.push(before, lineBreak(indent, depth + 1));
    write(value, indent, depth + 1, parts);
    before = ",";
  }
  parts.push(lineBreak(indent, depth), "]");
}
