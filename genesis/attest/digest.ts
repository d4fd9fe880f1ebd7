import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/**
 * What shows that somebody holds a genesis file: SHA-256 of a nonce and the file. The file's own hash is public and
 * shows nothing. The nonce stands first: behind the file, a hash kept half-way would do without the file.
 */
export function digestOf(nonce: string, genesis: Uint8Array): string {
  return bytesToHex(sha256.create().update(hexToBytes(nonce)).update(genesis).digest());
}
