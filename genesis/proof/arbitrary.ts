import { secp256k1 } from "@noble/curves/secp256k1.js";
import { flaw } from "../attest/flaw.ts";
import { type Said, said } from "../document/said.ts";
import { writeBech32 } from "../gentx/bech32.ts";
import { signMode } from "../gentx/gentx.ts";
import { addressOf } from "../gentx/key.ts";
import { flawsOf, nobleCheck } from "../gentx/signature.ts";
import { fromBase64, toBase64 } from "../log/bytes.ts";
import type { ProofRefusal } from "./signed-tx.ts";

/** A text signed under ADR-036, as a wallet's `signArbitrary` answers it. Nothing of it is believed. */
export type ArbitraryProof = {
  readonly text: string;
  /** Base64 of the compressed secp256k1 key. */
  readonly pubKey: string;
  /** Base64 of r and s. */
  readonly signature: string;
};

/** Base64 of 66 bytes: no key and no signature is longer, so nothing longer is decoded. */
const base64Max = 88;
const single = { kind: "single", mode: signMode.legacyAminoJson } as const;

/**
 * The bytes that a wallet signs for a text under ADR-036: an amino transaction for no chain that pays nothing. The
 * address and base64 hold no letter that JSON would escape, so they are written as they are.
 */
export function arbitrarySignBytes(signer: string, text: string): Uint8Array {
  const data = toBase64(new TextEncoder().encode(text));
  const message = `{"type":"sign/MsgSignData","value":{"data":"${data}","signer":"${signer}"}}`;
  const fee = '{"amount":[],"gas":"0"}';
  return new TextEncoder().encode(
    `{"account_number":"0","chain_id":"","fee":${fee},"memo":"","msgs":[${message}],"sequence":"0"}`,
  );
}

/** Judges a text signed under ADR-036 by the operator's key. Empty: it holds. What it says is the caller's to judge. */
export function judgeArbitrary(
  { text, pubKey, signature }: ArbitraryProof,
  { prefix, operator }: { readonly prefix: string; readonly operator: string },
): ProofRefusal[] {
  const no = (rule: ProofRefusal["rule"], words: Said): ProofRefusal[] => [flaw(rule, words)];
  const [key, bytes] = [decoded(pubKey), decoded(signature)];
  if (key === null || !secp256k1.utils.isValidPublicKey(key, true))
    return no("signer-key", said`the public key is no base64 of a compressed secp256k1 key of 33 bytes`);
  const publicKey = { kind: "secp256k1", url: "", key } as const;
  const account = writeBech32(prefix, addressOf(publicKey) ?? new Uint8Array());
  if (account !== operator) return no("signer-key", said`the key is that of ${account}, not the operator's`);
  if (bytes === null) return no("signature", said`the signature is no base64 of 64 bytes, r and s`);
  const [wrong] = flawsOf(publicKey, single, bytes, false);
  if (wrong !== undefined) return no(wrong.rule as ProofRefusal["rule"], wrong.said);
  if (nobleCheck(bytes, arbitrarySignBytes(operator, text), key)) return [];
  return no("signature", said`the signature is not one of this key over this text`);
}

function decoded(text: string): Uint8Array | null {
  return text.length <= base64Max ? fromBase64(text) : null;
}
