import type { Desk } from "../claim/memory.ts";
import { writeAudit } from "../claim/operate.ts";
import type { ActBy } from "../claim/operator-acts.ts";
import { amountOf } from "../shared/coin.ts";
import {
  type Grant,
  type GrantKind,
  type GrantOutcome,
  type GrantRefusal,
  type GrantRow,
  grantPageMost,
  type NewGrant,
} from "./grant.ts";

/** Grants that a network keeps, revoked and expired ones too. */
export const grantsMost = 10_000;

/** Stores a new grant. The same id with the same secret again is the same grant. One synchronous step. */
export function createGrant(desk: Desk, grant: NewGrant, by: ActBy): GrantOutcome {
  const { store, nowMs } = desk.ports;
  return store.atomically(() => {
    const known = store.grants.byId(grant.id) ?? store.grants.byHash(grant.hash);
    if (known?.id === grant.id && known.hash === grant.hash) return done(known);
    if (store.operator.knowsAct(by.id)) return refused({ reason: "secret_shown" });
    const refusal = known ? ({ reason: "grant_exists" } as const) : termsRefusal(desk, grant);
    if (refusal) return refused(refusal);
    const fresh = { createdAtMs: nowMs(), rotatedAtMs: null, revokedAtMs: null, oldHash: null, oldUntilMs: null };
    const row: GrantRow = { ...grant, ...fresh };
    store.grants.put(row);
    const { label, denoms, perDay, budget, expiresAtMs } = row;
    const detail = { label, denoms: denoms.join(","), perDay, budget, expiresAt: writeTime(expiresAtMs) };
    writeAudit(desk, by, `create_${row.kind}`, { subject: nameOf(row), detail });
    return done(row);
  });
}

/** Rotates a key. A rotation that came before with the same secret is answered again, its grace untouched. */
export function rotateGrant(desk: Desk, id: string, hash: string, graceMs: number, by: ActBy): GrantOutcome {
  const { store, nowMs } = desk.ports;
  return store.atomically(() => {
    const known = store.grants.byId(id);
    if (!known) return refused({ reason: "unknown_grant", kind: "key", id });
    if (known.kind !== "key") return refused({ reason: "grant_not_rotatable", id });
    if (known.hash === hash) return done(known);
    if (store.operator.knowsAct(by.id)) return refused({ reason: "secret_shown" });
    if (known.revokedAtMs !== null) return refused({ reason: "grant_revoked", id });
    if (store.grants.byHash(hash)) return refused({ reason: "grant_exists" });
    const atMs = nowMs();
    const old = graceMs > 0 ? { oldHash: known.hash, oldUntilMs: atMs + graceMs } : { oldHash: null, oldUntilMs: null };
    const row: GrantRow = { ...known, ...old, hash, rotatedAtMs: atMs };
    store.grants.put(row);
    writeAudit(desk, by, "rotate_key", { subject: nameOf(row), detail: { graceSeconds: graceMs / 1000 } });
    return done(row);
  });
}

/** Revokes a grant, once for ever; again changes nothing. What it claimed before is paid. */
export function revokeGrant(desk: Desk, kind: GrantKind, id: string, by: ActBy): GrantOutcome {
  const { store, nowMs } = desk.ports;
  return store.atomically(() => {
    const known = store.grants.byId(id);
    if (known?.kind !== kind) return refused({ reason: "unknown_grant", kind, id });
    if (known.revokedAtMs !== null) return done(known);
    const row: GrantRow = { ...known, revokedAtMs: nowMs() };
    store.grants.put(row);
    // An act whose id is known did something else before: its row stands, and this one gets its own.
    const own = store.operator.knowsAct(by.id) ? { ...by, id: `${by.id}/revoke/${id}` } : by;
    writeAudit(desk, own, `revoke_${kind}`, { subject: nameOf(row), detail: { label: row.label } });
    return done(row);
  });
}

/** A page of grants of one kind. */
export function listGrants({ ports }: Desk, kind: GrantKind, after: string): Grant[] {
  return ports.store.grants.list(kind, after, grantPageMost).map(shownOf);
}

function termsRefusal({ ports, policy }: Desk, { denoms }: NewGrant): GrantRefusal | null {
  const unknown = denoms.find((denom) => amountOf(policy.drips, denom) === 0n);
  if (unknown !== undefined) {
    return { reason: "grant_denoms", denom: unknown, available: policy.drips.map(({ denom }) => denom) };
  }
  return ports.store.grants.count() >= grantsMost ? { reason: "grants_full", most: grantsMost } : null;
}

function done(row: GrantRow): GrantOutcome {
  return { ok: true, grant: shownOf(row) };
}

function refused(refusal: GrantRefusal): GrantOutcome {
  return { ok: false, refusal };
}

/** The name under which its claims are counted, too. */
function nameOf({ kind, id }: GrantRow): string {
  return `${kind}:${id}`;
}

function writeTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function shownOf({ hash: _hash, oldHash: _oldHash, ...shown }: GrantRow): Grant {
  return shown;
}
