import type { Outcome } from "../chain/driver.ts";
import { announceEnd } from "./announce.ts";
import { viewClaim } from "./claim-state.ts";
import type { Desk } from "./memory.ts";
import { cost, takeFromPurse } from "./purse.ts";
import { bisect, placeInLine } from "./queue.ts";
import type { BatchRow, BatchState, ClaimRow } from "./records.ts";
import { countPaid } from "./tally.ts";

/** After so many payer-side failures in a row a batch is bisected as if a recipient were to blame. */
const ATTEMPTS_MAX = 8;
/** A claim fails for good only when it has failed alone twice: the first time may have been the chain's mood. */
const SINGLE_ATTEMPTS = 2;
const WAITS_KEPT = 500;

/** What a claim's owner is told when no batch will try again. */
const endCodes = { recipient: "recipient_refused", payer: "payment_failed" } as const;

/**
 * Notes that a block holds a batch. Code 0 is the verdict paid; anything else leaves it pending until the
 * outcome is known and proved final (see askOutcomes).
 */
export function settleIncluded(desk: Desk, batch: BatchRow, height: number, outcome: Outcome): void {
  if (outcome.code !== 0) {
    mark(desk, batch, { state: "pending", height }, desk.ports.store.claimsBetween(batch.from, batch.to));
    desk.ports.log("batch_included_unpaid", { ...facts(batch), height, code: outcome.code });
    return;
  }
  const { store } = desk.ports;
  const claims = store.claimsBetween(batch.from, batch.to);
  takeFromPurse(desk, cost(desk, batch), { confirmed: store.state().confirmed + claims.length });
  mark(desk, batch, { state: "paid", height }, claims);
  announceEnd(desk, "claim.confirmed", { ...batch, height }, claims);
  noteWaits(desk, claims);
  desk.ports.log("batch_paid", { ...facts(batch), height, gasUsed: Number(outcome.gasUsed) });
}

/**
 * The verdict failed: nothing moved, the reserves are used up. Its claims are in line again at once, halved when a
 * recipient may be to blame.
 */
export function settleFailed(desk: Desk, batch: BatchRow, height: number, outcome: Outcome): void {
  const claims = desk.ports.store.claimsBetween(batch.from, batch.to);
  const code = `${outcome.codespace}/${outcome.code}`;
  const single = claims.length <= 1;
  const again = batch.attempt < attemptsMax(outcome, single);
  const over = !again && single;
  if (again) desk.ports.store.addRetry({ from: batch.from, to: batch.to, attempt: batch.attempt + 1 });
  else if (!over) bisect(desk.ports.store, batch, claims);
  const { failed } = desk.ports.store.state();
  takeFromPurse(desk, batch.tx.fee, over ? { failed: failed + claims.length } : {});
  if (over) {
    desk.memory.budget.drop(batch.from, batch.to);
    desk.memory.credentials.drop(batch.from, batch.to);
  }
  const reason = `${code}: ${outcome.reason}`;
  const end = { state: "failed", height, reason, code: over ? endCodes[outcome.blame] : null } as const;
  mark(desk, batch, end, claims);
  if (over) announceEnd(desk, "claim.failed", { ...batch, ...end }, claims);
  desk.ports.log("batch_failed", { ...facts(batch), height, code, blame: outcome.blame, reason: outcome.reason });
}

/** Gives a batch the verdict dead: it is proved that no block holds it or ever will. Its claims are in line again. */
export function settleDead(desk: Desk, batch: BatchRow, proof: string): void {
  desk.ports.store.addRetry({ from: batch.from, to: batch.to, attempt: batch.attempt });
  mark(desk, batch, { state: "dead" }, desk.ports.store.claimsBetween(batch.from, batch.to));
  desk.ports.log("batch_dead", { ...facts(batch), proof });
}

function attemptsMax({ blame }: Outcome, single: boolean): number {
  if (blame === "payer") return ATTEMPTS_MAX;
  return single ? SINGLE_ATTEMPTS : 1;
}

type Change = { state: BatchState; height?: number; code?: string | null; reason?: string | null };

function mark(desk: Desk, batch: BatchRow, change: Change, claims: readonly ClaimRow[]): void {
  const { store, nowMs } = desk.ports;
  const changed = { ...change, changedAtMs: nowMs() };
  store.markBatch(batch.n, changed);
  if (change.state !== "pending") {
    desk.memory.sent.delete(batch.tx.hash);
    desk.memory.asked.delete(batch.tx.hash);
    desk.memory.costs.delete(batch.n);
  }
  tell(desk, { ...batch, ...changed }, claims);
}

/** Tells whoever waits for the claims of a batch. */
export function tell(desk: Desk, batch: BatchRow, claims: readonly ClaimRow[]): void {
  const { store, onChange } = desk.ports;
  onChange(claims.map((row) => viewClaim(desk.policy.chainId, row, batch, () => placeInLine(store, row.seq))));
}

function noteWaits(desk: Desk, claims: readonly ClaimRow[]): void {
  const { waits } = desk.memory;
  const now = desk.ports.nowMs();
  const waited = claims.map((claim) => now - claim.createdAtMs);
  waits.push(...waited);
  countPaid(desk, waited);
  waits.splice(0, Math.max(0, waits.length - WAITS_KEPT));
}

function facts(batch: BatchRow): Record<string, string | number> {
  return { batch: batch.id, hash: batch.tx.hash, from: batch.from, to: batch.to, attempt: batch.attempt };
}
