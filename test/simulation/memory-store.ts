import type { GrantRow, GrantTable } from "../../workers/domain/access/grant.ts";
import type { DispenserStore } from "../../workers/domain/claim/ports.ts";
import type { BatchRow, ClaimRow, DispenserState, RetryRow } from "../../workers/domain/claim/records.ts";
import type { Disk } from "./disk.ts";
import { MemoryOperator } from "./memory-operator.ts";
import { MemoryWatch } from "./memory-watch.ts";

/** The holder was replaced: another object owns the storage now. */
export class Replaced extends Error {
  override name = "Replaced";
}

/** `DispenserStore` over a {@link Disk}; held to the same contract test as the SQLite store. */
export class MemoryStore implements DispenserStore {
  readonly #disk: Disk;
  readonly #holder: number;
  readonly #flush: () => Promise<void>;
  readonly operator = new MemoryOperator(() => this.#own);
  readonly watch = new MemoryWatch(() => this.#own);

  constructor(disk: Disk, flush: () => Promise<void> = () => Promise.resolve(), holder = disk.take()) {
    this.#disk = disk;
    this.#holder = holder;
    this.#flush = flush;
  }

  get #own(): Disk {
    if (this.#disk.holder !== this.#holder) throw new Replaced("another object holds the storage");
    return this.#disk;
  }

  atomically<T>(run: () => T): T {
    const disk = this.#own;
    const mark = disk.mark;
    try {
      return run();
    } catch (error) {
      if (this.#disk.holder === this.#holder) disk.rollback(mark);
      throw error;
    }
  }

  async sync(): Promise<void> {
    const disk = this.#own;
    await this.#flush();
    if (disk.holder !== this.#holder) throw new Replaced("another object holds the storage");
    disk.commit();
  }

  state(): DispenserState {
    return this.#own.image.state;
  }

  save(patch: Partial<DispenserState>): void {
    const disk = this.#own;
    const before = disk.image.state;
    disk.image.state = { ...before, ...patch };
    disk.note(() => {
      disk.image.state = before;
    });
  }

  addClaim(claim: Omit<ClaimRow, "seq">): number {
    const disk = this.#own;
    if (disk.claimById.has(claim.id)) throw new Error(`claim ${claim.id} is known`);
    const row = { ...claim, seq: this.lastSeq() + 1 };
    disk.image.claims.push(row);
    disk.claimById.set(row.id, row);
    disk.note(() => {
      disk.image.claims.pop();
      disk.claimById.delete(row.id);
    });
    return row.seq;
  }

  claimById(id: string): ClaimRow | null {
    return this.#own.claimById.get(id) ?? null;
  }

  latestClaimOf(recipient: string, epoch: number): ClaimRow | null {
    return this.#own.image.claims.findLast((row) => row.recipient === recipient && row.epoch === epoch) ?? null;
  }

  claimsOfCredential(credential: string, epoch: number, afterMs: number): ClaimRow[] {
    const counts = (row: ClaimRow) => row.epoch === epoch && row.createdAtMs > afterMs;
    return this.#own.image.claims.filter((row) => row.credential === credential && counts(row));
  }

  get grants(): GrantTable {
    const disk = this.#own;
    const rows = disk.image.grants;
    return {
      put: (grant) => putGrant(disk, grant),
      byId: (id) => rows.find((row) => row.id === id) ?? null,
      byHash: (hash) => rows.find((row) => row.hash === hash) ?? rows.find((row) => row.oldHash === hash) ?? null,
      list: (after, limit) => rows.filter((row) => row.id > after).slice(0, limit),
      count: () => rows.length,
    };
  }

  claimsBetween(from: number, to: number): ClaimRow[] {
    return this.#own.image.claims.filter((row) => row.seq >= from && row.seq <= to);
  }

  lastSeq(): number {
    return this.#own.image.claims.at(-1)?.seq ?? 0;
  }

  spendNonce(id: string): boolean {
    const disk = this.#own;
    const before = disk.image.nonces;
    if (before.includes(id)) return false;
    disk.image.nonces = [...before, id];
    disk.note(() => {
      disk.image.nonces = before;
    });
    return true;
  }

  addBatch(batch: Omit<BatchRow, "n" | "rev">): number {
    const disk = this.#own;
    const known = disk.batchByHash.has(batch.tx.hash) || disk.image.batches.some((row) => row.id === batch.id);
    if (known) throw new Error(`batch ${batch.id} is known`);
    const row = { ...batch, n: disk.image.batches.length + 1, rev: this.#nextRev() };
    disk.image.batches.push(row);
    disk.batchByHash.set(row.tx.hash, row);
    disk.note(() => {
      disk.image.batches.pop();
      disk.batchByHash.delete(row.tx.hash);
    }, row.tx.hash);
    return row.n;
  }

  markBatch(n: number, change: Parameters<DispenserStore["markBatch"]>[1]): void {
    const disk = this.#own;
    const before = disk.image.batches[n - 1];
    if (!before) throw new Error(`no batch ${n}`);
    const row = { ...before, ...change, rev: this.#nextRev() };
    disk.image.batches[n - 1] = row;
    disk.batchByHash.set(row.tx.hash, row);
    disk.note(() => {
      disk.image.batches[n - 1] = before;
      disk.batchByHash.set(before.tx.hash, before);
    });
  }

  pendingBatches(): BatchRow[] {
    return this.#own.image.batches.filter((row) => row.state === "pending");
  }

  batchByHash(hash: string): BatchRow | null {
    return this.#own.batchByHash.get(hash) ?? null;
  }

  batchCovering(seq: number): BatchRow | null {
    return this.#own.image.batches.findLast((row) => row.from <= seq && row.to >= seq) ?? null;
  }

  batchesAfterRev(rev: number, limit: number): BatchRow[] {
    const changed = this.#own.image.batches.filter((row) => row.rev > rev);
    return changed.sort((a, b) => a.rev - b.rev).slice(0, limit);
  }

  retries(): RetryRow[] {
    return [...this.#own.image.retries];
  }

  addRetry(retry: RetryRow): void {
    this.#setRetries([...this.#own.image.retries, retry].sort((a, b) => a.from - b.from));
  }

  removeRetry(from: number): void {
    this.#setRetries(this.#own.image.retries.filter((retry) => retry.from !== from));
  }

  /** The host's durable alarm; it becomes durable together with the rows. */
  setAlarm(atMs: number | null): void {
    const disk = this.#own;
    const before = disk.image.alarmAtMs;
    disk.image.alarmAtMs = atMs;
    disk.note(() => {
      disk.image.alarmAtMs = before;
    });
  }

  #setRetries(retries: RetryRow[]): void {
    const disk = this.#own;
    const before = disk.image.retries;
    disk.image.retries = retries;
    disk.note(() => {
      disk.image.retries = before;
    });
  }

  #nextRev(): number {
    const disk = this.#own;
    const before = disk.image.rev;
    disk.image.rev = before + 1;
    disk.note(() => {
      disk.image.rev = before;
    });
    return before + 1;
  }
}

function putGrant(disk: Disk, grant: GrantRow): void {
  const before = disk.image.grants;
  const others = before.filter((row) => row.id !== grant.id);
  if (others.some((row) => row.hash === grant.hash)) throw new Error("another grant has this hash");
  disk.image.grants = [...others, grant].sort((a, b) => (a.id < b.id ? -1 : 1));
  disk.note(() => {
    disk.image.grants = before;
  });
}
