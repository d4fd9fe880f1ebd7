/** How a parameter is written: CometBFT's JSON has 64-bit numbers as text. */
export type Kind = "int" | "text" | "hex" | "bytes" | "bool";

/** A method's parameters, in the order of a positional call. */
export type Signature = readonly (readonly [name: string, kind: Kind])[];

/** A parameter's value; null: left out. */
export type Value = number | string | boolean | Uint8Array | null;

/** Named values, or the words of the -32602 answer. */
export type Params =
  | { readonly ok: true; readonly values: ReadonlyMap<string, Value> }
  | { readonly ok: false; readonly fault: string };

/** Reads the `params` of a JSON-RPC call: an object, a list in the signature's order, or nothing. */
export function readJsonParams(signature: Signature, params: unknown): Params {
  if (params === undefined || params === null) return { ok: true, values: new Map() };
  if (Array.isArray(params)) {
    if (params.length !== signature.length) {
      const names = signature.map(([name]) => name).join(" ");
      return { ok: false, fault: `expected ${signature.length} parameters ([${names}]), got ${params.length}` };
    }
    return collect(signature, (_name, index) => params[index], readJson);
  }
  if (typeof params !== "object") return { ok: false, fault: "unknown type for JSON params. Expected map or array" };
  const named = new Map(Object.entries(params));
  return collect(signature, (name) => named.get(name), readJson);
}

/** Reads the query of `GET /method?name=value`: numbers bare or quoted, text quoted, bytes as 0x… or quoted. */
export function readUriParams(signature: Signature, query: URLSearchParams): Params {
  return collect(signature, (name) => query.get(name) || undefined, readUri);
}

type Read = (kind: Kind, given: unknown) => Value | undefined;

function collect(signature: Signature, find: (name: string, index: number) => unknown, read: Read): Params {
  const values = new Map<string, Value>();
  for (const [index, [name, kind]] of signature.entries()) {
    const given = find(name, index);
    if (given === undefined || given === null) continue;
    const value = read(kind, given);
    if (value === undefined) return { ok: false, fault: faultOf(name, kind, given) };
    values.set(name, value);
  }
  return { ok: true, values };
}

/** CometBFT's words where clients meet them: libs/json/decoder.go. */
function faultOf(name: string, kind: Kind, given: unknown): string {
  const text = JSON.stringify(given).slice(0, 100);
  return kind === "int"
    ? `invalid 64-bit integer encoding ${JSON.stringify(`${given}`)}, expected string`
    : `invalid ${name}: ${text}`;
}

function readJson(kind: Kind, given: unknown): Value | undefined {
  if (kind === "bool") return typeof given === "boolean" ? given : undefined;
  if (typeof given !== "string") return undefined;
  if (kind === "text") return given;
  if (kind === "int") return /^-?[0-9]{1,15}$/.test(given) ? Number(given) : undefined;
  if (kind === "hex") return fromHex(given);
  return /^[A-Za-z0-9+/]*={0,2}$/.test(given) ? Buffer.from(given, "base64") : undefined;
}

function readUri(kind: Kind, given: unknown): Value | undefined {
  if (typeof given !== "string") return undefined;
  const quoted = /^"(.*)"$/s.exec(given)?.[1];
  if (kind === "bool") return /^(true|false)$/.test(given) ? given === "true" : undefined;
  if (kind === "int") return readJson("int", quoted ?? given);
  if (kind === "text") return quoted;
  if (/^0x/i.test(given)) return fromHex(given.slice(2));
  return quoted === undefined ? undefined : Buffer.from(quoted);
}

function fromHex(text: string): Uint8Array | undefined {
  return text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text) ? Buffer.from(text, "hex") : undefined;
}
