import type { ReadModelRows } from "../../workers/domain/claim/ports.ts";
import type { BatchRow, ClaimRow } from "../../workers/domain/claim/records.ts";

/** The read model in memory, by the rules of its port: an older row never replaces a newer one. */
export class Projected {
  readonly claims = new Map<number, ClaimRow>();
  readonly batches = new Map<number, BatchRow>();

  write(rows: ReadModelRows): void {
    for (const claim of rows.claims) {
      if (claim.createdAtMs >= (this.claims.get(claim.seq)?.createdAtMs ?? 0)) this.claims.set(claim.seq, claim);
    }
    for (const batch of rows.batches) {
      if (batch.changedAtMs >= (this.batches.get(batch.n)?.changedAtMs ?? 0)) this.batches.set(batch.n, batch);
    }
  }
}
