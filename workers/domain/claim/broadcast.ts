import type { Tip } from "../chain/driver.ts";
import type { Desk } from "./memory.ts";
import type { BatchRow } from "./records.ts";

/** Unseen bytes go out again after so many blocks, or so much time on a chain that stands still. */
const AGAIN_BLOCKS = 2;
const AGAIN_MS = 15_000;

/**
 * Sends the same bytes again, in the order in which the chain takes them, for every batch that no block holds
 * yet. What nodes answered before does not matter: no answer says paid or dead.
 */
export async function rebroadcast(desk: Desk, tip: Tip): Promise<void> {
  const { store, driver, nowMs } = desk.ports;
  const waiting = store
    .pendingBatches()
    .filter((batch) => batch.height === null)
    .sort((a, b) => driver.reservations.compare(a.tx.reserves, b.tx.reserves) || a.n - b.n);
  for (const batch of waiting) {
    const last = desk.memory.sent.get(batch.tx.hash);
    const due = !last || tip.height >= last.height + AGAIN_BLOCKS || nowMs() - last.atMs >= AGAIN_MS;
    if (due) await submit(desk, batch, tip);
  }
}

/** Sends stored bytes. The answer is written to the log, and decides nothing. */
export async function submit(desk: Desk, batch: BatchRow, tip: Tip): Promise<void> {
  desk.memory.sent.set(batch.tx.hash, { height: tip.height, atMs: desk.ports.nowMs() });
  const answer = await desk.ports.driver.submit(batch.tx);
  const told =
    "unreachable" in answer ? { unreachable: answer.unreachable } : { code: answer.code, answer: answer.log };
  desk.ports.log("batch_submitted", { batch: batch.id, hash: batch.tx.hash, height: tip.height, ...told });
}
