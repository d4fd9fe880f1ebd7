import type { Order, Standing, Tip } from "../chain/driver.ts";
import { submit } from "./broadcast.ts";
import { holdsAnchor } from "./guard.ts";
import { writeMemo } from "./memo.ts";
import { type Desk, tellOnce } from "./memory.ts";
import { affordable, costOf } from "./purse.ts";
import { isHeld, nextInLine, takeFromLine } from "./queue.ts";
import type { BatchRow, RetryRow } from "./records.ts";
import { tell } from "./settle.ts";
import { timeoutBlocks } from "./timeout.ts";

/** Then the next blocks are read: under a long line they would wait for ever otherwise. */
const BATCHES_A_ROUND = 4;

/** Signs what is in line, a few batches a block. Each is stored and durable before it goes out. */
export async function signBatches(desk: Desk, tip: Tip): Promise<void> {
  const { store, driver } = desk.ports;
  const { quarantine, deferred } = store.state();
  if (!desk.policy.maySign || isHeld(store) || !nextInLine(store, 1) || quarantine || deferred.length > 0) return;
  if (!isPaceDue(desk)) return;
  const standing = await driver.standing(driver.signer);
  tellOnce(desk, "account_missing", !standing, () => ({ signer: driver.signer }));
  if (!standing) {
    await holdsAnchor(desk);
    return;
  }
  if (!(await isExplained(desk, standing))) return;
  for (let signed = 0; signed < BATCHES_A_ROUND && isPaceDue(desk); signed += 1) {
    const line = nextInLine(store, driver.paymentsMax);
    if (!line || store.pendingBatches().length >= desk.policy.inFlightMax) return;
    if (!(await signOne(desk, tip, standing, line))) return;
  }
}

/** Batches are paced to about four a block, unless one would be full. */
function isPaceDue(desk: Desk): boolean {
  const { store, driver, nowMs } = desk.ports;
  const line = nextInLine(store, driver.paymentsMax);
  if (line && line.to - line.from + 1 >= driver.paymentsMax) return true;
  const paceMs = Math.min(2_000, Math.max(50, store.state().blockMs / 4));
  return nowMs() - desk.memory.signedAtMs >= paceMs;
}

/**
 * Whether all that the chain has seen of this signer is known here. If it has seen more, the blocks are read
 * first: the payment of a batch that this outbox does not hold may be among them.
 */
async function isExplained(desk: Desk, standing: Standing): Promise<boolean> {
  const { store, driver, log } = desk.ports;
  const { cursor, used } = store.state();
  if (!cursor) return false;
  const pending = store.pendingBatches();
  const held = pending.filter((batch) => batch.tx.signer === driver.signer).map((batch) => batch.tx.reserves);
  const mine = used[driver.signer];
  if (mine === undefined) {
    store.save({ used: { ...used, [driver.signer]: standing.used } });
  } else if (!driver.reservations.explains(mine, held, standing)) {
    if (cursor.height < standing.height) {
      desk.memory.walkThrough = Math.max(desk.memory.walkThrough, standing.height);
      return false;
    }
    log("foreign_transaction", { signer: driver.signer, known: mine, seen: standing.used, height: standing.height });
    store.save({ used: { ...used, [driver.signer]: driver.reservations.latest(mine, standing.used) } });
  }
  if (pending.length > 0 || standing.height <= cursor.height || desk.memory.walkThrough > cursor.height) return true;
  return jump(desk, standing.height);
}

/** Nothing is on its way and nothing is unexplained up to `height`: the blocks between need no reading. */
async function jump(desk: Desk, height: number): Promise<boolean> {
  const point = await desk.ports.driver.pointAt(height);
  // Asked after the new point was read: a reset between the two is seen here, one after both by the next look.
  if (!point || !(await holdsAnchor(desk))) return false;
  desk.ports.store.save({ cursor: point });
  return true;
}

async function signOne(desk: Desk, tip: Tip, standing: Standing, line: RetryRow): Promise<boolean> {
  const { store, driver, newId, nowMs } = desk.ports;
  const claims = await affordable(desk, store.claimsBetween(line.from, line.to));
  const last = claims.at(-1);
  if (!last) return false;
  const range = { from: line.from, to: last.seq };
  const { cursor, used, epoch } = store.state();
  if (!cursor) return false;
  const pending = store.pendingBatches().filter((batch) => batch.tx.signer === driver.signer);
  const signedAtMs = nowMs();
  const id = newId();
  const order: Order = {
    payments: claims.map((claim) => ({ recipient: claim.recipient, coins: claim.coins })),
    memo: writeMemo(desk.policy.deployment, { ...range, id, signedAtMs }),
    reserves: driver.reservations.next(
      used[driver.signer] ?? standing.used,
      pending.map((batch) => batch.tx.reserves),
    ),
    anchor: cursor,
    timeoutHeight: Math.max(tip.height, cursor.height) + timeoutBlocks(desk),
    attempt: line.attempt,
  };
  const tx = await driver.prepare(order);
  // An operator may have held the line meanwhile; what was prepared and is not stored never leaves the house.
  if (isHeld(store)) return false;
  const row = { ...range, id, epoch, tx, attempt: line.attempt, signedAtMs };
  const batch: Omit<BatchRow, "n" | "rev"> = {
    ...row,
    state: "pending",
    height: null,
    code: null,
    reason: null,
    changedAtMs: signedAtMs,
  };
  const n = store.atomically(() => {
    takeFromLine(store, range);
    return store.addBatch(batch);
  });
  await store.sync();
  desk.memory.signedAtMs = signedAtMs;
  desk.ports.log("batch_signed", {
    batch: id,
    hash: tx.hash,
    claims: claims.length,
    reserves: tx.reserves,
    timeoutHeight: tx.timeoutHeight,
  });
  const stored: BatchRow = { ...batch, n, rev: 0 };
  desk.memory.costs.set(n, costOf(stored, claims));
  tell(desk, stored, claims);
  await submit(desk, stored, tip);
  return true;
}
