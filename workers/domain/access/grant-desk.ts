import type { Desk } from "../claim/memory.ts";
import { amountOf } from "../shared/coin.ts";
import type { Grant, GrantOutcome, GrantRefusal, GrantRow, NewGrant } from "./grant.ts";

/** Grants that a network keeps, revoked and expired ones too. */
export const grantsMost = 10_000;
const pageMost = 100;

/** Stores a new grant. The same id with the same secret again is the same grant. One synchronous step. */
export function createGrant({ ports, policy }: Desk, grant: NewGrant, actor: string): GrantOutcome {
  const { store, nowMs, log } = ports;
  return store.atomically(() => {
    const known = store.grants.byId(grant.id) ?? store.grants.byHash(grant.hash);
    if (known?.id === grant.id && known.hash === grant.hash) return done(known);
    if (known) return refused({ reason: "grant_exists" });
    const unknown = grant.denoms.find((denom) => amountOf(policy.drips, denom) === 0n);
    if (unknown !== undefined) {
      return refused({ reason: "grant_denoms", denom: unknown, available: policy.drips.map(({ denom }) => denom) });
    }
    if (store.grants.count() >= grantsMost) return refused({ reason: "grants_full", most: grantsMost });
    const fresh = { createdAtMs: nowMs(), rotatedAtMs: null, revokedAtMs: null, oldHash: null, oldUntilMs: null };
    const row: GrantRow = { ...grant, ...fresh };
    store.grants.put(row);
    log("grant_created", { grant: row.id, kind: row.kind, actor });
    return done(row);
  });
}

/** Rotates a key. A rotation that came before with the same secret is answered again, its grace untouched. */
export function rotateGrant({ ports }: Desk, id: string, hash: string, graceMs: number, actor: string): GrantOutcome {
  const { store, nowMs, log } = ports;
  return store.atomically(() => {
    const known = store.grants.byId(id);
    if (!known) return refused({ reason: "unknown_grant", id });
    if (known.kind !== "key") return refused({ reason: "grant_not_rotatable", id });
    if (known.revokedAtMs !== null) return refused({ reason: "grant_revoked", id });
    if (known.hash === hash) return done(known);
    if (store.grants.byHash(hash)) return refused({ reason: "grant_exists" });
    const atMs = nowMs();
    const old = graceMs > 0 ? { oldHash: known.hash, oldUntilMs: atMs + graceMs } : { oldHash: null, oldUntilMs: null };
    const row: GrantRow = { ...known, ...old, hash, rotatedAtMs: atMs };
    store.grants.put(row);
    log("grant_rotated", { grant: id, actor, graceMs });
    return done(row);
  });
}

/** Revokes a grant, once for ever. What it claimed before is paid. */
export function revokeGrant({ ports }: Desk, id: string, actor: string): GrantOutcome {
  const { store, nowMs, log } = ports;
  return store.atomically(() => {
    const known = store.grants.byId(id);
    if (!known) return refused({ reason: "unknown_grant", id });
    if (known.revokedAtMs !== null) return done(known);
    const row: GrantRow = { ...known, revokedAtMs: nowMs() };
    store.grants.put(row);
    log("grant_revoked", { grant: id, actor });
    return done(row);
  });
}

/** A page of grants. */
export function listGrants({ ports }: Desk, after: string): Grant[] {
  return ports.store.grants.list(after, pageMost).map(shownOf);
}

function done(row: GrantRow): GrantOutcome {
  return { ok: true, grant: shownOf(row) };
}

function refused(refusal: GrantRefusal): GrantOutcome {
  return { ok: false, refusal };
}

function shownOf({ hash: _hash, oldHash: _oldHash, ...shown }: GrantRow): Grant {
  return shown;
}
