import { type CredentialKind, credentialWords, isCredential } from "../access/credential.ts";
import type { GrantKind, GrantRow } from "../access/grant.ts";
import type { AskRequest } from "./dispenser-api.ts";
import type { Desk } from "./memory.ts";
import type { ClaimRefusal } from "./refusals.ts";

/** A credential that is good, with what its claim may ask for; or why it is not. */
type Good = {
  readonly ok: true;
  readonly quotaKey: string | null;
  /** What the claim asks for; narrowed to what the credential is good for. */
  readonly denoms: readonly string[];
  readonly perDay: number | null;
  /** Why there is no claim left in it; asked after the recipient's own allowance. */
  readonly limit: () => ClaimRefusal | null;
};

/** How much a credential gives. perDay 0: no limit a day; budget null: no limit in all. */
type Quota = { readonly perDay: number; readonly budget: number | null };

/**
 * What a claim's credential is worth in this dispenser. Its claims are counted from rows that have not failed, of
 * this genesis only, in the claim's own step: so no twin gets one too many, and what a failed claim used comes back.
 */
export function credentialOf(
  desk: Desk,
  asked: AskRequest,
): Good | { readonly ok: false; readonly refusal: ClaimRefusal } {
  const { route, credential, denoms } = asked;
  if (credential === null || !isCredential(route)) {
    return { ok: true, quotaKey: null, denoms, perDay: null, limit: () => null };
  }
  if ("quotaKey" in credential) {
    const perDay = route === "oidc" ? desk.policy.oidcPerDay : desk.policy.signaturePerDay;
    return good(desk, route, credential.quotaKey, { perDay, budget: null }, denoms);
  }
  const grant = desk.ports.store.grants.byHash(credential.hash);
  const refusal = grantRefusal(desk, grant, credential.hash, route);
  if (refusal || !grant) return { ok: false, refusal: refusal ?? invalid(route) };
  const outside = grant.denoms.length === 0 ? undefined : denoms.find((denom) => !grant.denoms.includes(denom));
  if (outside !== undefined) {
    const scope = { reason: "credential_scope", kind: grant.kind, denom: outside, allowed: grant.denoms } as const;
    return { ok: false, refusal: scope };
  }
  return good(desk, grant.kind, `${grant.kind}:${grant.id}`, grant, denoms.length === 0 ? grant.denoms : denoms);
}

/** The words of a secret that is not known; the same however nearly it was right. */
function invalid(kind: CredentialKind): ClaimRefusal {
  const detail = `This ${credentialWords[kind]} is not known here.`;
  return { reason: "credential_invalid", kind, detail };
}

function grantRefusal({ ports }: Desk, grant: GrantRow | null, hash: string, route: string): ClaimRefusal | null {
  const kind: GrantKind = route === "key" ? "key" : "code";
  if (grant?.kind !== kind) return invalid(kind);
  const nowMs = ports.nowMs();
  const rotated = grant.hash !== hash && (grant.oldUntilMs ?? 0) <= nowMs;
  if (rotated) return invalid(kind);
  const spent = (what: string): ClaimRefusal => {
    return { reason: "credential_spent", kind, detail: `This ${credentialWords[kind]} ${what}.` };
  };
  if (grant.revokedAtMs !== null) return spent("was revoked");
  if (grant.expiresAtMs !== null && grant.expiresAtMs <= nowMs) {
    return spent(`expired at ${new Date(grant.expiresAtMs).toISOString()}`);
  }
  return null;
}

function good(desk: Desk, kind: CredentialKind, quotaKey: string, quota: Quota, denoms: readonly string[]): Good {
  const perDay = quota.perDay === 0 ? null : quota.perDay;
  return { ok: true, quotaKey, denoms, perDay, limit: () => limitRefusal(desk, kind, quotaKey, quota) };
}

function limitRefusal(
  { ports, memory }: Desk,
  kind: CredentialKind,
  quotaKey: string,
  quota: Quota,
): ClaimRefusal | null {
  const { perDay, budget } = quota;
  if (perDay === 0 && budget === null) return null;
  const { store, nowMs } = ports;
  const used = memory.credentials.used(store, quotaKey, store.state().epoch, budget !== null, nowMs());
  if (budget !== null && used.inAll >= budget) {
    const detail = `All ${budget} claims of this ${credentialWords[kind]} are used.`;
    return { reason: "credential_spent", kind, detail };
  }
  if (perDay === 0 || used.today < perDay) return null;
  const retryAtMs = used.freeAtMs(perDay);
  const detail = `This ${credentialWords[kind]} has made its ${perDay} claims for the day; the next is welcome at ${new Date(retryAtMs).toISOString()}.`;
  return { reason: "credential_limited", kind, detail, retryAtMs };
}
