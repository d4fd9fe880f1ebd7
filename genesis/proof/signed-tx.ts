import { flaw, type WordFlaw } from "../attest/flaw.ts";
import { type Said, said } from "../document/said.ts";
import { readBech32, writeBech32 } from "../gentx/bech32.ts";
import { decodeSend } from "../gentx/decode.ts";
import type { Send, Tx } from "../gentx/gentx.ts";
import { DecodeError, show } from "../gentx/go-json.ts";
import { addressOf } from "../gentx/key.ts";
import { findSecret } from "../gentx/secret.ts";
import { flawsOf, nobleCheck, type Secp256k1Check, tooManyKeys, verifies } from "../gentx/signature.ts";
import { JsonError, parseJson } from "../json/parse.ts";

/** The chain id that proofs are signed for. No chain has it, so that a proof can't be broadcast anywhere. */
export const proofChainId = "wellspring-proof";
/** A signed send is about 1 KiB, of a multisig about 4. */
export const proofBytesMax = 32 * 1024;

const keysMax = 7;

/** What is wrong with a proof, by name, and in words that name the value seen. */
export type ProofRefusal = WordFlaw<
  | "secret"
  | "size"
  | "decode"
  | "one-message"
  | "sender"
  | "recipient"
  | "amount"
  | "envelope"
  | "one-signer"
  | "sequence"
  | "signer-key"
  | "signer-key-type"
  | "sign-mode"
  | "multisig"
  | "low-s"
  | "signature"
  | "real-chain"
>;

/** Whom a proof must be of. */
export type ProofContext = {
  readonly prefix: string;
  /** The account's address, in lower case. */
  readonly operator: string;
  /** Whether keys of Ethermint's kind may sign. */
  readonly ethermint?: boolean;
  /** Chain ids that a proof may have been signed for by mistake: then it could be broadcast there. */
  readonly knownChainIds?: readonly string[];
  readonly check?: Secp256k1Check;
};

/** A proof that was read; nothing of it is believed. */
export type ProofReading =
  | { readonly ok: true; readonly tx: Tx<Send>; readonly memo: string }
  | { readonly ok: false; readonly refusal: ProofRefusal };

/** Reads the JSON that `tx sign` printed. A text with a secret in it is refused before anything else sees it. */
export function readProof(text: string): ProofReading {
  const no = (rule: ProofRefusal["rule"], words: Said): ProofReading => ({ ok: false, refusal: flaw(rule, words) });
  if (text.length > proofBytesMax) return no("size", said`it is longer than ${proofBytesMax} characters`);
  const secret = findSecret(text);
  if (secret !== null) return no("secret", said`there is ${secret} in it`);
  try {
    const tx = decodeSend(parseJson(text).value);
    return { ok: true, tx, memo: tx.body.memo };
  } catch (error) {
    if (error instanceof DecodeError || error instanceof JsonError) return no("decode", error.said);
    throw error;
  }
}

/**
 * Judges a proof by the chain's own binary: a send of 1 base unit of the operator to itself, signed offline for
 * {@link proofChainId} with account number 0 and sequence 0, directly or in amino JSON, by one key or a multisig.
 * Empty: it holds. What the memo says is the caller's to judge.
 */
export function judgeProof(tx: Tx<Send>, context: ProofContext): ProofRefusal[] {
  const { message } = tx;
  if (message === null) {
    const types = tx.messageTypes.map(show).join(", ");
    return [flaw("one-message", said`it must hold one MsgSend, and holds ${types || said`nothing`}`)];
  }
  const form = [...checkSend(message, context.operator), ...checkEnvelope(tx)];
  return form.length > 0 ? form : checkSigner(tx, message, context);
}

function checkSend({ fromAddress, toAddress, amount }: Send, operator: string): ProofRefusal[] {
  const found: ProofRefusal[] = [];
  if (fromAddress !== operator)
    found.push(flaw("sender", said`it is sent by ${show(fromAddress)}, not by ${show(operator)}`));
  if (toAddress !== fromAddress)
    found.push(flaw("recipient", said`it is sent to ${show(toAddress)}, not to its sender`));
  const [coin] = amount;
  if (amount.length !== 1 || coin?.amount !== 1n)
    found.push(flaw("amount", said`it must send 1 base unit of one denom`));
  return found;
}

/** Whatever could make it mean more than a proof. Its fee says nothing: no chain will ever take it. */
function checkEnvelope({ extensionOptions, body, fee, tip, signers, signatures }: Tx<Send>): ProofRefusal[] {
  const found: ProofRefusal[] = [];
  const odd = (words: Said) => found.push(flaw("envelope", words));
  if (extensionOptions > 0) odd(said`it has extension options`);
  if (body.timeoutHeight !== 0n) odd(said`it has a timeout height`);
  if (fee === null) odd(said`it has no fee object`);
  else if (fee.payer !== "" || fee.granter !== "") odd(said`it names a fee payer or granter`);
  if (tip !== null) odd(said`it has a tip`);
  if (signers.length !== 1 || signatures.length !== 1)
    found.push(flaw("one-signer", said`${signers.length} signers and ${signatures.length} signatures`));
  else if (signers[0]?.sequence !== 0n)
    found.push(flaw("sequence", said`it was signed with sequence ${String(signers[0]?.sequence)} instead of 0`));
  return found;
}

function checkSigner(tx: Tx<Send>, message: Send, context: ProofContext): ProofRefusal[] {
  const [signer, signature] = [tx.signers[0], tx.signatures[0]];
  const no = (rule: ProofRefusal["rule"], words: Said): ProofRefusal[] => [flaw(rule, words)];
  if (signer === undefined || signature === undefined || signer.publicKey === null)
    return no("signer-key", said`the signer's public key is missing`);
  const { publicKey, mode } = signer;
  if (tooManyKeys(publicKey, keysMax)) return no("multisig", said`the multisig holds more than ${keysMax} keys`);
  const address = addressOf(publicKey);
  if (address === null) return no("signer-key", said`the signer's public key is malformed`);
  const account = writeBech32(context.prefix, address);
  if (account !== context.operator || readBech32(account) === null)
    return no("signer-key", said`the key is that of ${account}, not the operator's`);
  const flaws = flawsOf(publicKey, mode, signature, context.ethermint ?? false);
  if (mode === null || flaws.length > 0)
    return flaws.map(({ rule, said: words }) => flaw(rule as ProofRefusal["rule"], words));
  const check = context.check ?? nobleCheck;
  const signedFor = (chainId: string) =>
    verifies(
      tx,
      publicKey,
      mode,
      signature,
      { signer: { chainId, accountNumber: 0n, sequence: 0n }, body: tx.body, message },
      check,
    );
  if (signedFor(proofChainId)) return [];
  const real = context.knownChainIds?.slice(0, 16).find(signedFor);
  if (real !== undefined)
    return no("real-chain", said`it was signed for the chain id ${show(real)}; sign with --chain-id ${proofChainId}`);
  return no(
    "signature",
    said`the signature doesn't verify for the chain id ${proofChainId}, account number 0 and sequence 0: the file was edited after it was signed, or signed with other flags`,
  );
}
