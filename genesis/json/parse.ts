import { inEnglish, type Said, said } from "../document/said.ts";
import { type Json, JsonNumber, type JsonObject } from "./value.ts";

/** Text that is no JSON: what is wrong, and at which offset. */
export class JsonError extends Error {
  override name = "JsonError";
  readonly said: Said;
  readonly offset: number;

  constructor(words: Said, offset: number) {
    const all = said`${words} at offset ${offset}`;
    super(inEnglish(all));
    this.said = all;
    this.offset = offset;
  }
}

/** How {@link parseJson} reads. */
export type ParseOptions = {
  /** Arrays and objects inside each other; more is an error. */
  readonly depthMax?: number;
};

/** What was read. */
export type Parsed = {
  readonly value: Json;
  /** Paths of keys that an object holds twice; the last one's value stands, as in Go. At most 16 are kept. */
  readonly duplicates: readonly string[];
  /** Where the first document ends; what follows but white space is at `rest`. Null: nothing follows. */
  readonly rest: number | null;
};

const depthDefault = 128;
const duplicatesKept = 16;

/**
 * Reads one JSON document (RFC 8259) exactly. Throws {@link JsonError}; what stands behind the document is the
 * caller's to judge, since the SDK's tools read only the first one of a file.
 */
export function parseJson(text: string, { depthMax = depthDefault }: ParseOptions = {}): Parsed {
  const reader = new Reader(text, depthMax);
  const value = reader.value("", 0);
  reader.space();
  return { value, duplicates: reader.duplicates, rest: reader.at < text.length ? reader.at : null };
}

const numberAt = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// A run of characters that stand for themselves: no quote, no backslash, no control character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what RFC 8259 forbids here
const plainAt = /[^"\\\u0000-\u001f]*/y;
const spaceAt = /[ \t\n\r]*/y;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly #text: string;
  readonly #depthMax: number;
  readonly duplicates: string[] = [];
  at = 0;

  constructor(text: string, depthMax: number) {
    this.#text = text;
    this.#depthMax = depthMax;
  }

  space(): void {
    this.#run(spaceAt);
  }

  value(path: string, depth: number): Json {
    this.space();
    const first = this.#text[this.at];
    if (first === undefined) throw new JsonError(said`the text ends where a value should stand`, this.at);
    if (first === "{" || first === "[") {
      if (depth >= this.#depthMax) throw new JsonError(said`nested deeper than ${this.#depthMax}`, this.at);
      this.at += 1;
      return first === "{" ? this.#object(path, depth + 1) : this.#array(path, depth + 1);
    }
    if (first === '"') return this.#string();
    if (first === "-" || (first >= "0" && first <= "9")) return this.#number();
    if (this.#word("true")) return true;
    if (this.#word("false")) return false;
    if (this.#word("null")) return null;
    throw new JsonError(said`no value begins with ${JSON.stringify(first)}`, this.at);
  }

  #object(path: string, depth: number): JsonObject {
    const object: JsonObject = new Map();
    if (this.#ends("}")) return object;
    for (;;) {
      this.space();
      if (this.#text[this.at] !== '"') throw new JsonError(said`a key should stand here`, this.at);
      const key = this.#string();
      const here = `${path}/${key}`;
      if (object.has(key) && this.duplicates.length < duplicatesKept) this.duplicates.push(here);
      this.space();
      if (this.#text[this.at] !== ":") throw new JsonError(said`a colon should stand here`, this.at);
      this.at += 1;
      object.set(key, this.value(here, depth));
      if (this.#ends("}")) return object;
      this.#comma();
    }
  }

  #array(path: string, depth: number): Json[] {
    const array: Json[] = [];
    if (this.#ends("]")) return array;
    for (;;) {
      array.push(this.value(`${path}/${array.length}`, depth));
      if (this.#ends("]")) return array;
      this.#comma();
    }
  }

  #ends(bracket: string): boolean {
    this.space();
    if (this.#text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  #comma(): void {
    if (this.#text[this.at] !== ",") throw new JsonError(said`a comma or the end should stand here`, this.at);
    this.at += 1;
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  #number(): JsonNumber {
    const text = this.#run(numberAt);
    if (text === "") throw new JsonError(said`not a number`, this.at);
    return new JsonNumber(text);
  }

  #string(): string {
    const begin = this.at;
    this.at += 1;
    let read = this.#run(plainAt);
    for (;;) {
      const next = this.#text[this.at];
      if (next === undefined) throw new JsonError(said`this string does not end`, begin);
      if (next !== '"' && next !== "\\") throw new JsonError(said`a control character in a string`, this.at);
      this.at += 1;
      if (next === '"') return read;
      read += this.#escape() + this.#run(plainAt);
    }
  }

  #escape(): string {
    const letter = this.#text[this.at] ?? "";
    if (letter === "u") {
      const digits = this.#text.slice(this.at + 1, this.at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonError(said`\\u needs four hexadecimal digits`, this.at);
      this.at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const known = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (known === undefined) throw new JsonError(said`no escape \\${letter}`, this.at);
    this.at += 1;
    return known;
  }

  #run(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }
}
