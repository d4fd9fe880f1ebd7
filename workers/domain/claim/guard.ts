import type { Point, Tip } from "../chain/driver.ts";
import type { Desk } from "./memory.ts";
import { settleDead } from "./settle.ts";
import { timeoutBlocks } from "./timeout.ts";

/** Clocks of chain and dispenser may differ by this much. */
const CLOCK_SKEW_MS = 10_000;

/**
 * Begins to follow a chain that this dispenser has not seen; its earliest block, while nodes keep it, is a second
 * anchor. Nothing of ours can be in blocks up to here; but a backup from before the first look may have forgotten
 * payments anywhere, so then all that the node has is read.
 */
export function attach(desk: Desk, tip: Tip): void {
  const { store, log } = desk.ports;
  if (store.state().cursor) return;
  const cursor = store.state().quarantine ? tip.earliest : { height: tip.height, hash: tip.hash };
  store.save({ root: tip.earliest, cursor, cursorTimeMs: 0 });
  log("chain_attached", { height: tip.height, hash: tip.hash, root: tip.earliest.hash });
}

/**
 * A height that falls is a lagging endpoint, until another hash is seen at a height that was anchored: then the
 * chain was reset. Answers the anchor that no longer holds.
 */
export async function findReset(desk: Desk, tip: Tip): Promise<{ anchor: Point; seenHash: string } | null> {
  const { cursor, root } = desk.ports.store.state();
  if (!cursor || tip.height > cursor.height) return null;
  const anchors = [
    cursor,
    ...desk.ports.store.pendingBatches().map((batch) => batch.tx.anchor),
    ...(root ? [root] : []),
  ];
  for (const anchor of distinct(anchors).filter(({ height }) => height <= tip.height)) {
    const seenHash = anchor.height === tip.height ? tip.hash : (await desk.ports.driver.pointAt(anchor.height))?.hash;
    if (seenHash !== undefined && seenHash !== anchor.hash) return { anchor, seenHash };
    if (seenHash === anchor.hash) return null;
  }
  return null;
}

function distinct(anchors: readonly Point[]): Point[] {
  const known = anchors.filter((anchor) => anchor.hash !== "");
  return [...new Map(known.map((anchor) => [anchor.height, anchor])).values()].sort((a, b) => b.height - a.height);
}

/**
 * Whether the block where the cursor stands is still the chain's; halts when it is not. A walk proves this by its
 * links; where none is needed it is asked for. A block that was pruned meanwhile proves nothing either way.
 */
export async function holdsAnchor(desk: Desk): Promise<boolean> {
  const { cursor } = desk.ports.store.state();
  const seen = cursor && (await desk.ports.driver.pointAt(cursor.height));
  if (!cursor || !seen || seen.hash === cursor.hash) return true;
  await halt(desk, cursor, seen.hash);
  return false;
}

/** Stops signing and broadcasting, and says so. Claims wait. */
export async function halt(desk: Desk, anchor: Point, seenHash: string): Promise<void> {
  const { store, driver, nowMs, log } = desk.ports;
  const detail =
    `block ${anchor.height} was ${anchor.hash} and is now ${seenHash}: the chain was reset. ` +
    "Old transactions could be replayed, so set a new faucet key or give the chain a new chain id.";
  store.save({ halt: { code: "chain_reset", detail, anchor, signer: driver.signer, sinceMs: nowMs() } });
  await store.sync();
  log("dispenser_halted", { reason: "chain_reset", height: anchor.height, expected: anchor.hash, seen: seenHash });
}

/**
 * Whether a halted dispenser may go on: the anchored block is back (an endpoint had shown another chain), or the
 * operator has set a new key, with which nothing old can be replayed.
 */
export async function mayResume(desk: Desk): Promise<boolean> {
  const { store, driver, log } = desk.ports;
  const { halt: held, epoch, quarantine } = store.state();
  if (!held) return true;
  const seen = await driver.pointAt(held.anchor.height);
  if (seen?.hash === held.anchor.hash) {
    store.save({ halt: null });
    log("dispenser_resumed", { reason: "anchor_is_back", height: seen.height });
    return true;
  }
  if (driver.signer === held.signer || !desk.policy.maySign) return false;
  store.atomically(() => {
    for (const batch of store.pendingBatches()) settleDead(desk, batch, "its chain was reset");
    store.save({
      epoch: epoch + 1,
      halt: null,
      root: null,
      cursor: null,
      used: {},
      balance: [],
      balanceAtMs: 0,
      // A life that a backup forgot may have paid on the new chain already.
      quarantine: quarantine && { ...quarantine, untilHeight: null },
      deferred: [],
    });
  });
  await store.sync();
  desk.memory.standings.clear();
  desk.memory.walkThrough = 0;
  log("dispenser_resumed", { reason: "new_key", epoch: epoch + 1, signer: driver.signer });
  return true;
}

/**
 * After a restored backup (the operator raised the generation) forgotten transactions may still be on their way.
 * Nothing is signed until every block was read in which they could be: a block made after the restore tells the
 * true height, however much the nodes lag, and from there their timeouts bound it.
 */
export function keepQuarantine(desk: Desk): void {
  const { store, nowMs, log } = desk.ports;
  const state = store.state();
  if (state.generation !== desk.policy.generation) {
    const fresh = state.cursor === null && store.lastSeq() === 0;
    store.save({
      generation: desk.policy.generation,
      quarantine: fresh ? null : { sinceMs: nowMs(), untilHeight: null },
    });
    if (!fresh) log("quarantine_begun", { generation: desk.policy.generation });
    return;
  }
  const { quarantine, cursor, cursorTimeMs } = state;
  if (!quarantine || !cursor) return;
  if (quarantine.untilHeight === null) {
    if (cursorTimeMs <= quarantine.sinceMs + CLOCK_SKEW_MS) return;
    const untilHeight = cursor.height + 2 * timeoutBlocks(desk);
    store.save({ quarantine: { ...quarantine, untilHeight } });
    log("quarantine_bounded", { untilHeight });
  } else if (cursor.height >= quarantine.untilHeight) {
    store.save({ quarantine: null });
    log("quarantine_ended", { height: cursor.height });
  }
}
