import { parseJson } from "../json/parse.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";

/** `AppGenesis` is what SDK 0.50 writes; `GenesisDoc` is CometBFT's own shape, which older SDKs and PAW's tool write. */
export type Shape = "AppGenesis" | "GenesisDoc";

/** A list that can be walked again and again: in memory an array, else read from a file each time. */
export type Items = Iterable<Json>;

/**
 * A genesis file. The three lists that may be long stand beside it, and as empty arrays in `root`, so that a million
 * accounts never need to be in memory at once.
 */
export type GenesisFile = {
  readonly shape: Shape;
  readonly root: JsonObject;
  readonly accounts: Items;
  readonly balances: Items;
  readonly gentxs: Items;
};

/** Where the long lists stand below `app_state`: module, key. */
export const longLists = {
  accounts: ["auth", "accounts"],
  balances: ["bank", "balances"],
  gentxs: ["genutil", "gen_txs"],
} as const;

/** Text that is JSON, but no genesis file. */
export class NotAGenesis extends Error {
  override name = "NotAGenesis";
}

/** Reads a whole genesis. Throws `JsonError` or {@link NotAGenesis}, also for a key that stands twice. */
export function readGenesis(text: string): GenesisFile {
  const { value, duplicates, rest } = parseJson(text);
  if (rest !== null) throw new NotAGenesis("more than one JSON document in the file");
  if (duplicates.length > 0) throw new NotAGenesis(`a key stands twice: ${duplicates[0]}`);
  return genesisFile(value, {});
}

/** Puts a genesis together from its tree and the lists that were read apart from it. Throws {@link NotAGenesis}. */
export function genesisFile(tree: Json, apart: Partial<Record<keyof typeof longLists, Items>>): GenesisFile {
  if (!isObject(tree)) throw new NotAGenesis("the file holds no JSON object");
  const state = tree.get("app_state");
  if (!isObject(state)) throw new NotAGenesis("the file has no app_state");
  const newState: JsonObject = new Map(state);
  const take = (list: keyof typeof longLists): Items => {
    const [module, key] = longLists[list];
    const section = newState.get(module);
    if (!isObject(section) || !section.has(key)) return [];
    const found = section.get(key) ?? null;
    if (found !== null && !Array.isArray(found)) throw new NotAGenesis(`app_state.${module}.${key} is no list`);
    newState.set(module, new Map(section).set(key, []));
    return apart[list] ?? found ?? [];
  };
  const lists = { accounts: take("accounts"), balances: take("balances"), gentxs: take("gentxs") };
  return { shape: shapeOf(tree), root: new Map(tree).set("app_state", newState), ...lists };
}

function shapeOf(root: JsonObject): Shape {
  return root.has("app_name") || root.has("consensus") ? "AppGenesis" : "GenesisDoc";
}

/** The modules' sections by name. */
export function appState({ root }: GenesisFile): JsonObject {
  return section(root, "app_state");
}

/** An object below a key; an empty one when there is none. */
export function section(object: JsonObject, ...keys: readonly string[]): JsonObject {
  let here = object;
  for (const key of keys) {
    const next = here.get(key);
    if (!isObject(next)) return new Map();
    here = next;
  }
  return here;
}

/** The keys that an object has of a list, in the list's order. */
export function picked(object: JsonObject, keys: readonly string[]): JsonObject {
  return new Map(keys.flatMap((key) => (object.has(key) ? [[key, object.get(key) ?? null] as const] : [])));
}
