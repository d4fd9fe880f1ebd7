import type { Claim, ClaimState } from "./claim.ts";
import type { DispenserStore } from "./ports.ts";
import { placeInLine } from "./queue.ts";
import type { BatchRow, ClaimRow } from "./records.ts";

/** A claim's state follows from the newest batch that covers it; null: none ever did. */
export function claimState(batch: Pick<BatchRow, "state" | "code"> | null): ClaimState {
  switch (batch?.state) {
    case undefined:
    case "dead":
      return "queued";
    case "pending":
      return "submitted";
    case "paid":
      return "confirmed";
    case "failed":
      return batch?.code == null ? "queued" : "failed";
  }
}

/** Builds what the owner sees of a claim. `place` is used only while it is queued. */
export function viewClaim(chainId: string, row: ClaimRow, batch: BatchRow | null, place: () => number): Claim {
  const state = claimState(batch);
  const base = {
    id: row.id,
    chainId,
    address: row.recipient,
    state,
    drips: row.coins,
    createdAtMs: row.createdAtMs,
    updatedAtMs: batch?.changedAtMs ?? row.createdAtMs,
  };
  if (state === "queued" || !batch) return { ...base, queuePosition: place() };
  return {
    ...base,
    txHash: batch.tx.hash,
    ...(batch.height !== null && state !== "submitted" ? { height: batch.height } : {}),
    ...(state === "failed" && batch.code !== null ? { code: batch.code } : {}),
    ...(state === "failed" && batch.reason !== null ? { reason: batch.reason } : {}),
  };
}

/** Reads a claim's view from the store. */
export function readClaim(store: DispenserStore, chainId: string, row: ClaimRow): Claim {
  return viewClaim(chainId, row, store.batchCovering(row.seq), () => placeInLine(store, row.seq));
}
