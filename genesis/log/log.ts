import { signCheckpoint } from "./checkpoint.ts";
import type { SignerKey } from "./key.ts";
import { proveConsistency, proveInclusion } from "./proof.ts";
import type { LogStorage } from "./storage.ts";
import { encodeBundle, entryBytesMax, hasTile, type Tile, tileBytes, tileWidth } from "./tiles.ts";
import { completedBy, leafHash, type ReadNode, rootOf } from "./tree.ts";

/** The proof that an act was logged: enough to check it later without asking anybody but the log's key. */
export type Receipt = {
  readonly index: number;
  readonly leafHash: Uint8Array;
  readonly inclusion: readonly Uint8Array[];
  /** The signed checkpoint of the log that ends with this leaf. */
  readonly checkpoint: string;
};

const reader =
  (storage: LogStorage): ReadNode =>
  (level, index) =>
    storage.node(level, index);

/** Adds a leaf and answers its receipt. Throws on a leaf that a bundle can't hold. */
export function appendLeaf(storage: LogStorage, leaf: Uint8Array, key: SignerKey): Receipt {
  if (leaf.length > entryBytesMax) throw new RangeError(`a leaf has at most ${entryBytesMax} bytes`);
  const index = storage.size();
  storage.append(leaf, completedBy(index, leafHash(leaf), reader(storage)));
  return receiptOf(storage, index, key);
}

/** The receipt of a leaf that the log has, for the log as it stands. Throws for a leaf that it has not. */
export function receiptOf(storage: LogStorage, index: number, key: SignerKey): Receipt {
  const inclusion = proveInclusion(index, storage.size(), reader(storage));
  return { index, leafHash: storage.node(0, index), inclusion, checkpoint: currentCheckpoint(storage, key) };
}

/** The signed checkpoint of the log as it stands. The same log gives the same bytes. */
export function currentCheckpoint(storage: LogStorage, key: SignerKey): string {
  return signCheckpoint({ size: storage.size(), root: rootOf(storage.size(), reader(storage)) }, key);
}

/** The proof that the log as it stands begins with its first `old` leaves. Throws when it has fewer. */
export function consistencyFrom(storage: LogStorage, old: number): Uint8Array[] {
  return proveConsistency(old, storage.size(), reader(storage));
}

/** A tile's or bundle's bytes, full or partial. Null when the log has not come that far. */
export function readTile(storage: LogStorage, tile: Tile): Uint8Array | null {
  if (!hasTile(tile, storage.size())) return null;
  if (tile.level !== "entries") return tileBytes(tile.level, tile, reader(storage));
  const leaves = Array.from({ length: tile.width }, (_, at) => storage.leaf(tile.index * tileWidth + at));
  return encodeBundle(leaves);
}
