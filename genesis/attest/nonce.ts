import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a nonce is for, and for nothing else. */
export type NonceFacts = {
  readonly origin: string;
  readonly chainId: string;
  readonly action: "attest" | "beacon";
  readonly operator: string;
  readonly version: number;
  readonly expiresSec: number;
};

/** The secret that nonces are made of, from the seed of the log's key: a use of its own, and no further secret to keep. */
export function nonceSecret(seed: Uint8Array): Uint8Array {
  return hmac(sha256, seed, utf8ToBytes("wellspring: nonces of attestations and beacons"));
}

/** The nonce: 128 bits of an HMAC over all facts. Whoever has the secret makes it again, so no nonce is ever stored. */
export function nonceOf(secret: Uint8Array, facts: NonceFacts): string {
  const { origin, chainId, action, operator, version, expiresSec } = facts;
  // As JSON, so that no two lists of facts make one text.
  const text = JSON.stringify(["wellspring-nonce", origin, chainId, action, operator, version, expiresSec]);
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(text)).slice(0, 16));
}

/** Whether a nonce was made of these facts; in a time that tells nothing of how much of it is right. */
export function isNonceOf(nonce: string, secret: Uint8Array, facts: NonceFacts): boolean {
  const own = nonceOf(secret, facts);
  if (nonce.length !== own.length) return false;
  let difference = 0;
  for (let at = 0; at < own.length; at += 1) difference |= own.charCodeAt(at) ^ nonce.charCodeAt(at);
  return difference === 0;
}
