import { said } from "../document/said.ts";
import { JsonError, type ParseOptions, parseJson } from "./parse.ts";
import type { Json } from "./value.ts";

/** Where a list's entries stand in a file: after its `[` and before its `]`, in bytes. */
export type ListRange = { readonly begin: number; readonly end: number };

/** A file without its long lists: they stand as `[]` in `skeleton`, and `range` says where one was. */
export type Split = { readonly skeleton: string; range(path: readonly string[]): ListRange | null };

/** No key of a JSON text holds this character as itself. */
const pathOf = (keys: readonly string[]) => keys.join("\u0000");

const quote = 0x22;
const backslash = 0x5c;
const skeletonBytesMax = 64_000_000;

/**
 * Finds long lists in JSON that is too big to be held: `paths` are the keys from the top. It follows
 * brackets and strings alone; whether the rest is JSON shows when the skeleton and the entries are parsed. Throws
 * {@link JsonError} for a list that stands twice, for text that ends too early and for a skeleton above 64 MB.
 */
export function splitLists(chunks: Iterable<Uint8Array>, paths: readonly (readonly string[])[]): Split {
  const splitter = new Splitter(new Set(paths.map(pathOf)));
  for (const chunk of chunks) splitter.push(chunk);
  return splitter.end();
}

/** The entries of a list, parsed one by one from the bytes between its brackets. Throws {@link JsonError}. */
export function* listEntries(chunks: Iterable<Uint8Array>, options: ParseOptions = {}): Generator<Json> {
  let count = 0;
  for (const text of entryTexts(chunks)) {
    const { value, duplicates, rest } = parseJson(text, options);
    if (rest !== null) throw new JsonError(said`entry ${count} of a list is more than one value`, rest);
    if (duplicates[0] !== undefined)
      throw new JsonError(said`a key stands twice in entry ${count}: ${duplicates[0]}`, 0);
    count += 1;
    yield value;
  }
}

class Splitter {
  readonly #paths: ReadonlySet<string>;
  readonly #kept: Uint8Array[] = [];
  readonly #ranges = new Map<string, ListRange>();
  /** The key under which one stands, for each open bracket. */
  readonly #keys: string[] = [];
  #depth = 0;
  #offset = 0;
  #keptBytes = 0;
  #string: number[] | null = null;
  #escaped = false;
  #last = "";
  #list: { path: string; begin: number; depth: number } | null = null;

  constructor(paths: ReadonlySet<string>) {
    this.#paths = paths;
  }

  push(chunk: Uint8Array): void {
    let keep = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#string !== null) this.#inString(byte, this.#string);
      else if (byte === quote) this.#string = [];
      else if (byte === 0x3a) this.#keys[this.#depth - 1] = this.#last;
      else if (byte === 0x7b || byte === 0x5b) {
        if (byte === 0x5b && this.#list === null && this.#opens(this.#offset + at + 1)) {
          this.#keep(chunk.subarray(keep, at + 1));
          keep = chunk.length;
        }
        this.#depth += 1;
        this.#keys[this.#depth - 1] = "";
      } else if (byte === 0x7d || byte === 0x5d) {
        this.#depth -= 1;
        if (this.#list?.depth === this.#depth) {
          this.#ranges.set(this.#list.path, { begin: this.#list.begin, end: this.#offset + at });
          this.#list = null;
          keep = at;
        }
      }
    }
    if (this.#list === null) this.#keep(chunk.subarray(keep));
    this.#offset += chunk.length;
  }

  end(): Split {
    if (this.#list !== null || this.#string !== null) throw new JsonError(said`the text ends too early`, this.#offset);
    const bytes = new Uint8Array(this.#keptBytes);
    let at = 0;
    for (const part of this.#kept) {
      bytes.set(part, at);
      at += part.length;
    }
    return { skeleton: decoded(bytes, 0), range: (path) => this.#ranges.get(pathOf(path)) ?? null };
  }

  #inString(byte: number, string: number[]): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#string = null;
      if (this.#list === null) this.#last = String.fromCharCode(...string);
      return;
    }
    // Only short keys are looked for, and none outside of ASCII.
    if (this.#list === null && string.length < 64) string.push(byte);
  }

  #opens(begin: number): boolean {
    const path = pathOf(this.#keys.slice(0, this.#depth));
    if (!this.#paths.has(path)) return false;
    if (this.#ranges.has(path)) throw new JsonError(said`a long list stands twice`, begin);
    this.#list = { path, begin, depth: this.#depth };
    return true;
  }

  #keep(part: Uint8Array): void {
    this.#keptBytes += part.length;
    if (this.#keptBytes > skeletonBytesMax) throw new JsonError(said`too much beside the long lists`, this.#offset);
    this.#kept.push(part.slice());
  }
}

const entryBytesMax = 1_000_000;

function* entryTexts(chunks: Iterable<Uint8Array>): Generator<string> {
  let before: Uint8Array = new Uint8Array();
  let depth = 0;
  let inString = false;
  let escaped = false;
  let any = false;
  for (const chunk of chunks) {
    let begin = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) depth -= 1;
      else if (byte === 0x2c && depth === 0) {
        yield decoded(joined(before, chunk.subarray(begin, at)), 0);
        before = new Uint8Array();
        any = true;
        begin = at + 1;
      }
    }
    before = joined(before, chunk.subarray(begin));
    if (before.length > entryBytesMax) throw new JsonError(said`an entry of more than ${entryBytesMax} bytes`, 0);
  }
  const last = decoded(before, 0);
  if (any || last.trim() !== "") yield last;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function decoded(bytes: Uint8Array, offset: number): string {
  const text = utf8Of(bytes);
  if (text === null) throw new JsonError(said`bytes that are no UTF-8`, offset);
  return text;
}

function utf8Of(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
