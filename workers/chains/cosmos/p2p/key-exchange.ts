import { PeerFailed } from "./peer-failed.ts";
import { Transcript } from "./transcript.ts";

/** Names of this file's kinds follow CometBFT v0.38, p2p/conn/secret_connection.go. */
const hkdfInfo = new TextEncoder().encode("TENDERMINT_SECRET_CONNECTION_KEY_AND_CHALLENGE_GEN");
const x25519 = { name: "X25519" };

/** A key pair for one connection. */
export type Ephemeral = {
  readonly publicKey: Uint8Array;
  /** The secret shared with another's key. Throws {@link PeerFailed} on a key of low order, with which it is no secret. */
  readonly sharedWith: (theirs: Uint8Array) => Promise<Uint8Array>;
};

/** What a connection is sealed with, and what its two sides sign. */
export type Session = {
  readonly sendKey: Uint8Array;
  readonly receiveKey: Uint8Array;
  readonly challenge: Uint8Array;
};

/** A fresh key pair. The platform's own X25519: it costs a hundredth of what it would in JavaScript. */
export async function newEphemeral(): Promise<Ephemeral> {
  const pair = (await crypto.subtle.generateKey(x25519, false, ["deriveBits"])) as CryptoKeyPair;
  const publicKey = new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer);
  return { publicKey, sharedWith: (theirs) => sharedSecret(pair.privateKey, theirs) };
}

async function sharedSecret(own: CryptoKey, theirs: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", theirs, x25519, false, []);
  // The types of Workers know the field by another name than the standard has.
  const algorithm = { ...x25519, public: key } as SubtleCryptoDeriveKeyAlgorithm;
  const secret = await crypto.subtle.deriveBits(algorithm, own, 256).catch(() => null);
  if (secret === null || new Uint8Array(secret).every((byte) => byte === 0))
    throw new PeerFailed("its key makes no secret");
  return new Uint8Array(secret);
}

/** Keys and challenge of a connection. Throws {@link PeerFailed} where both sides show one key: that is an echo. */
export async function sessionOf(ours: Uint8Array, theirs: Uint8Array, secret: Uint8Array): Promise<Session> {
  const order = compare(ours, theirs);
  if (order === 0) throw new PeerFailed("it echoes");
  const transcript = new Transcript("TENDERMINT_SECRET_CONNECTION_TRANSCRIPT_HASH");
  transcript.append("EPHEMERAL_LOWER_PUBLIC_KEY", order < 0 ? ours : theirs);
  transcript.append("EPHEMERAL_UPPER_PUBLIC_KEY", order < 0 ? theirs : ours);
  transcript.append("DH_SECRET", secret);
  const challenge = transcript.challenge("SECRET_CONNECTION_MAC", 32);
  return { ...(await deriveKeys(secret, order < 0)), challenge };
}

/** The two keys by who is lower: the lower side receives by the first. */
export async function deriveKeys(
  secret: Uint8Array,
  weAreLower: boolean,
): Promise<Pick<Session, "sendKey" | "receiveKey">> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: hkdfInfo };
  // CometBFT draws 96 bytes; the last 32 are used by nobody.
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 512));
  const [first, second] = [bytes.slice(0, 32), bytes.slice(32)];
  return weAreLower ? { receiveKey: first, sendKey: second } : { receiveKey: second, sendKey: first };
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (const [at, byte] of a.entries()) {
    const difference = byte - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
