import type { DispenserStore } from "../domain/claim/ports.ts";
import type { BatchRow, ClaimRow, DispenserState, RetryRow } from "../domain/claim/records.ts";
import { emptyState } from "../domain/claim/records.ts";
import { writeCoins } from "../domain/shared/coin.ts";
import type { StoredBatch, StoredClaim } from "./dispenser-rows.ts";
import { readBatch, readClaim, readState, writeState } from "./dispenser-rows.ts";
import { migrateDispenser } from "./dispenser-schema.ts";
import { SqliteGrants } from "./grants-sqlite.ts";
import { SqliteOperatorStore } from "./operator-sqlite.ts";
import { SqliteWatchStore } from "./watch-sqlite.ts";

/** The widest batch, in claims; bounds how far back the search for a covering batch looks. */
const batchWidthMax = 1_000;

/** A {@link DispenserStore} on a Durable Object's SQLite. Opening it brings the tables up to date. */
export class SqliteDispenserStore implements DispenserStore {
  readonly grants: SqliteGrants;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #empty: DispenserState;
  readonly operator: SqliteOperatorStore;
  readonly watch: SqliteWatchStore;
  /** What the row `state` says; null: not read yet, or not trusted after a rollback. */
  #state: { readonly value: DispenserState; readonly body: string } | null = null;
  /** What every claim asks for, kept from one to the next; null: to be read. */
  #lastSeq: number | null = null;
  #pending: readonly BatchRow[] | null = null;
  #retries: readonly RetryRow[] | null = null;

  constructor(storage: DurableObjectStorage, generation: string, nowMs: number) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#empty = emptyState(generation);
    this.grants = new SqliteGrants(storage.sql);
    this.operator = new SqliteOperatorStore(storage.sql);
    this.watch = new SqliteWatchStore(storage.sql);
    migrateDispenser(storage, nowMs);
  }

  atomically<T>(run: () => T): T {
    try {
      return this.#storage.transactionSync(run);
    } catch (error) {
      this.#state = null;
      this.#lastSeq = null;
      this.#pending = null;
      this.#retries = null;
      throw error;
    }
  }

  sync(): Promise<void> {
    return this.#storage.sync();
  }

  state(): DispenserState {
    if (!this.#state) {
      const row = this.#sql.exec<{ body: string }>("SELECT body FROM state").toArray()[0];
      this.#state = row
        ? { value: readState(row.body, this.#empty), body: row.body }
        : { value: this.#empty, body: "" };
    }
    return this.#state.value;
  }

  save(patch: Partial<DispenserState>): void {
    const value = { ...this.state(), ...patch };
    const body = writeState(value);
    if (body === this.#state?.body) return;
    this.#sql.exec("INSERT INTO state VALUES (1, ?) ON CONFLICT DO UPDATE SET body = excluded.body", body);
    this.#state = { value, body };
  }

  addClaim(claim: Omit<ClaimRow, "seq">): number {
    const seq = this.lastSeq() + 1;
    const { id, recipient, coins, epoch, createdAtMs, route, credential } = claim;
    this.#sql.exec(
      `INSERT INTO claims (seq, id, recipient, coins, epoch, created_at_ms, route, credential)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[seq, id, recipient, writeCoins(coins), epoch, createdAtMs, route, credential],
    );
    this.#lastSeq = seq;
    return seq;
  }

  claimById(id: string): ClaimRow | null {
    return this.#claims("WHERE id = ?", id)[0] ?? null;
  }

  latestClaimOf(recipient: string, epoch: number): ClaimRow | null {
    return this.#claims("WHERE recipient = ? AND epoch = ? ORDER BY seq DESC LIMIT 1", recipient, epoch)[0] ?? null;
  }

  claimsOfCredential(credential: string, epoch: number, afterMs: number): Pick<ClaimRow, "seq" | "createdAtMs">[] {
    const where = "credential = ? AND epoch = ? AND created_at_ms > ? ORDER BY seq";
    return this.#sql
      .exec<{ seq: number; created_at_ms: number }>(
        `SELECT seq, created_at_ms FROM claims WHERE ${where}`,
        ...[credential, epoch, afterMs],
      )
      .toArray()
      .map((row) => ({ seq: row.seq, createdAtMs: row.created_at_ms }));
  }

  claimsBetween(from: number, to: number): ClaimRow[] {
    return this.#claims("WHERE seq BETWEEN ? AND ? ORDER BY seq", from, to);
  }

  lastSeq(): number {
    this.#lastSeq ??= this.#number("SELECT coalesce(max(seq), 0) AS value FROM claims");
    return this.#lastSeq;
  }

  spendNonce(id: string, expiresAtMs: number, nowMs: number): boolean {
    this.#sql.exec("DELETE FROM nonces WHERE expires_at_ms < ?", nowMs);
    const { rowsWritten } = this.#sql.exec("INSERT INTO nonces VALUES (?, ?) ON CONFLICT DO NOTHING", id, expiresAtMs);
    return rowsWritten > 0;
  }

  addBatch(batch: Omit<BatchRow, "n" | "rev">): number {
    if (batch.to < batch.from || batch.to - batch.from >= batchWidthMax) {
      throw new Error(`a batch of claims ${batch.from} to ${batch.to} is empty or too wide`);
    }
    this.#pending = null;
    const n = this.#number("SELECT coalesce(max(n), 0) + 1 AS value FROM batches");
    const { tx } = batch;
    this.#sql.exec(
      "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[n, batch.id, batch.epoch, batch.from, batch.to],
      ...[tx.hash, tx.bytes, tx.signer, tx.reserves, tx.timeoutHeight, tx.anchor.height, tx.anchor.hash],
      ...[writeCoins(tx.fee), batch.attempt, batch.signedAtMs],
      ...[batch.state, batch.height, batch.code, batch.reason, batch.changedAtMs, this.#nextRev()],
    );
    return n;
  }

  markBatch(n: number, change: Parameters<DispenserStore["markBatch"]>[1]): void {
    const fields: [string, string | number | null][] = [
      ["state = ?", change.state],
      ["changed_at_ms = ?", change.changedAtMs],
      ["rev = ?", this.#nextRev()],
    ];
    if (change.height !== undefined) fields.push(["height = ?", change.height]);
    if (change.code !== undefined) fields.push(["code = ?", change.code]);
    if (change.reason !== undefined) fields.push(["reason = ?", change.reason]);
    this.#pending = null;
    const assignments = fields.map(([assignment]) => assignment).join(", ");
    const { rowsWritten } = this.#sql.exec(
      `UPDATE batches SET ${assignments} WHERE n = ?`,
      ...fields.map(([, value]) => value),
      n,
    );
    if (rowsWritten === 0) throw new Error(`no batch ${n}`);
  }

  pendingBatches(): BatchRow[] {
    this.#pending ??= this.#batches("WHERE state = 'pending' ORDER BY n");
    return [...this.#pending];
  }

  batchByHash(hash: string): BatchRow | null {
    return this.#batches("WHERE hash = ?", hash)[0] ?? null;
  }

  batchCovering(seq: number): BatchRow | null {
    // A batch signed later is never wider than the one it follows, so the innermost is the newest.
    const found = this.#batches(
      "WHERE from_seq BETWEEN ? AND ? AND to_seq >= ? ORDER BY from_seq DESC, n DESC LIMIT 1",
      ...[seq - batchWidthMax + 1, seq, seq],
    );
    return found[0] ?? null;
  }

  batchesAfterRev(rev: number, limit: number): BatchRow[] {
    return this.#batches("WHERE rev > ? ORDER BY rev LIMIT ?", rev, limit);
  }

  retries(): RetryRow[] {
    this.#retries ??= this.#sql
      .exec<{ from_seq: number; to_seq: number; attempt: number }>("SELECT * FROM retries ORDER BY from_seq")
      .toArray()
      .map((row) => ({ from: row.from_seq, to: row.to_seq, attempt: row.attempt }));
    return [...this.#retries];
  }

  addRetry(retry: RetryRow): void {
    this.#retries = null;
    this.#sql.exec("INSERT INTO retries VALUES (?, ?, ?)", retry.from, retry.to, retry.attempt);
  }

  removeRetry(from: number): void {
    this.#retries = null;
    this.#sql.exec("DELETE FROM retries WHERE from_seq = ?", from);
  }

  #nextRev(): number {
    return this.#number("SELECT coalesce(max(rev), 0) + 1 AS value FROM batches");
  }

  #number(query: string): number {
    return this.#sql.exec<{ value: number }>(query).one().value;
  }

  #claims(where: string, ...values: (string | number)[]): ClaimRow[] {
    return this.#sql
      .exec<StoredClaim>(`SELECT * FROM claims ${where}`, ...values)
      .toArray()
      .map(readClaim);
  }

  #batches(where: string, ...values: (string | number)[]): BatchRow[] {
    return this.#sql
      .exec<StoredBatch>(`SELECT * FROM batches ${where}`, ...values)
      .toArray()
      .map(readBatch);
  }
}
