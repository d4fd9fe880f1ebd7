import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of text as UTF-8, in lower-case hexadecimal: what `sha256sum` says of a file with these bytes. */
export function sha256Hex(chunks: string | Iterable<string>): string {
  const hash = sha256.create();
  for (const chunk of typeof chunks === "string" ? [chunks] : chunks) hash.update(utf8ToBytes(chunk));
  return bytesToHex(hash.digest());
}
