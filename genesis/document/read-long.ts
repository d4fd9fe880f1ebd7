import { parseJson } from "../json/parse.ts";
import { listEntries, splitLists } from "../json/split.ts";
import { type GenesisFile, genesisFile, type Items, longLists, NotAGenesis } from "./genesis-file.ts";

/** Bytes that can be read again and again, in chunks, whole or from one offset to another. */
export type ByteSource = { chunks(begin?: number, end?: number): Iterable<Uint8Array> };

/**
 * Reads a genesis whose accounts and balances are too many to be held: the three long lists are walked in the source
 * each time they are asked for. Throws `JsonError` or {@link NotAGenesis}, for a list's entry when it is reached.
 */
export function readLongGenesis(source: ByteSource): GenesisFile {
  const { skeleton, range } = splitLists(source.chunks(), Object.values(longLists).map(withState));
  const { value, duplicates, rest } = parseJson(skeleton);
  if (rest !== null) throw new NotAGenesis("more than one JSON document in the file");
  if (duplicates.length > 0) throw new NotAGenesis(`a key stands twice: ${duplicates[0]}`);
  const items = (list: keyof typeof longLists): Partial<Record<keyof typeof longLists, Items>> => {
    const found = range(withState(longLists[list]));
    if (found === null) return {};
    return { [list]: { [Symbol.iterator]: () => listEntries(source.chunks(found.begin, found.end)) } };
  };
  return genesisFile(value, { ...items("accounts"), ...items("balances"), ...items("gentxs") });
}

const withState = (path: readonly string[]) => ["app_state", ...path];
