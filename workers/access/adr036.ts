import { makeSignDoc, rawSecp256k1PubkeyToRawAddress, serializeSignDoc } from "@cosmjs/amino";
import { fromBase64, toBase64, toBech32, toUtf8 } from "@cosmjs/encoding";
import { secp256k1 } from "@noble/curves/secp256k1.js";

/** A signature over a text, as a wallet's `signArbitrary` answers it. Nothing of it is believed. */
export type ArbitrarySignature = {
  /** Of the network's addresses. */
  readonly prefix: string;
  /** The address, in lower case, that must have signed. */
  readonly signer: string;
  readonly data: string;
  /** Base64 of the compressed key, 33 bytes. */
  readonly pubKey: string;
  /** Base64 of r and s, 64 bytes. */
  readonly signature: string;
};

/** Whether the signer signed it; otherwise why not, for a reader. */
export type ArbitraryVerdict = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** Base64 of 66 bytes: no key and no signature is longer, so nothing longer is decoded. */
const base64Max = 88;

/**
 * The bytes that a wallet signs for `data` under ADR-036: an amino transaction for no chain that pays nothing, so
 * that no chain could ever take it. Source: cosmos-sdk docs/architecture/adr-036, and Keplr's `signArbitrary`.
 */
export function arbitrarySignBytes(signer: string, data: string): Uint8Array {
  const message = { type: "sign/MsgSignData", value: { signer, data: toBase64(toUtf8(data)) } };
  return serializeSignDoc(makeSignDoc([message], { gas: "0", amount: [] }, "", "", 0, 0));
}

/**
 * Checks an ADR-036 signature by a secp256k1 key. Only the lower of the two values of s counts, as on chains: a
 * signature has one form. Knows nothing of what the text says. Never throws.
 */
export function verifyArbitrary({ prefix, signer, data, pubKey, signature }: ArbitrarySignature): ArbitraryVerdict {
  const no = (detail: string): ArbitraryVerdict => ({ ok: false, detail });
  const key = decoded(pubKey);
  if (key === null) return no("The public key is not base64.");
  if (key.length === 65) return no("The public key is not compressed: it has 65 bytes; send its form of 33.");
  if (key.length !== 33 || !secp256k1.utils.isValidPublicKey(key, true))
    return no("The public key is not a compressed secp256k1 key of 33 bytes.");
  const bytes = decoded(signature);
  if (bytes === null || bytes.length !== 64) return no("The signature is not base64 of 64 bytes, r and s.");
  const address = toBech32(prefix, rawSecp256k1PubkeyToRawAddress(key));
  if (address !== signer) return no(`The public key is that of ${address}, not of ${signer}.`);
  const read = readSignature(bytes);
  if (read === null) return no("The signature is not one of secp256k1.");
  if (read.hasHighS()) return no("The signature's s is the higher of its two values; send the lower one.");
  if (secp256k1.verify(bytes, arbitrarySignBytes(signer, data), key)) return { ok: true };
  return no("The signature is not one of this key over this text.");
}

function decoded(text: string): Uint8Array | null {
  if (text.length > base64Max) return null;
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function readSignature(bytes: Uint8Array) {
  try {
    return secp256k1.Signature.fromBytes(bytes, "compact");
  } catch {
    return null;
  }
}
