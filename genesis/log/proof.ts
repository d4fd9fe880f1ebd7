import { sameBytes } from "./bytes.ts";
import { emptyRoot, leavesMax, nodeHash, type ReadNode, rangeHash } from "./tree.ts";

/** The largest power of two below `n`, for `n` above 1: where RFC 6962 splits a tree of `n` leaves. */
function splitOf(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

/** The inclusion proof of leaf `index` in the tree of `size` leaves (RFC 6962, section 2.1.1), nearest hash first. */
export function proveInclusion(index: number, size: number, read: ReadNode): Uint8Array[] {
  if (!(index >= 0 && index < size && size <= leavesMax)) throw new RangeError(`no leaf ${index} in ${size}`);
  const proof: Uint8Array[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    proof.push(index < middle ? rangeHash(middle, end, read) : rangeHash(begin, middle, read));
    [begin, end] = index < middle ? [begin, middle] : [middle, end];
  }
  return proof.toReversed();
}

/** The proof that the tree of `size` leaves begins with the tree of `old` leaves (RFC 6962, section 2.1.2). */
export function proveConsistency(old: number, size: number, read: ReadNode): Uint8Array[] {
  if (!(old >= 0 && old <= size && size <= leavesMax)) throw new RangeError(`${old} leaves are not before ${size}`);
  if (old === 0 || old === size) return [];
  const proof: Uint8Array[] = [];
  let [begin, end] = [0, size];
  while (end !== old) {
    const middle = begin + splitOf(end - begin);
    proof.push(old <= middle ? rangeHash(middle, end, read) : rangeHash(begin, middle, read));
    [begin, end] = old <= middle ? [begin, middle] : [middle, end];
  }
  // The old tree's own last subtree is known to its holder only when it is the whole old tree.
  if (begin !== 0) proof.push(rangeHash(begin, end, read));
  return proof.toReversed();
}

/** What an inclusion proof claims. */
export type Inclusion = {
  readonly index: number;
  readonly size: number;
  /** The hash of the leaf, not the leaf. */
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
};

/** Whether a proof shows that the leaf stands at `index` in the tree with this root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion(proof: readonly Uint8Array[], { index, size, leaf, root }: Inclusion): boolean {
  if (!(index >= 0 && index < size && size <= leavesMax)) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const step of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >>> 1, sn >>> 1];
    } else {
      hash = nodeHash(hash, step);
    }
    [fn, sn] = [fn >>> 1, sn >>> 1];
  }
  return sn === 0 && sameBytes(hash, root);
}

/** What a consistency proof claims. */
export type Consistency = {
  readonly old: number;
  readonly size: number;
  readonly oldRoot: Uint8Array;
  readonly root: Uint8Array;
};

/** Whether a proof shows that the new tree only added to the old one (RFC 9162, section 2.1.4.2). */
export function verifyConsistency(proof: readonly Uint8Array[], claim: Consistency): boolean {
  const { old, size, oldRoot, root } = claim;
  if (!(old >= 0 && old <= size && size <= leavesMax)) return false;
  if (old === size) return proof.length === 0 && sameBytes(oldRoot, root);
  if (old === 0) return proof.length === 0 && sameBytes(oldRoot, emptyRoot());
  const steps = Number.isInteger(Math.log2(old)) ? [oldRoot, ...proof] : [...proof];
  const first = steps.shift();
  if (first === undefined) return false;
  let [fn, sn] = [old - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >>> 1, sn >>> 1];
  let [before, after] = [first, first];
  for (const step of steps) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [before, after] = [nodeHash(step, before), nodeHash(step, after)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >>> 1, sn >>> 1];
    } else {
      after = nodeHash(after, step);
    }
    [fn, sn] = [fn >>> 1, sn >>> 1];
  }
  return sn === 0 && sameBytes(before, oldRoot) && sameBytes(after, root);
}
