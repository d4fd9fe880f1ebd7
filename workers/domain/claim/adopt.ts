import type { Found } from "../chain/driver.ts";
import { amountOf } from "../shared/coin.ts";
import { memoMark, readMemo } from "./memo.ts";
import type { Desk } from "./memory.ts";
import { isInLine, takeFromLine } from "./queue.ts";
import type { BatchRow, ClaimRow, Range } from "./records.ts";

const DEFERRED_MAX = 100;

/**
 * Takes a payment of ours that the outbox does not hold (a restored backup forgot it) into the outbox, with the
 * claims that it paid. Null: nothing is to be settled now.
 *
 * Anyone can write our memo, so the signer must be one of ours; after a restore any key may have been, and then
 * the outputs decide alone: who pays exactly what a claim asks has paid that claim. A claim counts only when its
 * output names its recipient and coins, and it is older than the signature: a place in line that the backup
 * forgot may have been given out anew. What can't be judged yet is put off, and nothing is signed meanwhile.
 */
export function adopt(desk: Desk, found: Found): BatchRow | null {
  const { store, driver, log } = desk.ports;
  const memo = readMemo(desk.policy.deployment, found.memo);
  const { used, quarantine } = store.state();
  const ours = found.signer === driver.signer || found.signer in used;
  if (!memo || !(ours || quarantine) || memo.to - memo.from + 1 !== found.payments.length) return null;
  if (found.outcome.code === null) return putOff(desk, found);
  // A failed one moved nothing: its claims are in line as they should be, and its fee shows in the next balance.
  if (found.outcome.code !== 0) return null;
  const matched = matchedClaims(store.claimsBetween(memo.from, memo.to), memo.signedAtMs, found);
  const last = matched.at(-1);
  if (!last) return null;
  const range = { from: memo.from, to: last.seq };
  if (store.pendingBatches().some((batch) => overlap(batch, range))) return putOff(desk, found);
  const conflict = matched.find((claim) => !isInLine(store, claim.seq));
  if (conflict) {
    log("recovery_conflict", { batch: memo.id, hash: found.hash, claim: conflict.id });
    return null;
  }
  takeFromLine(store, range);
  log("payment_recovered", { batch: memo.id, hash: found.hash, height: found.height, claims: matched.length });
  return stored(desk, found, memo.id, { ...range, signedAtMs: memo.signedAtMs });
}

/** What was put off, read again: found null when its block holds no such payment after all. */
export type Reread = { readonly hash: string; readonly found: Found | null };

/** Reads again what was put off; what can't be read now is left out. */
export async function readDeferred(desk: Desk): Promise<Reread[]> {
  const { store, driver } = desk.ports;
  const read: Reread[] = [];
  for (const { hash, height } of store.state().deferred) {
    const before = await driver.pointAt(height - 1);
    if (!before) continue;
    const walk = await driver.walk(before, height, 1, new Set([hash]), memoMark(desk.policy.deployment));
    if (walk.cursor.height < height) continue;
    read.push({ hash, found: walk.found.find((found) => found.hash === hash) ?? null });
  }
  return read;
}

function putOff(desk: Desk, { hash, height }: Found): null {
  const { store, log } = desk.ports;
  const { deferred } = store.state();
  if (deferred.some((entry) => entry.hash === hash)) return null;
  if (deferred.length >= DEFERRED_MAX) throw new Error(`more than ${DEFERRED_MAX} payments could not be judged`);
  store.save({ deferred: [...deferred, { hash, height }] });
  log("payment_put_off", { hash, height });
  return null;
}

function overlap(a: Range, b: Range): boolean {
  return a.from <= b.to && a.to >= b.from;
}

/** Outputs stand in the order of the claims; the first that fit. */
function matchedClaims(claims: readonly ClaimRow[], signedAtMs: number, found: Found): readonly ClaimRow[] {
  const misfit = claims.findIndex((claim, index) => {
    const payment = found.payments[index];
    return (
      claim.createdAtMs > signedAtMs ||
      payment?.recipient !== claim.recipient ||
      payment.coins.length !== claim.coins.length ||
      claim.coins.some(({ denom, amount }) => amountOf(payment.coins, denom) !== amount)
    );
  });
  return misfit === -1 ? claims : claims.slice(0, misfit);
}

function stored(desk: Desk, found: Found, id: string, at: { from: number; to: number; signedAtMs: number }): BatchRow {
  const { store, nowMs } = desk.ports;
  const row: Omit<BatchRow, "n" | "rev"> = {
    ...at,
    id,
    epoch: store.state().epoch,
    attempt: 1,
    tx: {
      hash: found.hash,
      bytes: new Uint8Array(),
      signer: found.signer,
      reserves: found.reserves,
      timeoutHeight: found.height,
      anchor: { height: found.height, hash: "" },
      fee: found.fee,
    },
    state: "pending",
    height: found.height,
    code: null,
    reason: null,
    changedAtMs: nowMs(),
  };
  return { ...row, n: store.addBatch(row), rev: 0 };
}
