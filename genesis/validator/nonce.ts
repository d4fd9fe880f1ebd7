import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type RegistrationAction, toBase64Url } from "./word.ts";

/** What a nonce is for, and for nothing else. */
export type RegistrationNonceFacts = {
  readonly origin: string;
  readonly chainId: string;
  readonly action: RegistrationAction;
  readonly operator: string;
  readonly expiresSec: number;
};

/** The secret that these nonces are made of, from a deployment's secret: a use of its own. */
export function registrationSecret(secret: string): Uint8Array {
  return hmac(sha256, utf8ToBytes(secret), utf8ToBytes("wellspring: nonces of registrations"));
}

/** Letters of chance at a nonce's head: two challenges of one second that name the same facts are two. */
const saltLetters = 4;
/** Letters of the HMAC behind it: 108 bits. */
const macLetters = 18;

/** The chance of one nonce, from any text that is new each time. */
export function registrationSalt(fresh: string): string {
  return toBase64Url(sha256(utf8ToBytes(fresh))).slice(0, saltLetters);
}

/**
 * The nonce: a salt, and 108 bits of an HMAC over salt and facts. None is stored before it was used, so asking for one
 * costs nothing.
 */
export function registrationNonce(secret: Uint8Array, facts: RegistrationNonceFacts, salt: string): string {
  const { origin, chainId, action, operator, expiresSec } = facts;
  const text = JSON.stringify(["wellspring-registration", salt, origin, chainId, action, operator, expiresSec]);
  return salt + toBase64Url(hmac(sha256, secret, utf8ToBytes(text))).slice(0, macLetters);
}

/** Whether a nonce was made of these facts; in a time that tells nothing of how much of it is right. */
export function isRegistrationNonce(nonce: string, secret: Uint8Array, facts: RegistrationNonceFacts): boolean {
  const own = registrationNonce(secret, facts, nonce.slice(0, saltLetters));
  if (nonce.length !== own.length) return false;
  let difference = 0;
  for (let at = 0; at < own.length; at += 1) difference |= own.charCodeAt(at) ^ nonce.charCodeAt(at);
  return difference === 0;
}
