import type { Desk } from "./memory.ts";

const CLAIMS_A_WRITE = 1_000;
const BATCHES_A_WRITE = 100;
const PAUSE_MS = 500;

/** Whether the read model lacks anything. */
export function isProjected(desk: Desk): boolean {
  const { store } = desk.ports;
  const { projectedSeq, projectedRev } = store.state();
  return store.lastSeq() <= projectedSeq && store.batchesAfterRev(projectedRev, 1).length === 0;
}

/** When the oldest of what the read model lacks came to be; null: it lacks nothing. */
export function unprojectedAtMs({ ports: { store } }: Desk): number | null {
  const { projectedSeq, projectedRev } = store.state();
  const claims = store.claimsBetween(projectedSeq + 1, projectedSeq + 1).map(({ createdAtMs }) => createdAtMs);
  const batches = store.batchesAfterRev(projectedRev, 1).map(({ changedAtMs }) => changedAtMs);
  const lacking = [...claims, ...batches];
  return lacking.length === 0 ? null : Math.min(...lacking);
}

/**
 * Sends new claims and changed batches to the read model, by cursor, a bounded piece at a time. It runs beside
 * the payments and never holds them up; a failure is told and tried again later.
 */
export async function project(desk: Desk): Promise<void> {
  const { store, readModel, nowMs, log } = desk.ports;
  const { memory } = desk;
  if (memory.projecting || nowMs() - memory.projectedAtMs < PAUSE_MS) return;
  memory.projecting = true;
  memory.projectedAtMs = nowMs();
  try {
    if (isProjected(desk)) return;
    const { projectedSeq, projectedRev } = store.state();
    const claimsTo = Math.min(store.lastSeq(), projectedSeq + CLAIMS_A_WRITE);
    const claims = store.claimsBetween(projectedSeq + 1, claimsTo);
    const batches = store.batchesAfterRev(projectedRev, BATCHES_A_WRITE);
    await store.sync();
    await readModel.write({ claims, batches });
    store.save({ projectedSeq: claimsTo, projectedRev: batches.at(-1)?.rev ?? projectedRev });
  } catch (error) {
    log("projection_failed", { error: error instanceof Error ? error.message.slice(0, 200) : "unknown" });
  } finally {
    memory.projecting = false;
  }
}
