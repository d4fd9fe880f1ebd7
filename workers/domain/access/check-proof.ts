import type { ReserveRequest } from "../claim/dispenser-api.ts";
import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";
import { type CredentialKind, credentialWords } from "./credential.ts";
import type { ClientOrigin } from "./networks-of.ts";
import { pressureOn, signatureStands } from "./pressure.ts";
import type { ProofVerdict } from "./proofs.ts";

/** What a claim brings along, as its client sent it; null: nothing of that kind. Nothing of it is checked yet. */
export type Brought = {
  /** It came over a peer's wire, which carries no proof. */
  readonly dialect: boolean;
  /** What stands after `Authorization: Bearer`: an API key or a CI token. */
  readonly bearer: string | null;
  readonly code: string | null;
  /** A solved challenge. */
  readonly challenge: string | null;
  readonly turnstile: string | null;
  readonly signature: SignedText | null;
  /** The origin that a text to sign names: this deployment's own. */
  readonly site: string;
};

/** A text of ours and its ADR-036 signature. */
export type SignedText = { readonly text: string; readonly pubKey: string; readonly signature: string };

/** A claim that brings nothing. */
export const broughtNothing: Brought = {
  dialect: false,
  bearer: null,
  code: null,
  challenge: null,
  turnstile: null,
  signature: null,
  site: "",
};

/** What a claim is told where it has to bring a token of Turnstile. */
export const turnstileAsked =
  "A claim here brings a token of the faucet's Turnstile widget as `turnstile`: use the page. A script brings an API key, an event code or a CI token.";

/** What a claim has shown of itself, as the dispenser is told; or why that is not enough. */
export type Proved =
  | ({ readonly ok: true } & Pick<ReserveRequest, "route" | "nonce" | "credential" | "paid">)
  | { readonly ok: false; readonly refusal: ClaimRefusal };

/**
 * The one place where what a claim brings is checked. `address` is checked. What was given to someone by name comes
 * first (an API key, a CI token, an event code) and stands alone: a bad one is refused, whatever good stands beside
 * it. Then what stands in place of work. Keys and codes are only hashed here, and nonces not spent: that is the
 * dispenser's part, in the claim's own transaction.
 */
export async function checkProof(
  network: ServedNetwork,
  address: string,
  brought: Brought,
  client: ClientOrigin,
): Promise<Proved> {
  const { facts, challenge: policy, proofs, nowMs } = network;
  if (brought.dialect) return proved("dialect");
  if (brought.bearer !== null || brought.code !== null) return checkCredential(network, brought);
  if (policy.kind === "none") return proved("open");
  if (policy.kind === "pow" && brought.challenge !== null) {
    const verdict = await policy.challenges.verify(facts.chainId, address, brought.challenge, nowMs());
    if (!verdict.ok) return no("challenge_invalid", verdict);
    return { ...proved("challenge"), nonce: verdict.nonce, paid: verdict.triesMost / policy.triesBase };
  }
  if (proofs.turnstile !== null && brought.turnstile !== null) {
    const ip = "address" in client ? client.address : null;
    const verdict = await proofs.turnstile.verify(brought.turnstile, ip, address, nowMs());
    return verdict.ok ? { ...proved("turnstile"), nonce: verdict.nonce } : no("challenge_invalid", verdict);
  }
  if (brought.signature !== null) return checkSignature(network, address, brought.signature, brought.site, client);
  if (policy.kind === "unset") return { ok: false, refusal: { reason: "faucet_disabled", detail: policy.detail } };
  const detail = policy.kind === "turnstile" ? { detail: turnstileAsked } : {};
  return { ok: false, refusal: { reason: "challenge_required", ...detail } };
}

async function checkCredential(network: ServedNetwork, { bearer, code }: Brought): Promise<Proved> {
  const { proofs, facts, hashSecret, nowMs } = network;
  const on = facts.faucet.credentials;
  if (bearer === null || bearer.startsWith("wsk_")) {
    const kind = bearer === null ? "code" : "key";
    if (!on[kind]) return notTaken(kind);
    return { ...proved(kind), credential: { hash: await hashSecret(kind, bearer ?? code ?? "") } };
  }
  if (proofs.oidc === null) return notTaken("oidc");
  const verdict = await proofs.oidc.verify(bearer, nowMs());
  if (!verdict.ok) return no("credential_invalid", verdict, "oidc");
  return {
    ...proved("oidc"),
    nonce: verdict.nonce,
    credential: { quotaKey: `oidc:${bare(verdict.quotaKey, "oidc:")}` },
  };
}

/**
 * A signature proves that whoever asks holds the recipient's key. That costs nothing and anyone makes addresses, so it
 * is no proof against many claims by one person: see {@link signatureStands} for what it is worth.
 */
async function checkSignature(
  network: ServedNetwork,
  address: string,
  signed: SignedText,
  site: string,
  client: ClientOrigin,
): Promise<Proved> {
  const { signature } = network.proofs;
  if (signature === null) return notTaken("signature");
  const verdict = await signature.verify(network.facts.chainId, address, site, signed, network.nowMs());
  if (!verdict.ok) return no("credential_invalid", verdict, "signature");
  const { stands, detail } = signatureStands(await pressureOn(network, client));
  if (!stands) return { ok: false, refusal: { reason: "challenge_required", detail } };
  return { ...proved("signature"), nonce: verdict.nonce, credential: { quotaKey: signatureQuota(address) } };
}

/** Under which name the claims of a signing address are counted. */
export function signatureQuota(address: string): string {
  return `signature:${address}`;
}

function proved(route: ReserveRequest["route"]): Extract<Proved, { ok: true }> {
  return { ok: true, route, nonce: null, credential: null, paid: null };
}

function notTaken(kind: CredentialKind): Proved {
  const detail = `This network takes no ${credentialWords[kind]}.`;
  return { ok: false, refusal: { reason: "credential_invalid", kind, detail } };
}

type Wrong = Extract<ProofVerdict, { ok: false }>;

function no(reason: "challenge_invalid", wrong: Wrong): Proved;
function no(reason: "credential_invalid", wrong: Wrong, kind: CredentialKind): Proved;
function no(
  reason: "challenge_invalid" | "credential_invalid",
  { detail }: Wrong,
  kind: CredentialKind = "oidc",
): Proved {
  const refusal: ClaimRefusal = reason === "challenge_invalid" ? { reason, detail } : { reason, kind, detail };
  return { ok: false, refusal };
}

function bare(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
