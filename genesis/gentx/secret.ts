import { wordlist } from "@scure/bip39/wordlists/english.js";
import { type Said, said } from "../document/said.ts";

const words = new Set(wordlist);
/** The shortest mnemonic. Prose hardly has as many words in a row that are all among the list's 2048. */
const wordsMin = 12;

/** The kinds of secret that people paste by mistake: a mnemonic, or a private key. */
const mnemonic = said`a mnemonic`;
const privateKey = said`a private key`;

const privateKeys: readonly RegExp[] = [
  // priv_validator_key.json, node_key.json and their kind, in any spelling and escaping.
  /priv(?:ate)?_?key\\?["']\s*:/i,
  /(?:tendermint|cometbft)\/PrivKey/i,
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/,
  // `keys export --unarmored-hex` prints nothing else.
  /^\s*["']?(?:0x)?[0-9a-fA-F]{64}["']?\s*$/,
  // WIF-like and extended private keys.
  /\bxprv[1-9A-HJ-NP-Za-km-z]{100,}/,
];

/**
 * Finds a secret in a text, before the text is stored, logged or shown: a BIP-39 mnemonic of at least 12 words,
 * whatever stands between them, or a private key. It answers what kind of thing it is, never the thing.
 */
export function findSecret(text: string): Said | null {
  if (privateKeys.some((pattern) => pattern.test(text))) return privateKey;
  return hasMnemonic(text) ? mnemonic : null;
}

function hasMnemonic(text: string): boolean {
  let inRow = 0;
  // A line break is written \n inside JSON: its n must not stick to the next word.
  for (const [token] of text
    .normalize("NFKC")
    .replace(/\\[nrt]/g, " ")
    .toLowerCase()
    .matchAll(/[a-z]+/g)) {
    inRow = words.has(token) ? inRow + 1 : 0;
    if (inRow >= wordsMin) return true;
  }
  return false;
}
