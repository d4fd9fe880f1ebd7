import { hash } from "node:crypto";

/** SHA-256. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash("sha256", bytes, "buffer");
}

const leafPrefix = Uint8Array.of(0);
const innerPrefix = Uint8Array.of(1);

/** Merkle root as RFC 6962 and cometbft crypto/merkle/tree.go: no items give SHA-256 of nothing. */
export function merkleRoot(items: readonly Uint8Array[]): Buffer {
  const [first] = items;
  if (first === undefined) return sha256(new Uint8Array());
  if (items.length === 1) return sha256(Buffer.concat([leafPrefix, first]));
  let split = 1;
  while (split * 2 < items.length) split *= 2;
  return sha256(Buffer.concat([innerPrefix, merkleRoot(items.slice(0, split)), merkleRoot(items.slice(split))]));
}
