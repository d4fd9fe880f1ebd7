import { inEnglish, type Said, said } from "../document/said.ts";
import { isObject, type Json, JsonNumber } from "../json/value.ts";
import { plainAmount, readGoDec, readGoInt, readGoUint } from "./go-number.ts";

// Reads JSON as gogoproto v1.7.0 does (jsonpb.go, unmarshalValue) into the types that a gentx has.

/** What can't be read, by path and in words that name the value seen. */
export class DecodeError extends Error {
  override name = "DecodeError";
  readonly said: Said;

  constructor(words: Said) {
    super(inEnglish(words));
    this.said = words;
  }
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** One object's fields. Each is read once; {@link Fields.end} refuses what is left over. */
export class Fields {
  readonly path: string;
  readonly #left: Map<string, Json>;
  readonly #odd: Said[];

  /** `odd` gathers spellings that the SDK takes and nobody should write. */
  constructor(json: Json, path: string, odd: Said[]) {
    if (json !== null && !isObject(json)) throw new DecodeError(said`${path || said`the document`} must be an object`);
    this.path = path;
    this.#left = new Map(json);
    this.#odd = odd;
  }

  /** The value under its name or its camelCase name, which wins. Undefined: there is none. */
  take(name: string): Json | undefined {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const value = this.#left.has(camel) ? this.#left.get(camel) : this.#left.get(name);
    if (camel !== name && this.#left.has(camel))
      this.#note(said`${this.at(camel)} is written ${camel} instead of ${name}`);
    this.#left.delete(camel);
    this.#left.delete(name);
    return value;
  }

  text(name: string): string {
    const value = this.#filled(name) ?? "";
    if (typeof value !== "string") throw new DecodeError(said`${this.at(name)} must be a text`);
    return value.toWellFormed();
  }

  /** A `math.Int`. Null: it isn't there, which is not the same as 0. */
  int(name: string): bigint | null {
    const value = this.take(name);
    if (value === undefined) return null;
    const read = typeof value === "string" ? readGoInt(value) : null;
    if (read === null) throw new DecodeError(said`${this.at(name)} must be a whole number as text, not ${show(value)}`);
    if (value !== "0" && !plainAmount.test(String(value)))
      this.#note(said`${this.at(name)} is written ${show(value)}, which means ${read}`);
    return read;
  }

  /** A `math.LegacyDec` as a count of 10^-18. Null: it isn't there. */
  dec(name: string): bigint | null {
    const value = this.take(name);
    if (value === undefined) return null;
    const read = typeof value === "string" ? readGoDec(value) : null;
    if (read === null) {
      throw new DecodeError(
        said`${this.at(name)} must be a decimal as text with at most 18 decimals, not ${show(value)}`,
      );
    }
    if (!/^-?[0-9]+(\.[0-9]+)?$/.test(String(value))) this.#note(said`${this.at(name)} is written ${show(value)}`);
    return read;
  }

  uint(name: string, bits: 32 | 64): bigint {
    const value = this.#filled(name) ?? null;
    if (value === null) return 0n;
    const text = value instanceof JsonNumber ? value.text : value;
    const read = typeof text === "string" ? readGoUint(text, bits) : null;
    if (read === null) throw new DecodeError(said`${this.at(name)} must be an unsigned number, not ${show(value)}`);
    if (bits === 64 && text !== value) this.#note(said`${this.at(name)} is a number instead of a text`);
    return read;
  }

  bytes(name: string): Uint8Array {
    return this.#bytes(this.#filled(name) ?? null, name);
  }

  bytesList(name: string): Uint8Array[] {
    return this.list(name).map((value, index) => this.#bytes(value, `${name}/${index}`));
  }

  list(name: string): readonly Json[] {
    const value = this.#filled(name) ?? [];
    if (!Array.isArray(value)) throw new DecodeError(said`${this.at(name)} must be a list`);
    return value;
  }

  /** The objects of a list that may hold no null. */
  objects(name: string): Fields[] {
    return this.list(name).map((value, index) => this.#object(value, `${name}/${index}`));
  }

  /** An object, or null where it is missing. */
  object(name: string): Fields | null {
    const value = this.take(name) ?? null;
    return value === null ? null : new Fields(value, this.at(name), this.#odd);
  }

  /** One of an enum's names, or its number. */
  enumeration(name: string, names: Readonly<Record<string, number>>): number {
    const value = this.#filled(name) ?? null;
    if (value === null) return 0;
    const known = typeof value === "string" && Object.hasOwn(names, value) ? names[value] : undefined;
    if (known !== undefined) return known;
    const number = value instanceof JsonNumber && /^-?[0-9]{1,10}$/.test(value.text) ? Number(value.text) : null;
    if (number === null || number !== (number | 0))
      throw new DecodeError(said`${this.at(name)} can't be ${show(value)}`);
    this.#note(said`${this.at(name)} is a number instead of a name`);
    return number;
  }

  /** Refuses the object when something is left in it that nobody took. */
  end(): void {
    const [unknown] = this.#left.keys();
    if (unknown !== undefined) {
      throw new DecodeError(said`unknown field ${show(unknown)} in ${this.path || said`the transaction`}`);
    }
  }

  at(name: string): string {
    return this.path === "" ? name : `${this.path}/${name}`;
  }

  /** A plain value: null stands for nothing, but the SDK writes null for messages only. */
  #filled(name: string): Json | undefined {
    const value = this.take(name);
    if (value === null) this.#note(said`${this.at(name)} is null`);
    return value;
  }

  #object(value: Json, name: string): Fields {
    if (value === null) throw new DecodeError(said`${this.at(name)} is null`);
    return new Fields(value, this.at(name), this.#odd);
  }

  /** Go reads base64 with line breaks and without looking at the last bits, and a list of numbers as bytes. */
  #bytes(value: Json, name: string): Uint8Array {
    if (value === null) return new Uint8Array();
    if (Array.isArray(value)) {
      this.#note(said`${this.at(name)} is a list of numbers instead of base64`);
      return Uint8Array.from(value.map((item) => this.#byte(item, name)));
    }
    if (typeof value !== "string") throw new DecodeError(said`${this.at(name)} must be base64`);
    const text = value.replace(/[\r\n]/g, "");
    if (!base64.test(text))
      throw new DecodeError(said`${this.at(name)} must be base64 of the standard kind, with padding`);
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (writeBase64(bytes) !== value) this.#note(said`${this.at(name)} is base64 that others would write differently`);
    return bytes;
  }

  #byte(value: Json, name: string): number {
    if (value === null) return 0;
    const byte = value instanceof JsonNumber ? readGoUint(value.text, 32) : null;
    if (byte === null || byte > 255n) throw new DecodeError(said`${this.at(name)} must be base64`);
    return Number(byte);
  }

  #note(words: Said): void {
    if (this.#odd.length < 16) this.#odd.push(words);
  }
}

/** Base64 of the standard kind, with padding. */
export function writeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** A value in a message: short, quoted, and with nothing in it that could play tricks on a terminal. */
export function show(value: Json): string {
  if (value instanceof JsonNumber) return value.text.slice(0, 40);
  if (typeof value !== "string") return value === null || typeof value === "boolean" ? String(value) : "a structure";
  const cut = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return JSON.stringify(cut).replace(/[^\x20-\x7e\p{L}\p{N}\p{P}\p{S}\p{Zs}…]|[\p{Cf}]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)?.toString(16)}}`;
  });
}
