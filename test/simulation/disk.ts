import type { GrantRow } from "../../workers/domain/access/grant.ts";
import type { AuditRow, DeniedRow } from "../../workers/domain/claim/operator-records.ts";
import {
  type BatchRow,
  type ClaimRow,
  type DispenserState,
  emptyState,
  type RetryRow,
} from "../../workers/domain/claim/records.ts";
import type { Tally } from "../../workers/domain/claim/tally.ts";
import type { OutgoingMessage } from "../../workers/domain/claim/watch-store.ts";

/** What one object has stored. Rows are replaced, never changed in place, so a copy of the lists is a backup. */
export type Image = {
  claims: ClaimRow[];
  batches: BatchRow[];
  retries: RetryRow[];
  nonces: readonly string[];
  audit: readonly AuditRow[];
  denied: readonly DeniedRow[];
  grants: readonly GrantRow[];
  tally: Tally | null;
  outgoing: readonly OutgoingMessage[];
  state: DispenserState;
  rev: number;
  alarmAtMs: number | null;
};

/**
 * The storage below an object. Writes are visible at once and durable only after a commit; a crash takes back
 * what was not. One holder at a time: a replaced one gets an exception at its first access.
 */
export class Disk {
  image: Image;
  holder = 0;
  /** Hashes of batches that are durable. */
  durable = new Set<string>();
  readonly #undo: (() => void)[] = [];
  #fresh: string[] = [];
  readonly claimById = new Map<string, ClaimRow>();
  readonly batchByHash = new Map<string, BatchRow>();

  constructor(generation: string) {
    const state = emptyState(generation);
    const lists = {
      claims: [],
      batches: [],
      retries: [],
      nonces: [],
      grants: [],
      audit: [],
      denied: [],
      outgoing: [],
      tally: null,
    };
    this.image = { ...lists, state, rev: 0, alarmAtMs: null };
  }

  /** Takes the storage over; what the last holder had not made durable is gone. */
  take(): number {
    this.rollback(0);
    this.holder += 1;
    return this.holder;
  }

  get mark(): number {
    return this.#undo.length;
  }

  note(undo: () => void, hash?: string): void {
    this.#undo.push(undo);
    if (hash) this.#fresh.push(hash);
  }

  /** Replaces one part of the image whole. */
  put<K extends keyof Image>(part: K, value: Image[K]): void {
    const before = this.image[part];
    this.image[part] = value;
    this.note(() => {
      this.image[part] = before;
    });
  }

  rollback(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()?.();
    this.#fresh = this.#fresh.filter((hash) => this.batchByHash.has(hash));
  }

  commit(): void {
    this.#undo.length = 0;
    for (const hash of this.#fresh) this.durable.add(hash);
    this.#fresh = [];
  }

  /** A copy of what is durable now. */
  backup(): Image {
    this.commit();
    const { claims, batches, retries, ...rest } = this.image;
    return { ...rest, claims: [...claims], batches: [...batches], retries: [...retries] };
  }

  restore(image: Image): void {
    this.image = { ...image, claims: [...image.claims], batches: [...image.batches], retries: [...image.retries] };
    this.#undo.length = 0;
    this.#fresh = [];
    this.claimById.clear();
    this.batchByHash.clear();
    for (const claim of this.image.claims) this.claimById.set(claim.id, claim);
    for (const batch of this.image.batches) this.batchByHash.set(batch.tx.hash, batch);
    this.durable = new Set(this.batchByHash.keys());
  }
}
