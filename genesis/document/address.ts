import { fromBech32, toBech32 } from "@cosmjs/encoding";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Longer than any address in use; @cosmjs's own default limit is one that its codec refuses. */
const charsMax = 160;

/** A bech32 address's prefix and bytes; null for text that is none, for upper case, and for more than 32 bytes. */
export function readAddress(text: string): { prefix: string; bytes: Uint8Array } | null {
  if (text.length > charsMax || text !== text.toLowerCase()) return null;
  try {
    const { prefix, data } = fromBech32(text, charsMax);
    return data.length === 0 || data.length > 32 ? null : { prefix, bytes: data };
  } catch {
    return null;
  }
}

/** An address in bech32. */
export function writeAddress(prefix: string, bytes: Uint8Array): string {
  return toBech32(prefix, bytes, charsMax);
}

/** A module account's address: the first 20 bytes of its name's SHA-256 (x/auth/types/account.go). */
export function moduleAddress(name: string): Uint8Array {
  return sha256(utf8ToBytes(name)).slice(0, 20);
}
