import type { AuditRow, DeniedRow } from "../domain/claim/operator-records.ts";
import { auditRowsMax, type OperatorStore } from "../domain/claim/operator-store.ts";

type StoredAudit = {
  n: number;
  id: string;
  at_ms: number;
  actor: string;
  act: string;
  subject: string;
  detail: string;
};
type StoredDenied = { address: string; reason: string; actor: string; at_ms: number };

/** The operator's tables in a dispenser's SQLite; see dispenser-schema.ts. Nothing of them is kept in memory. */
export class SqliteOperatorStore implements OperatorStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  addAudit({ id, atMs, actor, act, subject, detail }: Omit<AuditRow, "n">): number {
    const n = this.#number("SELECT coalesce(max(n), 0) + 1 AS value FROM audit");
    this.#sql.exec("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", n, id, atMs, actor, act, subject, detail);
    this.#sql.exec("DELETE FROM audit WHERE n <= ?", n - auditRowsMax);
    return n;
  }

  knowsAct(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM audit WHERE id = ?", id).toArray().length > 0;
  }

  auditBefore(before: number | null, limit: number): AuditRow[] {
    const query = "SELECT * FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?";
    return this.#sql
      .exec<StoredAudit>(query, before ?? Number.MAX_SAFE_INTEGER, limit)
      .toArray()
      .map(({ at_ms: atMs, ...same }) => ({ ...same, atMs }));
  }

  deny({ address, reason, by, atMs }: DeniedRow): void {
    this.#sql.exec("INSERT OR REPLACE INTO denied VALUES (?, ?, ?, ?)", address, reason, by, atMs);
  }

  allow(address: string): boolean {
    return this.#sql.exec("DELETE FROM denied WHERE address = ?", address).rowsWritten > 0;
  }

  denied(address: string): DeniedRow | null {
    return this.#denied("WHERE address = ?", address)[0] ?? null;
  }

  deniedAfter(after: string | null, limit: number): DeniedRow[] {
    return this.#denied("WHERE address > ? ORDER BY address LIMIT ?", after ?? "", limit);
  }

  deniedCount(): number {
    return this.#number("SELECT count(*) AS value FROM denied");
  }

  #number(query: string): number {
    return this.#sql.exec<{ value: number }>(query).one().value;
  }

  #denied(where: string, ...values: (string | number)[]): DeniedRow[] {
    return this.#sql
      .exec<StoredDenied>(`SELECT * FROM denied ${where}`, ...values)
      .toArray()
      .map(({ address, reason, actor, at_ms: atMs }) => ({ address, reason, by: actor, atMs }));
  }
}
