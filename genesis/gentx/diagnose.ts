import { type Said, said } from "../document/said.ts";
import type { CreateValidator, Gentx, SignerInfo } from "./gentx.ts";
import { show } from "./go-json.ts";
import { type Secp256k1Check, type Trial, verifies } from "./signature.ts";

/** How a signature that doesn't verify may have been made. */
type Guess = { readonly words: Said; readonly trial: Trial; readonly gentx?: Gentx };

/** A signature costs about a millisecond: this bounds what one bad file can cost. */
const guessesMax = 96;

/**
 * Finds out why a signature doesn't verify: the chain ids known here and near misses of ours, other account numbers
 * and sequences, another memo, texts that were added later. Null: none of it fits.
 */
export function diagnose(
  gentx: Gentx,
  message: CreateValidator,
  chainId: string,
  known: readonly string[],
  check: Secp256k1Check,
): Said | null {
  const [signer] = gentx.signers;
  const [signature] = gentx.signatures;
  if (signer?.publicKey == null || signer.mode === null || signature === undefined) return null;
  const { publicKey, mode } = signer;
  const found = guesses(gentx, message, chainId, known)
    .slice(0, guessesMax)
    .find(({ trial, gentx: changed = gentx }) => verifies(changed, publicKey, mode, signature, trial, check));
  return found?.words ?? null;
}

function guesses(gentx: Gentx, message: CreateValidator, chainId: string, known: readonly string[]): Guess[] {
  const { body } = gentx;
  const signer = { chainId, accountNumber: 0n, sequence: 0n };
  const ids = new Set([...known, ...nearMisses(chainId)]);
  ids.delete(chainId);
  const chains = [...ids].map((id) => ({
    words: said`it was signed for the chain id ${show(id)}`,
    trial: { signer: { ...signer, chainId: id }, body, message },
  }));
  const memos = [...new Set(["", body.memo.trim()])]
    .filter((memo) => memo !== body.memo)
    .map((memo) => ({
      words:
        memo === ""
          ? said`it was signed with an empty memo`
          : said`it was signed with the memo without blanks around it`,
      trial: { signer, body: { ...body, memo }, message },
    }));
  return [...chains, ...memos, ...numbers(gentx, message, chainId), ...edits(gentx, message, chainId)];
}

/** Account numbers and sequences from 0 to 5. In the direct mode the sequence stands in the signed file itself. */
function numbers(gentx: Gentx, message: CreateValidator, chainId: string): Guess[] {
  const upTo5 = [0n, 1n, 2n, 3n, 4n, 5n];
  return upTo5.flatMap((accountNumber) =>
    upTo5.map((sequence) => ({
      words: said`it was signed with account number ${accountNumber} and sequence ${sequence}`,
      trial: { signer: { chainId, accountNumber, sequence }, body: gentx.body, message },
      gentx: { ...gentx, signers: gentx.signers.map((one): SignerInfo => ({ ...one, sequence })) },
    })),
  );
}

/** Texts that were likely filled in, or a delegator that was likely changed, after signing. */
function edits(gentx: Gentx, message: CreateValidator, chainId: string): Guess[] {
  const signer = { chainId, accountNumber: 0n, sequence: 0n };
  const names = ["moniker", "identity", "website", "securityContact", "details"] as const;
  const texts = names
    .filter((name) => message.description[name] !== "")
    .map((name) => ({
      words: said`it was signed with the description's ${name} empty`,
      message: { ...message, description: { ...message.description, [name]: "" } },
    }));
  const blank = { moniker: message.description.moniker, identity: "", website: "", securityContact: "", details: "" };
  const changed = [
    ...texts,
    {
      words: said`it was signed with nothing but a moniker in the description`,
      message: { ...message, description: blank },
    },
    { words: said`it was signed with an empty delegator address`, message: { ...message, delegatorAddress: "" } },
  ];
  return changed.map(({ words, message: before }) => ({ words, trial: { signer, body: gentx.body, message: before } }));
}

/** Chain ids that one could take for this one: other case, other or no number at the end. */
function nearMisses(chainId: string): string[] {
  const [, stem = chainId, digits] = /^(.*?)-?([0-9]+)$/.exec(chainId) ?? [];
  const number = Number(digits ?? 1);
  const around = [number - 1, number + 1, number + 2, 0, 1, 2, 3].filter((one) => one >= 0);
  return [
    chainId.toLowerCase(),
    chainId.toUpperCase(),
    chainId.trim(),
    stem,
    chainId.replaceAll("_", "-"),
    chainId.replaceAll("-", "_"),
    chainId.replaceAll("-", ""),
    `${chainId}-1`,
    ...around.map((one) => `${stem}-${one}`),
    "",
  ].slice(0, 24);
}
