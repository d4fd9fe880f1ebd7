import { type ClientLook, type ClientNetwork, clientWindowMs } from "../domain/access/client.ts";
import type { ClientVerdict, HeldClaim } from "../domain/access/client-counts.ts";

/**
 * All rows are of the last day, and tables of another shape would get other names. Without row ids: each of these
 * rows is one row written.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS counts (
    key TEXT NOT NULL, at_ms INTEGER NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (key, at_ms, claim)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS holds (
    claim TEXT NOT NULL, hold TEXT NOT NULL, at_ms INTEGER NOT NULL, keys TEXT NOT NULL, PRIMARY KEY (claim, hold)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notes (
    claim TEXT NOT NULL, hold TEXT NOT NULL, at_ms INTEGER NOT NULL, shard INTEGER NOT NULL, PRIMARY KEY (claim, hold)
  ) STRICT, WITHOUT ROWID;`;

/**
 * Clients' claims of the last day, in one object's SQLite. A count is how many rows there are, so giving back deletes
 * rows and can't free more than was taken. A claim costs a row for each prefix, one for its hold, one for its note.
 */
export class SqliteClientCounts {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(tables);
  }

  take({ claim, hold }: HeldClaim, networks: readonly ClientNetwork[], nowMs: number): ClientVerdict {
    return this.#storage.transactionSync(() => {
      const known = this.#held(claim, nowMs - clientWindowMs);
      if (known) {
        this.#sql("INSERT OR IGNORE INTO holds VALUES (?, ?, ?, ?)", claim, hold, known.at_ms, known.keys);
        return { ok: true };
      }
      const full = this.#fullLongest(networks, nowMs);
      if (full) return { ok: false, ...full };
      const keys = networks.map((network) => network.key);
      this.#sql("DELETE FROM holds WHERE claim = ?", claim);
      this.#sql("INSERT INTO holds VALUES (?, ?, ?, ?)", claim, hold, nowMs, JSON.stringify(keys));
      for (const key of keys) this.#sql("INSERT OR IGNORE INTO counts VALUES (?, ?, ?)", key, nowMs, claim);
      return { ok: true };
    });
  }

  look(networks: readonly ClientNetwork[], nowMs: number): ClientLook {
    const query = "SELECT count(*) AS n FROM (SELECT 1 FROM counts WHERE key = ? AND at_ms > ? LIMIT ?)";
    const counts = networks.map(
      ({ key, max }) => this.#sql<{ n: number }>(query, key, nowMs - clientWindowMs, max).one().n,
    );
    return { counts, full: this.#fullLongest(networks, nowMs) };
  }

  release(claim: string, hold: string | null): void {
    this.#storage.transactionSync(() => {
      const held = this.#held(claim, 0);
      if (!held) return;
      this.#sql("DELETE FROM holds WHERE claim = ?1 AND (?2 IS NULL OR hold = ?2)", claim, hold);
      if (this.#held(claim, 0)) return;
      for (const key of JSON.parse(held.keys) as string[]) {
        this.#sql("DELETE FROM counts WHERE key = ? AND at_ms = ? AND claim = ?", key, held.at_ms, claim);
      }
    });
  }

  note({ claim, hold }: HeldClaim, shard: number, nowMs: number): void {
    this.#sql("INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?)", claim, hold, nowMs, shard);
  }

  noted(claim: string): number[] {
    const rows = this.#sql<{ shard: number }>("SELECT DISTINCT shard FROM notes WHERE claim = ?", claim);
    return rows.toArray().map((row) => row.shard);
  }

  forget(claim: string, hold: string | null): void {
    this.#sql("DELETE FROM notes WHERE claim = ?1 AND (?2 IS NULL OR hold = ?2)", claim, hold);
  }

  /** Deletes rows that no longer count, at most `most` of each table. Answers which rows there still are. */
  sweep(nowMs: number, most: number): "old" | "live" | "none" {
    const before = nowMs - clientWindowMs;
    const keysOf = { counts: "key, at_ms, claim", holds: "claim, hold", notes: "claim, hold" };
    for (const [table, keys] of Object.entries(keysOf)) {
      const old = `SELECT ${keys} FROM ${table} WHERE at_ms <= ? LIMIT ?`;
      this.#sql(`DELETE FROM ${table} WHERE (${keys}) IN (${old})`, before, most);
    }
    const left = (where: string) =>
      Object.keys(keysOf).some((table) => this.#sql(`SELECT 1 FROM ${table} ${where} LIMIT 1`).toArray().length > 0);
    if (left(`WHERE at_ms <= ${before}`)) return "old";
    return left("") ? "live" : "none";
  }

  #held(claim: string, afterMs: number): { at_ms: number; keys: string } | undefined {
    const query = "SELECT at_ms, keys FROM holds WHERE claim = ? AND at_ms > ? LIMIT 1";
    return this.#sql<{ at_ms: number; keys: string }>(query, claim, afterMs).toArray()[0];
  }

  #fullLongest(networks: readonly ClientNetwork[], nowMs: number): ClientLook["full"] {
    const full = networks.flatMap((network) => this.#full(network, nowMs));
    return full.sort((a, b) => b.retryAtMs - a.retryAtMs)[0] ?? null;
  }

  /** A network is full when its newest `max` claims are all of the last day: until the oldest of those is not. */
  #full({ key, width, max }: ClientNetwork, nowMs: number): { width: string; retryAtMs: number }[] {
    const query = "SELECT at_ms FROM counts WHERE key = ? AND at_ms > ? ORDER BY at_ms DESC LIMIT 1 OFFSET ?";
    const rows = this.#sql<{ at_ms: number }>(query, key, nowMs - clientWindowMs, max - 1).toArray();
    return rows.map((row) => ({ width, retryAtMs: row.at_ms + clientWindowMs }));
  }

  #sql<T extends Record<string, SqlStorageValue>>(query: string, ...values: (string | number | null)[]) {
    return this.#storage.sql.exec<T>(query, ...values);
  }
}
