import { sha256 } from "@noble/hashes/sha2.js";
import { originInWord, wordBytesMax } from "../attest/word.ts";
import { toBase64 } from "../log/bytes.ts";
import { type Content, contentBytes } from "./content.ts";

/** What an operator does about their registration. */
export const registrationActions = ["register", "amend", "withdraw"] as const;
/** See {@link registrationActions}. */
export type RegistrationAction = (typeof registrationActions)[number];

/** What the one line says that an operator signs. */
export type RegistrationWord = {
  readonly action: RegistrationAction;
  readonly chainId: string;
  /** As `originInWord` writes it. */
  readonly origin: string;
  readonly operator: string;
  /** Unix seconds. */
  readonly expiresSec: number;
  /** 22 letters: see `registrationNonce`. */
  readonly nonce: string;
  /** See {@link contentDigest}: a signature for one content is none for another. */
  readonly digest: string;
};

const form =
  /^wellspring (register|amend|withdraw) ([A-Za-z0-9._-]{1,50}) ([\x21-\x7e]{1,32}) ([a-z0-9]{1,32}1[a-z0-9]{38}) ([1-9][0-9]{0,9}) ([A-Za-z0-9_-]{22}) ([A-Za-z0-9_-]{43})$/;

/** SHA-256 of a content, in base64url without padding: in hexadecimal the longest line would not fit a memo. */
export function contentDigest(content: Content | null): string {
  return toBase64Url(sha256(contentBytes(content)));
}

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Writes the line to sign: 256 bytes at most. Throws where a fact has no place in it. */
export function writeRegistrationWord(word: RegistrationWord): string {
  const { action, chainId, origin, operator, expiresSec, nonce, digest } = word;
  const line = ["wellspring", action, chainId, originInWord(origin), operator, expiresSec, nonce, digest].join(" ");
  if (!form.test(line) || line.length > wordBytesMax)
    throw new RangeError("a fact of a word to be signed has the wrong form");
  return line;
}

/** Reads a line that {@link writeRegistrationWord} wrote; null: it is none. Never throws. */
export function readRegistrationWord(line: string): RegistrationWord | null {
  const found = line.length <= wordBytesMax ? form.exec(line) : null;
  if (found === null) return null;
  const [, action = "", chainId = "", origin = "", operator = "", expires, nonce = "", digest = ""] = found;
  return {
    action: action as RegistrationAction,
    chainId,
    origin,
    operator,
    expiresSec: Number(expires),
    nonce,
    digest,
  };
}
