import type { DispenserStore } from "./ports.ts";
import type { ClaimRow, Range, RetryRow } from "./records.ts";

/** The claims that the next batch pays: those that wait for another batch first, then fresh ones. Null: none. */
export function nextInLine(store: DispenserStore, claimsMax: number): RetryRow | null {
  const retry = store.retries()[0];
  if (retry) return { ...retry, to: Math.min(retry.to, retry.from + claimsMax - 1) };
  const from = store.state().fresh;
  const to = Math.min(store.lastSeq(), from + claimsMax - 1);
  return to < from ? null : { from, to, attempt: 1 };
}

/** Whether an operator holds the line: nothing new is signed. */
export function isHeld(store: DispenserStore): boolean {
  return store.state().pause?.drain === false;
}

/** Takes a range out of the line, from wherever in it; what stands around it keeps its place. */
export function takeFromLine(store: DispenserStore, range: Range): void {
  for (const retry of store.retries()) {
    if (retry.to < range.from || retry.from > range.to) continue;
    store.removeRetry(retry.from);
    if (retry.from < range.from) store.addRetry({ ...retry, to: range.from - 1 });
    if (retry.to > range.to) store.addRetry({ ...retry, from: range.to + 1 });
  }
  const { fresh } = store.state();
  if (range.to < fresh) return;
  if (fresh < range.from) store.addRetry({ from: fresh, to: range.from - 1, attempt: 1 });
  store.save({ fresh: range.to + 1 });
}

/** Puts the halves of a failed batch back, so that one bad recipient is found in log₂ steps. */
export function bisect(store: DispenserStore, range: Range, claims: readonly ClaimRow[]): void {
  const middle = claims[Math.floor(claims.length / 2)];
  if (!middle || claims.length < 2) throw new Error(`nothing to bisect in ${range.from}-${range.to}`);
  store.addRetry({ from: range.from, to: middle.seq - 1, attempt: 1 });
  store.addRetry({ from: middle.seq, to: range.to, attempt: 1 });
}

/** How many wait in line. */
export function lineLength(store: DispenserStore): number {
  const retrying = store.retries().reduce((sum, retry) => sum + retry.to - retry.from + 1, 0);
  return retrying + Math.max(0, store.lastSeq() - store.state().fresh + 1);
}

/** How many are in a batch on its way. */
export function claimsOnTheWay(store: DispenserStore): number {
  return store.pendingBatches().reduce((sum, batch) => sum + batch.to - batch.from + 1, 0);
}

/** The place of a queued claim: 1 is next. */
export function placeInLine(store: DispenserStore, seq: number): number {
  let ahead = 0;
  for (const retry of store.retries()) {
    if (seq >= retry.from && seq <= retry.to) return ahead + seq - retry.from + 1;
    ahead += retry.to - retry.from + 1;
  }
  return ahead + Math.max(0, seq - store.state().fresh) + 1;
}

/** Whether a place is in line now. */
export function isInLine(store: DispenserStore, seq: number): boolean {
  if (seq >= store.state().fresh) return true;
  return store.retries().some((retry) => seq >= retry.from && seq <= retry.to);
}
