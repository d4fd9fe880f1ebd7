import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { fromBase64, sameBytes, toBase64 } from "./bytes.ts";

/** The signature type of Ed25519 in signed notes. */
const ed25519Type = 1;

/** A key that checks notes: its name, its id (first four bytes of the hash over name, type and key), its 32 bytes. */
export type VerifierKey = { readonly name: string; readonly id: Uint8Array; readonly publicKey: Uint8Array };

/** A key that signs notes. The seed is a secret. */
export type SignerKey = VerifierKey & { readonly seed: Uint8Array };

/** Whether a text may name a key: not empty, no white space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 256 && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name);
}

/** The id of an Ed25519 key under a name: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), its first four bytes (C2SP signed-note). */
export function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${name}\n`);
  return sha256(concatBytes(head, Uint8Array.of(ed25519Type), publicKey)).slice(0, 4);
}

/** The signer of a name and a seed of 32 bytes. Throws when either can't be one. */
export function signerKey(name: string, seed: Uint8Array): SignerKey {
  if (!isKeyName(name)) throw new RangeError("a key's name is not empty and has no space and no plus");
  if (seed.length !== 32) throw new RangeError("a seed has 32 bytes");
  const publicKey = ed25519.getPublicKey(seed);
  return { name, id: keyId(name, publicKey), publicKey, seed };
}

/** A verifier key as text: `<name>+<id in hex>+<base64 of type and key>`, as Go's note package writes it. */
export function formatVerifierKey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${bytesToHex(id)}+${toBase64(concatBytes(Uint8Array.of(ed25519Type), publicKey))}`;
}

/** Reads a verifier key's text. Null when it is none, is not Ed25519, or its id is not its own. */
export function parseVerifierKey(text: string): VerifierKey | null {
  // Base64 has a plus too: only the first two divide.
  const [name = "", id = "", ...key] = text.split("+");
  const bytes = fromBase64(key.join("+"));
  if (bytes === null || bytes.length !== 33 || bytes[0] !== ed25519Type) return null;
  const publicKey = bytes.slice(1);
  const own = keyId(name, publicKey);
  return isKeyName(name) && bytesToHex(own) === id ? { name, id: own, publicKey } : null;
}

/** Whether two keys have one name and id, which is how a signature line names its key. */
export function sameKey(left: Pick<VerifierKey, "name" | "id">, right: Pick<VerifierKey, "name" | "id">): boolean {
  return left.name === right.name && sameBytes(left.id, right.id);
}
