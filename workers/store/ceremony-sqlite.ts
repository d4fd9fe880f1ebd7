import type { CeremonyStore, Dissent, DissentStore, Wish } from "../domain/ceremony/ports.ts";
import type { AuditRow } from "../domain/claim/operator-records.ts";
import { ceremonySteps } from "./ceremony-schema.ts";
import { migrateObject } from "./migrate-object.ts";

type StoredAudit = Omit<AuditRow, "atMs"> & { at_ms: number };
type StoredDissent = { operator: string; version: number; sha256: string; acts: number };
type StoredWish = { intent: string; actor: string; at_ms: number; reason: string };

/** A ceremony's log and what goes with it, in its Durable Object's SQLite. Nothing of it is kept in memory. */
export class SqliteCeremonyStore implements CeremonyStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage, nowMs: number) {
    migrateObject(storage, "ceremony", ceremonySteps, nowMs);
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  atomically<T>(run: () => T): T {
    return this.#storage.transactionSync(run);
  }

  size(): number {
    return this.#number("SELECT coalesce(max(n) + 1, 0) AS value FROM leaves");
  }

  leaf(index: number): Uint8Array {
    return this.#bytes("SELECT bytes AS value FROM leaves WHERE n = ?", index);
  }

  node(level: number, index: number): Uint8Array {
    return this.#bytes("SELECT hash AS value FROM nodes WHERE level = ? AND n = ?", level, index);
  }

  append(leaf: Uint8Array, nodes: Parameters<CeremonyStore["append"]>[1]): void {
    this.atomically(() => {
      this.#sql.exec("INSERT INTO leaves VALUES (?, ?)", this.size(), leaf);
      for (const { level, index, hash } of nodes)
        this.#sql.exec("INSERT INTO nodes VALUES (?, ?, ?)", level, index, hash);
    });
  }

  wish(intent: string, sinceMs: number): Wish | null {
    const query = "SELECT * FROM wishes WHERE intent = ? AND at_ms >= ?";
    const [found] = this.#sql.exec<StoredWish>(query, intent, sinceMs).toArray();
    return found === undefined ? null : { intent, by: found.actor, atMs: found.at_ms, reason: found.reason };
  }

  wishes(sinceMs: number): Wish[] {
    const query = "SELECT * FROM wishes WHERE at_ms >= ? ORDER BY at_ms, intent";
    return this.#sql
      .exec<StoredWish>(query, sinceMs)
      .toArray()
      .map(({ actor: by, at_ms: atMs, ...same }) => ({ ...same, by, atMs }));
  }

  keepWish({ intent, by, atMs, reason }: Wish, sinceMs: number): void {
    this.#sql.exec("DELETE FROM wishes WHERE at_ms < ?", sinceMs);
    this.#sql.exec("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?, ?)", intent, by, atMs, reason);
  }

  dropWishes(): void {
    this.#sql.exec("DELETE FROM wishes");
  }

  addAudit({ id, atMs, actor, act, subject, detail }: Omit<AuditRow, "n">): void {
    const n = this.#number("SELECT coalesce(max(n), 0) + 1 AS value FROM audit");
    this.#sql.exec("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", n, id, atMs, actor, act, subject, detail);
  }

  audit(before: number | null, limit: number): AuditRow[] {
    const query = "SELECT * FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?";
    return this.#sql
      .exec<StoredAudit>(query, before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray()
      .map(({ at_ms: atMs, ...same }) => ({ ...same, atMs }));
  }

  /** Words on other files: in this storage, and not of the log. */
  readonly dissents: DissentStore = {
    keep: ({ operator, version, genesisSha256, acts }: Dissent) =>
      void this.#sql.exec(
        "INSERT OR REPLACE INTO dissents VALUES (?, ?, ?, ?)",
        operator,
        version,
        genesisSha256,
        acts,
      ),
    of: (version: number) =>
      this.#sql
        .exec<StoredDissent>("SELECT * FROM dissents WHERE version = ? ORDER BY operator", version)
        .toArray()
        .map(({ sha256: genesisSha256, ...same }) => ({ ...same, genesisSha256 })),
  };

  countRefusal(): void {
    this.#sql.exec("INSERT INTO refusals VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET count = count + 1");
  }

  refusals(): number {
    return this.#number("SELECT coalesce(sum(count), 0) AS value FROM refusals");
  }

  #number(query: string): number {
    return this.#sql.exec<{ value: number }>(query).one().value;
  }

  #bytes(query: string, ...at: number[]): Uint8Array {
    return new Uint8Array(this.#sql.exec<{ value: ArrayBuffer }>(query, ...at).one().value);
  }
}
