import { sha256 } from "@cosmjs/crypto";
import { toHex } from "@cosmjs/encoding";

/** SHA-256 of nothing: what a header says of a block without transactions. */
export const EMPTY_HASH = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

/** Upper-case hex, as CometBFT writes hashes. */
export function upperHex(bytes: Uint8Array): string {
  return toHex(bytes).toUpperCase();
}

/** Merkle root of RFC 6962 over SHA-256. Source: cometbft v0.38 crypto/merkle/tree.go, HashFromByteSlices. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return root(leaves, 0, leaves.length);
}

function root(leaves: readonly Uint8Array[], start: number, end: number): Uint8Array {
  const count = end - start;
  const only = leaves[start];
  if (count === 0 || !only) return sha256(new Uint8Array());
  if (count === 1) return sha256(joined(0, only));
  const middle = start + splitPoint(count);
  return sha256(joined(1, root(leaves, start, middle), root(leaves, middle, end)));
}

/** The largest power of two below `count`. */
function splitPoint(count: number): number {
  let point = 1;
  while (point * 2 < count) point *= 2;
  return point;
}

function joined(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(1 + parts.reduce((length, part) => length + part.length, 0));
  all[0] = prefix;
  let at = 1;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The hash of each transaction and the root over them. A block's leaves are its transactions' hashes.
 * Source: cometbft v0.38 types/tx.go, Txs.Hash.
 */
export function hashTxs(txs: readonly Uint8Array[]): { hashes: string[]; dataHash: string } {
  const leaves = txs.map((tx) => sha256(tx));
  return { hashes: leaves.map(upperHex), dataHash: upperHex(merkleRoot(leaves)) };
}
