import { isObject, type Json, JsonNumber, type JsonObject } from "../json/value.ts";

/** How one field of a message is spelled in the SDK's JSON. */
export type Kind =
  | "string"
  | "bytes"
  | "integer"
  | "small"
  | "amount"
  | "decimal"
  | { readonly names: ReadonlyMap<string, string> }
  | { readonly list: Kind }
  | { readonly any: ReadonlyMap<string, readonly Field[]> }
  | Message;

/** A message's fields in the order of their numbers. A `nullable` one is null when it is missing, the others full of defaults. */
export type Message = { readonly fields: readonly Field[]; readonly nullable?: boolean; readonly oneOf?: boolean };

/** A field's name as in the `.proto` file, and its kind. */
export type Field = readonly [name: string, kind: () => Kind];

/** JSON that the message's decoder would refuse, and where. */
export class NotOfMessage extends Error {
  override name = "NotOfMessage";
  readonly path: string;

  constructor(message: string, path: string) {
    super(`${path === "" ? "the top" : path}: ${message}`);
    this.path = path;
  }
}

/**
 * Reads JSON as the SDK decodes a message and writes it as the SDK encodes it: fields in the order of their numbers,
 * snake_case, every default written, 64-bit integers as strings, decimals with 18 places. Stricter than the SDK in
 * one thing: an amount is `[1-9][0-9]*` or 0, since the SDK reads a leading zero as octal. Throws {@link NotOfMessage}.
 */
export function reencode(value: Json, message: Message): Json {
  return encode(value, message, "");
}

function encode(value: Json | undefined, kind: Kind, path: string): Json {
  const given = value === null ? undefined : value;
  if (kind === "string") return text(given ?? "", path);
  if (kind === "bytes") return base64(given ?? "", path);
  if (kind === "integer") return integer(given ?? "0", path);
  if (kind === "small") return new JsonNumber(integer(given ?? "0", path));
  if (kind === "amount") return amount(given ?? "0", path);
  if (kind === "decimal") return decimal(given ?? "0", path);
  if ("names" in kind) return name(given, kind.names, path);
  if ("list" in kind) {
    if (given !== undefined && !Array.isArray(given)) throw new NotOfMessage("a list should stand here", path);
    return (given ?? []).map((each, index) => encode(each, kind.list, `${path}/${index}`));
  }
  if ("any" in kind) return given === undefined ? null : any(given, kind.any, path);
  if (given === undefined && kind.nullable === true) return null;
  return object(given ?? new Map(), kind, path);
}

function object(value: Json, { fields, oneOf = false }: Message, path: string): JsonObject {
  if (!isObject(value)) throw new NotOfMessage("an object should stand here", path);
  const left = new Map(value);
  const written: JsonObject = new Map();
  for (const [field, kind] of fields) {
    const spelling = [field, camelCase(field)].find((each) => left.has(each));
    const given = spelling === undefined ? undefined : left.get(spelling);
    if (spelling !== undefined) left.delete(spelling);
    if (!oneOf || (given !== undefined && given !== null))
      written.set(field, encode(given, kind(), `${path}/${field}`));
  }
  const [unknown] = left.keys();
  if (unknown !== undefined) throw new NotOfMessage(`no field is called ${JSON.stringify(unknown.slice(0, 60))}`, path);
  return written;
}

function any(value: Json, types: ReadonlyMap<string, readonly Field[]>, path: string): JsonObject {
  if (!isObject(value)) throw new NotOfMessage("an object should stand here", path);
  const type = value.get("@type");
  const fields = typeof type === "string" ? types.get(type) : undefined;
  if (typeof type !== "string" || fields === undefined) {
    throw new NotOfMessage(
      `the type ${typeof type === "string" ? type.slice(0, 80) : "is missing or"} unknown here`,
      path,
    );
  }
  const rest = new Map(value);
  rest.delete("@type");
  return new Map<string, Json>([["@type", type], ...object(rest, { fields }, path)]);
}

function text(value: Json, path: string): string {
  if (typeof value !== "string") throw new NotOfMessage("text should stand here", path);
  return value;
}

const padded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64(value: Json, path: string): string {
  const read = text(value, path);
  if (!padded.test(read)) throw new NotOfMessage("padded standard base64 should stand here", path);
  return read;
}

function integer(value: Json, path: string): string {
  const read = value instanceof JsonNumber ? value.text : text(value, path);
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(read)) throw new NotOfMessage("a whole number should stand here", path);
  return read;
}

function amount(value: Json, path: string): string {
  const read = text(value, path);
  if (!/^(?:0|[1-9][0-9]{0,77})$/.test(read)) throw new NotOfMessage("an amount is written as plain digits", path);
  return read;
}

function decimal(value: Json, path: string): string {
  const [, sign = "", whole = "", fraction = ""] =
    /^(-?)([0-9]{1,60})(?:\.([0-9]{1,18}))?$/.exec(text(value, path)) ?? [];
  if (whole === "") throw new NotOfMessage("a decimal of at most 18 places should stand here", path);
  const plain = `${whole.replace(/^0+(?=.)/, "")}.${fraction.padEnd(18, "0")}`;
  return /[1-9]/.test(plain) ? `${sign}${plain}` : plain;
}

function name(value: Json | undefined, names: ReadonlyMap<string, string>, path: string): string {
  const read = value instanceof JsonNumber ? names.get(value.text) : value;
  if (read === undefined) return names.get("0") ?? "";
  if (typeof read === "string" && [...names.values()].includes(read)) return read;
  throw new NotOfMessage("no name of this enumeration", path);
}

const camelCase = (field: string) => field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
