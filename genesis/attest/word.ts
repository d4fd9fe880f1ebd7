import { sha256Hex } from "../log/bytes.ts";

/** What the one line says that an operator signs to attest. */
export type Word = {
  /** The log's origin as {@link originInWord} writes it: a word for one ceremony is none for another. */
  readonly origin: string;
  readonly chainId: string;
  readonly version: number;
  /** Unix seconds. */
  readonly expiresSec: number;
  /** 32 hexadecimal digits. */
  readonly nonce: string;
  /** SHA-256 of the nonce's bytes and the genesis file's: see `digestOf`. */
  readonly digest: string;
  /** The operator's node, whose beacons count as theirs; null: they name none. */
  readonly node: string | null;
};

/** The longest word: the memo of a transaction holds no more by default. */
export const wordBytesMax = 256;
/** A longer origin stands in a word by its hash, so that the longest of all words still fits a memo. */
const originMax = 32;

const origin = "([\\x21-\\x7e]{1,32})";
const form = new RegExp(
  `^wellspring attest ([A-Za-z0-9._-]{1,48}) ${origin} ([1-9][0-9]{0,3}) ([1-9][0-9]{0,10}) ([0-9a-f]{32}) ([0-9a-f]{64})(?: ([0-9a-f]{40}))?$`,
);

/** A log's origin as it stands in a word: itself, or the head of its SHA-256 where it is long or not plain ASCII. */
export function originInWord(name: string): string {
  if (name.length <= originMax && /^[\x21-\x7e]+$/.test(name)) return name;
  return `sha256:${sha256Hex(new TextEncoder().encode(name)).slice(0, 16)}`;
}

/** Writes the line to sign. Throws where a fact has no place in it. */
export function writeWord({ chainId, origin: from, version, expiresSec, nonce, digest, node }: Word): string {
  const facts = ["wellspring", "attest", chainId, from, version, expiresSec, nonce, digest];
  const line = [...facts, ...(node === null ? [] : [node])].join(" ");
  if (!form.test(line)) throw new RangeError("a fact of a word to be signed has the wrong form");
  return line;
}

/** Reads a line that {@link writeWord} wrote; null: it is none. Never throws. */
export function readWord(line: string): Word | null {
  const found = line.length <= wordBytesMax ? form.exec(line) : null;
  if (found === null) return null;
  const [, chainId = "", from = "", version, expires, nonce = "", digest = "", node = null] = found;
  return {
    chainId,
    origin: from,
    version: Number(version),
    expiresSec: Number(expires),
    nonce,
    digest,
    node: node ?? null,
  };
}
