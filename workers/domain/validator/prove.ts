import { flaw } from "../../../genesis/attest/flaw.ts";
import { type Said, said } from "../../../genesis/document/said.ts";
import { readPeer } from "../../../genesis/gentx/peer.ts";
import { findSecret } from "../../../genesis/gentx/secret.ts";
import { skeletonOf } from "../../../genesis/gentx/skeleton.ts";
import type { Content, Profile } from "../../../genesis/validator/content.ts";
import { profileFromGentx } from "../../../genesis/validator/from-gentx.ts";
import {
  judgeRegistrationProof,
  type RegistrationRequest,
  type SignedProof,
} from "../../../genesis/validator/proof.ts";
import type { RegistrationAction } from "../../../genesis/validator/word.ts";
import { checkNonce } from "./challenge.ts";
import { standingGentx } from "./gentx-of.ts";
import type { Directory, ProvedContent, SpentNonce } from "./ports.ts";
import { type AskedDirectory, refusedDirectory } from "./refusals.ts";
import type { Claims } from "./registration.ts";

/** A gentx has no nonce and no end: the same one registers once, for as long as there are rows. */
const never = 8_640_000_000_000_000;

/** What a profile claims that nobody else's approved one may have. */
export function claimsOf({ moniker, peer, consensusKey }: Profile): Claims {
  return {
    skeleton: skeletonOf(moniker),
    nodeId: peer === null ? null : (readPeer(peer)?.nodeId ?? null),
    consensusKey,
  };
}

/** What a registration proves: a signature over its content, or a gentx and what that says. */
export async function proveRegistration(
  directory: Directory,
  operator: string,
  request: RegistrationRequest,
): Promise<AskedDirectory<ProvedContent>> {
  return "content" in request
    ? proveContent(directory, "register", operator, request.content, request.proof)
    : proveByGentx(directory, operator, request.proof.gentx);
}

/** A content and the operator's signature over it. */
export function proveContent(
  directory: Directory,
  action: "register" | "amend",
  operator: string,
  content: Content,
  proof: SignedProof,
): AskedDirectory<ProvedContent> {
  // Before anything else sees it: what people paste by mistake is stored nowhere.
  const secret = findSecret(JSON.stringify(content));
  if (secret !== null) return flawed("secret", said`there is ${secret} in it`);
  const nonce = proveWord(directory, action, operator, content, proof);
  if (!nonce.ok) return nonce;
  const { profile, contact } = content;
  const claims = claimsOf(profile);
  return { ok: true, value: { operator, profile, claims, contact, proof: proof.kind, nonce: nonce.value } };
}

/** The nonce of a line that the operator signed for this. */
export function proveWord(
  directory: Directory,
  action: RegistrationAction,
  operator: string,
  content: Content | null,
  proof: SignedProof,
): AskedDirectory<SpentNonce> {
  const { chainId, prefix, origin } = directory;
  const read = judgeRegistrationProof(proof, { action, chainId, prefix, origin, operator, content });
  if (!read.ok) return refusedDirectory({ reason: "word_refused", flaws: read.flaws });
  return checkNonce(directory, read.word);
}

async function proveByGentx(
  directory: Directory,
  operator: string,
  pasted: string | undefined,
): Promise<AskedDirectory<ProvedContent>> {
  const text = pasted ?? (await standingGentx(directory.room, operator));
  if (text === null) return refusedDirectory({ reason: "unknown_gentx", operator });
  const read = profileFromGentx(text, directory);
  if (!read.ok) return refusedDirectory({ reason: "word_refused", flaws: read.flaws });
  if (read.operator !== operator)
    return flawed("operator", said`the gentx is of ${read.operator}, asked is about ${operator}`);
  const { profile, body } = read;
  const nonce = { id: `gentx:${body}`, expiresAtMs: never };
  return {
    ok: true,
    value: { operator, profile, claims: claimsOf(profile), contact: undefined, proof: "gentx", nonce },
  };
}

function flawed(rule: string, words: Said) {
  return refusedDirectory({ reason: "word_refused", flaws: [flaw(rule, words)] } as const);
}
