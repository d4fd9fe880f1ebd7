import { flaw, type WordFlaw } from "../attest/flaw.ts";
import { type Said, said } from "../document/said.ts";
import { readBech32, writeBech32 } from "../gentx/bech32.ts";
import { decodeGentx } from "../gentx/decode.ts";
import type { CreateValidator } from "../gentx/gentx.ts";
import { shortDec } from "../gentx/go-number.ts";
import { judgeGentx } from "../gentx/judge.ts";
import { readPeer, unreachable } from "../gentx/peer.ts";
import { findSecret } from "../gentx/secret.ts";
import { encodeBody } from "../gentx/sign-bytes.ts";
import { parseJson } from "../json/parse.ts";
import { sha256Hex, toBase64 } from "../log/bytes.ts";
import { isWebsite, type Profile, profileSchema, saidOf } from "./content.ts";

/** What a gentx proves: whose it is, and all that its operator signed about their validator. */
export type GentxProof =
  | {
      readonly ok: true;
      readonly operator: string;
      readonly profile: Profile;
      /** SHA-256 of the signed `TxBody`: the same gentx again, however it is spelled. */
      readonly body: string;
    }
  | { readonly ok: false; readonly flaws: readonly WordFlaw[] };

/**
 * Reads a registration from a gentx: signed by the operator's key for this chain, account number 0 and sequence 0. It
 * carries no nonce and is public, so it proves its own words and nothing beside them.
 */
export function profileFromGentx(
  text: string,
  chain: { readonly chainId: string; readonly prefix: string },
): GentxProof {
  const secret = findSecret(text);
  if (secret !== null) return no("secret", said`there is ${secret} in it`);
  const { failures } = judgeGentx(text, { ...chain, policy: { onlyFatal: true } });
  if (failures.length > 0) {
    return { ok: false, flaws: failures.map(({ rule, said: words }) => flaw(rule, words)) };
  }
  const gentx = decodeGentx(parseJson(text).value);
  const { message } = gentx;
  const account = message && readBech32(message.validatorAddress);
  if (!message || !account) return no("one-message", said`it must hold one MsgCreateValidator`);
  const read = profileSchema.safeParse(profileOf(message, gentx.body.memo));
  if (!read.success) {
    return {
      ok: false,
      flaws: read.error.issues.map((issue) => flaw(issue.path.join(".") || "profile", saidOf(issue))),
    };
  }
  const operator = writeBech32(chain.prefix, account.bytes);
  return { ok: true, operator, profile: read.data, body: sha256Hex(encodeBody(message, gentx.body)) };
}

function profileOf({ description, commission, pubkey }: CreateValidator, memo: string): unknown {
  const { rate, maxRate, maxChangeRate } = commission;
  const known = rate !== null && maxRate !== null && maxChangeRate !== null;
  const peer = readPeer(memo);
  return {
    ...description,
    // A gentx may name anything; here an identity is Keybase's or none.
    identity: /^[0-9A-Fa-f]{16}$/.test(description.identity) ? description.identity : "",
    website: isWebsite(description.website) ? description.website : "",
    consensusKey: pubkey !== null && pubkey.kind !== "multisig" ? toBase64(pubkey.key) : null,
    peer: peer !== null && unreachable(peer.host) === null ? memo : null,
    commission: known
      ? { rate: shortDec(rate), maxRate: shortDec(maxRate), maxChangeRate: shortDec(maxChangeRate) }
      : null,
  };
}

function no(rule: string, words: Said): GentxProof {
  return { ok: false, flaws: [flaw(rule, words)] };
}
