import type { Found, Standing, Tip, Walk } from "../chain/driver.ts";
import { adopt, readDeferred } from "./adopt.ts";
import { memoMark } from "./memo.ts";
import type { Desk } from "./memory.ts";
import type { BatchRow } from "./records.ts";
import { settleDead, settleFailed, settleIncluded } from "./settle.ts";

/** Blocks read in one round; the next round goes on. */
const WALK_LIMIT = 200;

/** Whether blocks must be read: something of ours may be in them. */
export function mustWalk(desk: Desk): boolean {
  const { cursor, quarantine, deferred } = desk.ports.store.state();
  if (!cursor) return false;
  if (quarantine !== null || deferred.length > 0) return true;
  return cursor.height < desk.memory.walkThrough || desk.ports.store.pendingBatches().length > 0;
}

/**
 * Reads blocks from the cursor on and settles what is found. This one linear walk is the proof of everything: a
 * batch is signed on top of the cursor, so when the cursor has passed its last height unseen, no block holds it.
 * Answers what is broken when the nodes show another block where the cursor stands.
 */
export async function walkOn(desk: Desk, tip: Tip): Promise<Walk["broken"] | null> {
  const { store, driver } = desk.ports;
  const { cursor } = store.state();
  if (!cursor || tip.height <= cursor.height) return null;
  const watch = new Set(store.pendingBatches().map((batch) => batch.tx.hash));
  const mark = memoMark(desk.policy.deployment);
  const walk = await driver.walk(cursor, tip.height, WALK_LIMIT, watch, mark);
  if (walk.broken) return walk.broken;
  if (walk.cursor.height === cursor.height) return null;
  store.atomically(() => {
    for (const found of walk.found) settleFound(desk, found);
    store.save({ cursor: walk.cursor, cursorTimeMs: walk.timeMs });
  });
  return null;
}

function settleFound(desk: Desk, found: Found): void {
  const { store, driver, log } = desk.ports;
  const batch = store.batchByHash(found.hash);
  const paid = found.outcome.code === 0;
  if (batch && batch.state !== "pending") {
    if (batch.state !== "paid" && paid) log("paid_after_verdict", { batch: batch.id, hash: found.hash });
    return;
  }
  const ours = batch !== null || found.signer === driver.signer || found.signer in store.state().used;
  if (paid && ours) noteUsed(desk, found.signer, found.reserves, found.height, found.hash);
  const included = batch ?? adopt(desk, found);
  if (included) settleIncluded(desk, included, found.height, found.outcome);
}

/** Tries again what could not be judged: its outcome was unknown, or one of its claims was in a batch on its way. */
export async function settleDeferred(desk: Desk): Promise<void> {
  const { store } = desk.ports;
  if (store.state().deferred.length === 0) return;
  for (const { hash, found } of await readDeferred(desk)) {
    store.atomically(() => {
      store.save({ deferred: store.state().deferred.filter((entry) => entry.hash !== hash) });
      if (found) settleFound(desk, found);
    });
  }
}

/** What a block proves to be used up: it moves the signer on, and kills whatever else wanted the same. */
function noteUsed(desk: Desk, signer: string, reserves: string, height: number, hash: string): void {
  const { store, driver } = desk.ports;
  const used = driver.reservations.after(store.state().used[signer] ?? null, reserves);
  store.save({ used: { ...store.state().used, [signer]: used } });
  for (const other of store.pendingBatches()) {
    if (other.tx.hash === hash) continue;
    buryIfDead(desk, other, height, other.tx.signer === signer ? { signer, height, used } : undefined);
  }
}

/** Batches that the cursor has outlived are dead; so are those whose reserves something else used up below it. */
export function buryDead(desk: Desk): void {
  const { store } = desk.ports;
  const { cursor } = store.state();
  if (!cursor) return;
  for (const standing of desk.memory.standings.values()) {
    if (standing.height <= cursor.height) noteStanding(desk, standing);
  }
  for (const batch of store.pendingBatches()) {
    store.atomically(() => buryIfDead(desk, batch, cursor.height, desk.memory.standings.get(batch.tx.signer)));
  }
}

/** All blocks below it were read, so what the standing shows beyond our own was used up by someone else. */
function noteStanding(desk: Desk, standing: Standing): void {
  const { store, driver, log } = desk.ports;
  const { used } = store.state();
  const known = used[standing.signer];
  if (known === undefined || driver.reservations.explains(known, [], standing)) return;
  store.save({ used: { ...used, [standing.signer]: driver.reservations.latest(known, standing.used) } });
  log("used_by_another", { signer: standing.signer, known, seen: standing.used, height: standing.height });
}

/** `through`: every block up to this height was read, and what it held of ours is settled. */
function buryIfDead(desk: Desk, batch: BatchRow, through: number, standing: Standing | undefined): void {
  if (batch.height !== null) return;
  if (through > batch.tx.timeoutHeight || (through === batch.tx.timeoutHeight && isWholeBlock(desk, through))) {
    settleDead(desk, batch, `read through its timeout height ${batch.tx.timeoutHeight}`);
    return;
  }
  if (!standing || standing.height > through) return;
  if (!desk.ports.driver.reservations.spent(batch.tx.reserves, standing)) return;
  settleDead(desk, batch, `its ${batch.tx.reserves} was used by another transaction up to height ${standing.height}`);
}

/** Inside a walk the block at hand is still being settled; only the cursor says that all of it was read. */
function isWholeBlock(desk: Desk, height: number): boolean {
  return (desk.ports.store.state().cursor?.height ?? 0) >= height;
}

/**
 * Settles batches that a block holds without having paid them. A code alone is no verdict: a transaction that was
 * refused before its messages ran has used up nothing and may be included again, so the account must show its
 * reserves as used up, at a height up to which all blocks were read. Otherwise it counts as never included.
 */
export async function askOutcomes(desk: Desk, tip: Tip): Promise<void> {
  const { store, driver, log } = desk.ports;
  for (const batch of store.pendingBatches()) {
    const { height } = batch;
    if (height === null || desk.memory.asked.get(batch.tx.hash) === tip.height) continue;
    desk.memory.asked.set(batch.tx.hash, tip.height);
    const outcome = await driver.outcome(batch.tx.hash, height);
    if (outcome.code === null) continue;
    if (outcome.code === 0) {
      store.atomically(() => {
        noteUsed(desk, batch.tx.signer, batch.tx.reserves, height, batch.tx.hash);
        settleIncluded(desk, batch, height, outcome);
      });
      continue;
    }
    const standing = await driver.standing(batch.tx.signer);
    const walkedTo = store.state().cursor?.height ?? 0;
    if (!standing || standing.height < height || standing.height > walkedTo) {
      desk.memory.asked.delete(batch.tx.hash);
      continue;
    }
    if (driver.reservations.spent(batch.tx.reserves, standing)) {
      store.atomically(() => {
        noteUsed(desk, batch.tx.signer, batch.tx.reserves, height, batch.tx.hash);
        settleFailed(desk, batch, height, outcome);
      });
    } else {
      log("included_without_effect", { batch: batch.id, hash: batch.tx.hash, height, code: outcome.code });
      store.markBatch(batch.n, { state: "pending", height: null, changedAtMs: desk.ports.nowMs() });
    }
  }
}

/** Reads the standing of every signer whose batches have waited for more than one block. */
export async function readStandings(desk: Desk): Promise<void> {
  const { store, driver } = desk.ports;
  const { cursor } = store.state();
  if (!cursor) return;
  const waiting = store
    .pendingBatches()
    .filter((batch) => batch.height === null && cursor.height > batch.tx.anchor.height + 1);
  for (const signer of new Set(waiting.map((batch) => batch.tx.signer))) {
    const last = desk.memory.standings.get(signer);
    if (last && last.height >= cursor.height) continue;
    const standing = await driver.standing(signer);
    if (standing) desk.memory.standings.set(signer, standing);
  }
}
