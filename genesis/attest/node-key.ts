import { ed25519 } from "@noble/curves/ed25519.js";
import { sameBytes } from "../log/bytes.ts";

/** The public key of an Ed25519 seed. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

/** The seed of a private key as Go writes it, seed and public key; null: it is none, or its halves don't belong together. */
export function seedOf(privateKey: Uint8Array): Uint8Array | null {
  const seed = privateKey.slice(0, 32);
  return privateKey.length === 64 && sameBytes(publicKeyOf(seed), privateKey.slice(32)) ? seed : null;
}
