import { sha256 } from "@noble/hashes/sha2.js";

/** The most leaves that a log may have: tree arithmetic here stays within 31 bits. */
export const leavesMax = 2 ** 31 - 1;

/** The hash of a leaf: SHA-256(0x00 ‖ leaf), RFC 6962 section 2.1. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(0)).update(leaf).digest();
}

/** The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

/** One full subtree: `level` 0 is a leaf, `index` counts the subtrees of that level from the left. */
export type Node = { readonly level: number; readonly index: number; readonly hash: Uint8Array };

/** Gives the hash of a full subtree that the log has. Throws when it has none: the caller asked past its size. */
export type ReadNode = (level: number, index: number) => Uint8Array;

/** The full subtrees that a new leaf completes, itself first: all that storage must add for it, 2 on average. */
export function completedBy(index: number, hash: Uint8Array, read: ReadNode): Node[] {
  if (index >= leavesMax) throw new RangeError(`a log has at most ${leavesMax} leaves`);
  const nodes: Node[] = [{ level: 0, index, hash }];
  let [level, at, top] = [0, index, hash];
  while (at % 2 === 1) {
    top = nodeHash(read(level, at - 1), top);
    level += 1;
    at = (at - 1) / 2;
    nodes.push({ level, index: at, hash: top });
  }
  return nodes;
}

/** The root of the first `size` leaves. */
export function rootOf(size: number, read: ReadNode): Uint8Array {
  return size === 0 ? emptyRoot() : rangeHash(0, size, read);
}

/**
 * The hash over the leaves from `begin` up to, not including, `end`, at least one. `begin` must be a place where
 * RFC 6962 splits a tree, so that full subtrees cover the range from the left.
 */
export function rangeHash(begin: number, end: number, read: ReadNode): Uint8Array {
  const peaks: Uint8Array[] = [];
  for (let at = begin; at < end; ) {
    const level = Math.floor(Math.log2(end - at));
    peaks.push(read(level, at / 2 ** level));
    at += 2 ** level;
  }
  return fold(peaks);
}

function fold(peaks: readonly Uint8Array[]): Uint8Array {
  const [last, ...others] = peaks.toReversed();
  if (last === undefined) throw new RangeError("a range without leaves has no hash");
  return others.reduce((right, left) => nodeHash(left, right), last);
}

/** A tree that only grows and remembers no more than one hash a level: its root after each leaf. */
export class CompactRange {
  readonly #peaks: Node[] = [];
  #size = 0;

  /** How many leaves were added. */
  get size(): number {
    return this.#size;
  }

  /** Adds one leaf's hash. */
  add(hash: Uint8Array): void {
    if (this.#size >= leavesMax) throw new RangeError(`a log has at most ${leavesMax} leaves`);
    let node: Node = { level: 0, index: this.#size, hash };
    for (let left = this.#peaks.at(-1); left?.level === node.level; left = this.#peaks.at(-1)) {
      this.#peaks.pop();
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left.hash, node.hash) };
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** The root of what was added so far. */
  root(): Uint8Array {
    return this.#size === 0 ? emptyRoot() : fold(this.#peaks.map(({ hash }) => hash));
  }
}
