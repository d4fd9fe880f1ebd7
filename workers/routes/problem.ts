import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { credentialWords } from "../domain/access/credential.ts";
import type { GrantRefusal } from "../domain/access/grant.ts";
import type { AdminRefusal } from "../domain/admin/refusals.ts";
import type { WordRefusal } from "../domain/ceremony/word-refusals.ts";
import type { OperatorRefusal } from "../domain/claim/operator-acts.ts";
import type { ClaimRefusal } from "../domain/claim/refusals.ts";
import type { DirectoryRefusal } from "../domain/validator/refusals.ts";
import { adminProblem, grantProblem, operatorProblem } from "./admin-problem.ts";
import { type CeremonyFailure, ceremonyProblem, type GentxFinding } from "./ceremony-problem.ts";
import { type DirectoryFailure, directoryProblem } from "./directory-problem.ts";
import { valuesOf } from "./problem-values.ts";

/** Where a body or a setting is wrong; `said`: the message with its values apart (genesis/document/said.ts). */
export type Fault = { readonly path: string; readonly message: string; readonly said?: readonly string[] };

/** What can be wrong with a request before any verb is called. */
export type HttpFailure =
  | { readonly reason: "not_found"; readonly detail: string }
  | { readonly reason: "unknown_network"; readonly chainId: string; readonly served: readonly string[] }
  | { readonly reason: "unknown_claim"; readonly claimId: string }
  | { readonly reason: "not_on_chain"; readonly detail: string }
  | { readonly reason: "chain_unreachable" }
  | { readonly reason: "challenge_not_needed"; readonly detail?: string }
  | { readonly reason: "signature_not_taken"; readonly detail: string }
  | { readonly reason: "challenge_limited"; readonly width: string; readonly retryAtMs: number }
  | { readonly reason: "method_not_allowed"; readonly allow: string }
  | { readonly reason: "body_too_large"; readonly bytesMax: number }
  | { readonly reason: "invalid_json"; readonly detail: string }
  | { readonly reason: "invalid_body"; readonly errors: readonly Fault[] }
  | { readonly reason: "invalid_query"; readonly errors: readonly Fault[] }
  | { readonly reason: "invalid_idempotency_key" }
  | { readonly reason: "config_invalid"; readonly errors: readonly Fault[] }
  | { readonly reason: "dispenser_unreachable" }
  | { readonly reason: "internal" };

/** Any reason for which a request is not done. */
export type Refusal =
  | ClaimRefusal
  | AdminRefusal
  | OperatorRefusal
  | GrantRefusal
  | WordRefusal
  | CeremonyFailure
  | DirectoryRefusal
  | DirectoryFailure
  | HttpFailure;

/** A refusal on the wire, before it is written. */
export type Problem = {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly detail: string;
  readonly retryAtMs?: number;
  readonly retryAfterS?: number;
  readonly claimId?: string;
  readonly errors?: readonly Fault[];
  readonly allow?: string;
  /** Bears a 401: how to say who one is (RFC 9110, 11.6.1). */
  readonly authenticate?: string;
  readonly kind?: string;
  /** Which rule of a ceremony forbids an act. */
  readonly why?: string;
  /** Every rule that a gentx breaks, and what is worth a word. */
  readonly failures?: readonly GentxFinding[];
  readonly warnings?: readonly GentxFinding[];
};

/** Answers a refusal as `application/problem+json` (RFC 9457). `Retry-After` goes out where waiting helps. */
export function refuse(c: Context, refusal: Refusal, nowMs: number): Response {
  const problem = problemOf(refusal);
  const { status, title, detail, retryAtMs, retryAfterS, claimId, errors, allow, authenticate, ...more } = problem;
  const code = refusal.reason;
  const wait =
    retryAfterS ?? (retryAtMs === undefined ? undefined : Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000)));
  if (wait !== undefined) c.header("Retry-After", String(wait));
  if (allow !== undefined) c.header("Allow", allow);
  if (authenticate !== undefined) c.header("WWW-Authenticate", authenticate);
  const values = valuesOf(refusal);
  const body = {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    code,
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...more,
    ...(retryAtMs === undefined ? {} : { retryAt: new Date(retryAtMs).toISOString() }),
    ...(claimId === undefined ? {} : { claimId }),
    ...(errors === undefined ? {} : { errors }),
  };
  return c.json(body, status, { "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
}

/** The one place where a reason gets its status and its words. A new reason does not build until it has both. */
export function problemOf(refusal: Refusal): Problem {
  switch (refusal.reason) {
    case "claim_open":
    case "cooldown_active":
    case "idempotency_key_reused":
    case "unknown_denom":
    case "invalid_address":
    case "recipient_not_allowed":
    case "client_limited":
    case "budget_spent":
    case "balance_enough":
    case "challenge_required":
    case "challenge_invalid":
    case "challenge_used":
    case "challenge_outpriced":
    case "credential_invalid":
    case "credential_limited":
    case "credential_spent":
    case "credential_scope":
    case "queue_full":
    case "faucet_empty":
    case "faucet_paused":
    case "faucet_halted":
    case "faucet_disabled":
      return claimProblem(refusal);
    case "admin_key_missing":
    case "admin_key_invalid":
    case "role_missing":
    case "admin_tries_spent":
      return adminProblem(refusal);
    case "not_paused":
    case "budget_not_set":
    case "not_denied":
    case "deny_list_full":
      return operatorProblem(refusal);
    case "unknown_grant":
    case "grant_exists":
    case "grant_revoked":
    case "grant_not_rotatable":
    case "grant_denoms":
    case "grants_full":
    case "secret_shown":
      return grantProblem(refusal);
    default:
      return networkProblem(refusal);
  }
}

type NetworkRefusal = WordRefusal | CeremonyFailure | DirectoryRefusal | DirectoryFailure | HttpFailure;

/** The rest of {@link problemOf}: what a network's ceremony and directory refuse, and what is wrong with a request. */
function networkProblem(refusal: NetworkRefusal): Problem {
  switch (refusal.reason) {
    case "act_forbidden":
    case "gentx_refused":
    case "content_too_large":
    case "parts_broken":
    case "seal_differs":
    case "ceremony_busy":
    case "word_refused":
    case "challenge_unknown":
    case "challenge_expired":
    case "wrong_file":
    case "node_not_tied":
    case "ceremony_not_found":
    case "ceremony_disabled":
    case "ceremony_unreachable":
    case "gentxs_limited":
    case "unknown_gentx":
    case "genesis_not_sealed":
      return ceremonyProblem(refusal);
    case "nonce_spent":
    case "registration_exists":
    case "unknown_registration":
    case "registration_changed":
    case "registration_state":
    case "registration_clash":
    case "registrations_full":
    case "not_on_allowlist":
    case "registrations_limited":
    case "directory_not_found":
    case "directory_closed":
      return directoryProblem(refusal);
    default:
      return httpProblem(refusal);
  }
}

function claimProblem(refusal: ClaimRefusal): Problem {
  switch (refusal.reason) {
    case "claim_open": {
      const detail = `This address has a claim that is not settled yet: ${refusal.claimId}. Follow that one.`;
      return { status: 409, title: "A claim is open", detail, claimId: refusal.claimId };
    }
    case "cooldown_active": {
      const { claimId, retryAtMs } = refusal;
      const detail = `This address was paid by claim ${claimId}. It may claim again at ${new Date(retryAtMs).toISOString()}.`;
      return { status: 429, title: "Too soon", detail, claimId, retryAtMs };
    }
    case "idempotency_key_reused": {
      const detail =
        "This Idempotency-Key came with another address or other denoms before. Use a new key for a new claim.";
      return { status: 422, title: "Idempotency-Key reused", detail };
    }
    case "unknown_denom": {
      const detail = `The faucet does not pay ${refusal.denom}; it pays ${refusal.available.join(", ")}.`;
      return { status: 422, title: "Unknown denom", detail };
    }
    case "invalid_address":
      return { status: 422, title: "Not an address of this network", detail: refusal.detail };
    case "recipient_not_allowed":
      return { status: 422, title: "This recipient is not paid", detail: refusal.detail };
    case "client_limited": {
      const detail = `This ${refusal.width} has made its claims for the day; it may claim again at ${new Date(refusal.retryAtMs).toISOString()}.`;
      return { status: 429, title: "Too many from this network", detail, retryAtMs: refusal.retryAtMs };
    }
    case "budget_spent": {
      const detail = `What the faucet gives in an hour by this way is spent; the next claim is welcome at ${new Date(refusal.retryAtMs).toISOString()}.`;
      return { status: 429, title: "The hour's budget is spent", detail, retryAtMs: refusal.retryAtMs };
    }
    case "balance_enough": {
      const detail = `This address holds ${refusal.cap}${refusal.denom} or more, which is as much as this faucet gives anyone.`;
      return { status: 409, title: "It holds enough", detail };
    }
    case "challenge_required":
    case "challenge_invalid":
    case "challenge_used":
    case "challenge_outpriced":
      return challengeProblem(refusal);
    case "credential_invalid":
    case "credential_limited":
    case "credential_spent":
    case "credential_scope":
      return credentialProblem(refusal);
    case "queue_full": {
      const detail = "The line is as long as it may be. Nothing was used up; try again later.";
      return { status: 503, title: "The line is full", detail, retryAtMs: refusal.retryAtMs };
    }
    case "faucet_empty": {
      const detail =
        "The faucet's balance does not cover another claim. Nothing was used up; its operator has to fill it.";
      return { status: 503, title: "The faucet is empty", detail, retryAfterS: 300 };
    }
    case "faucet_paused": {
      const until = refusal.retryAtMs === null ? {} : { retryAtMs: refusal.retryAtMs };
      const detail = `The faucet's operator has paused it: ${refusal.detail}`;
      return { status: 503, title: "The faucet is paused", detail, ...until };
    }
    case "faucet_halted":
      return { status: 503, title: "The faucet has stopped", detail: refusal.detail, retryAfterS: 3600 };
    case "faucet_disabled":
      return { status: 503, title: "The faucet is switched off", detail: refusal.detail };
  }
}

type CredentialRefusal = Extract<ClaimRefusal, { readonly reason: `credential_${string}` }>;

function credentialProblem(refusal: CredentialRefusal): Problem {
  const { kind } = refusal;
  switch (refusal.reason) {
    case "credential_invalid":
      return {
        status: 401,
        title: `The ${credentialWords[kind]} is not good`,
        detail: refusal.detail,
        kind,
        authenticate: 'Bearer realm="wellspring faucet"',
      };
    case "credential_limited": {
      const { detail, retryAtMs } = refusal;
      return { status: 429, title: `The ${credentialWords[kind]} is at its limit`, detail, retryAtMs, kind };
    }
    case "credential_spent":
      return { status: 403, title: `The ${credentialWords[kind]} is spent`, detail: refusal.detail, kind };
    case "credential_scope": {
      const detail = `This ${credentialWords[kind]} is good for ${refusal.allowed.join(", ")}, not for ${refusal.denom}.`;
      return { status: 403, title: `The ${credentialWords[kind]} is not good for this token`, detail, kind };
    }
  }
}

type ChallengeRefusal = Extract<ClaimRefusal, { readonly reason: `challenge_${string}` }>;

function challengeProblem(refusal: ChallengeRefusal): Problem {
  switch (refusal.reason) {
    case "challenge_required": {
      const detail =
        refusal.detail ??
        "A claim here brings a solved challenge: POST …/faucet/challenges, solve it, send it as `challenge`.";
      return { status: 403, title: "A challenge is to be solved first", detail };
    }
    case "challenge_invalid":
      return { status: 403, title: "The challenge does not fit", detail: refusal.detail };
    case "challenge_used": {
      const detail = "This challenge has paid for a claim already. Ask for a new one.";
      return { status: 409, title: "The challenge was used", detail };
    }
    case "challenge_outpriced": {
      const detail = "The hour's budget has become scarce since this challenge was made. Ask for a new one.";
      return { status: 409, title: "The price has risen", detail };
    }
  }
}

function httpProblem(failure: HttpFailure): Problem {
  switch (failure.reason) {
    case "not_found":
      return { status: 404, title: "Not found", detail: failure.detail };
    case "unknown_network": {
      const detail = `No network ${failure.chainId} is served here. Served: ${failure.served.join(", ")}.`;
      return { status: 404, title: "Unknown network", detail };
    }
    case "unknown_claim":
      return { status: 404, title: "Unknown claim", detail: `This network has no claim ${failure.claimId}.` };
    case "not_on_chain":
      return { status: 404, title: "Not found on the chain", detail: failure.detail };
    case "chain_unreachable": {
      const detail = "None of the network's endpoints answers. That says nothing of the chain.";
      return { status: 503, title: "The chain can't be asked", detail, retryAfterS: 10 };
    }
    case "challenge_not_needed": {
      const detail = failure.detail ?? "Claims of this network bring no challenge: claim at once.";
      return { status: 409, title: "No challenge is needed", detail };
    }
    case "signature_not_taken":
      return { status: 409, title: "A signature is not taken", detail: failure.detail };
    case "challenge_limited": {
      const { width, retryAtMs } = failure;
      const detail = `This ${width} has asked for its challenges of the day; it may ask again at ${new Date(retryAtMs).toISOString()}.`;
      return { status: 429, title: "Too many challenges", detail, retryAtMs };
    }
    case "method_not_allowed": {
      const detail = `This path takes ${failure.allow}.`;
      return { status: 405, title: "Method not allowed", detail, allow: failure.allow };
    }
    case "body_too_large":
      return { status: 413, title: "Body too large", detail: `A body here has at most ${failure.bytesMax} bytes.` };
    case "invalid_json":
      return { status: 400, title: "Not JSON", detail: failure.detail };
    case "invalid_body": {
      const detail = sentence(failure.errors);
      return { status: 400, title: "The body is not as it should be", detail, errors: failure.errors };
    }
    case "invalid_query": {
      const detail = sentence(failure.errors);
      return {
        status: 400,
        title: "The address of this request is not as it should be",
        detail,
        errors: failure.errors,
      };
    }
    case "invalid_idempotency_key": {
      const detail = "An Idempotency-Key has 1 to 255 visible ASCII characters.";
      return { status: 400, title: "Invalid Idempotency-Key", detail };
    }
    case "config_invalid": {
      const detail = `This deployment's configuration has faults; nothing is served until they are mended. ${sentence(failure.errors)}`;
      return { status: 503, title: "Invalid configuration", detail, errors: failure.errors };
    }
    case "dispenser_unreachable": {
      const detail =
        "The dispenser did not answer. A claim may have been stored: ask again with the same Idempotency-Key.";
      return { status: 503, title: "No answer", detail, retryAfterS: 5 };
    }
    case "internal":
      return { status: 500, title: "Our fault", detail: "Something broke here; it is in the log." };
  }
}

function sentence(faults: readonly Fault[]): string {
  return faults.map(({ path, message }) => `${path || "(body)"}: ${message}`).join("; ");
}
