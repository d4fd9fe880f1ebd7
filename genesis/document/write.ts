import { canonicalJson, canonicalKeys, canonicalString } from "../json/canonical.ts";
import { lineBreak, printJson, printString } from "../json/print.ts";
import { isObject, type Json } from "../json/value.ts";
import { type GenesisFile, type Items, longLists } from "./genesis-file.ts";

const chunkChars = 65_536;

/** The file's text in the SDK's own bytes (two spaces, no newline at the end), in chunks of bounded length. */
export function genesisText(file: GenesisFile): Iterable<string> {
  return gathered(walk(file, printed));
}

/** The canonical form (RFC 8785) in chunks. Throws `NotCanonical`. */
export function canonicalGenesis(file: GenesisFile): Iterable<string> {
  return gathered(walk(file, canonical));
}

/** What the two forms differ in. */
type Form = {
  readonly keys: (object: ReadonlyMap<string, Json>) => readonly string[];
  readonly key: (key: string, depth: number) => string;
  readonly value: (value: Json, depth: number) => string;
  readonly line: (depth: number) => string;
};

const printed: Form = {
  keys: (object) => [...object.keys()],
  key: (key) => `${printString(key)}: `,
  value: (value, depth) => printJson(value, { depth }),
  line: (depth) => lineBreak(2, depth),
};

const canonical: Form = {
  keys: (object) => canonicalKeys(object.keys()),
  key: (key) => `${canonicalString(key, key)}:`,
  value: canonicalJson,
  line: () => "",
};

function walk(file: GenesisFile, form: Form): Iterable<string> {
  const lists = new Map<string, Items>(
    (["accounts", "balances", "gentxs"] as const).map((list) => [`app_state/${longLists[list].join("/")}`, file[list]]),
  );
  return pieces(file.root, "", 0, form, lists);
}

function* pieces(
  value: Json,
  path: string,
  depth: number,
  form: Form,
  lists: ReadonlyMap<string, Items>,
): Generator<string> {
  const list = lists.get(path);
  if (list !== undefined) yield* listPieces(list, depth, form);
  else if (isObject(value) && value.size > 0 && depth < 3) {
    let before = "{";
    for (const key of form.keys(value)) {
      yield before + form.line(depth + 1) + form.key(key, depth);
      yield* pieces(value.get(key) ?? null, path === "" ? key : `${path}/${key}`, depth + 1, form, lists);
      before = ",";
    }
    yield `${form.line(depth)}}`;
  } else yield form.value(value, depth);
}

function* listPieces(list: Items, depth: number, form: Form): Generator<string> {
  let before = "[";
  for (const item of list) {
    yield before + form.line(depth + 1) + form.value(item, depth + 1);
    before = ",";
  }
  yield before === "[" ? "[]" : `${form.line(depth)}]`;
}

function* gathered(parts: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const part of parts) {
    chunk += part;
    if (chunk.length < chunkChars) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
