import type { BatchRow, ClaimRow } from "../../workers/domain/claim/records.ts";
import type { Disk } from "./disk.ts";
import { MemoryStore } from "./memory-store.ts";

/** What only a witness above it all can know. It is never rolled back. */
export class Witness {
  /** By transaction hash: the claims that it was signed for. */
  readonly signedFor = new Map<string, readonly ClaimRow[]>();
  readonly forgotten = new Set<string>();
  readonly forgottenHashes = new Set<string>();
  readonly violations: string[] = [];
  readonly log: string[] = [];
}

/** Tells the witness for which claims each transaction was signed. */
export class WitnessedStore extends MemoryStore {
  readonly #witness: Witness;

  constructor(disk: Disk, witness: Witness, flush: () => Promise<void>) {
    super(disk, flush);
    this.#witness = witness;
  }

  override addBatch(batch: Omit<BatchRow, "n" | "rev">): number {
    const n = super.addBatch(batch);
    // What was found in a block and taken in has no bytes: nothing was signed for it.
    const signed = batch.tx.bytes.length > 0;
    if (signed && this.state().pause?.drain === false)
      this.#witness.violations.push(`4: ${batch.id} was signed while held`);
    if (!this.#witness.signedFor.has(batch.tx.hash)) {
      this.#witness.signedFor.set(batch.tx.hash, this.claimsBetween(batch.from, batch.to));
    }
    return n;
  }
}
