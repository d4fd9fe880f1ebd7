import type { GrantKind, GrantRow, GrantTable } from "../domain/access/grant.ts";

/** A row of the object's table `grants`. */
type StoredGrant = {
  id: string;
  kind: GrantKind;
  hash: string;
  old_hash: string | null;
  old_until_ms: number | null;
  label: string;
  denoms: string;
  per_day: number;
  budget: number | null;
  expires_at_ms: number | null;
  created_at_ms: number;
  rotated_at_ms: number | null;
  revoked_at_ms: number | null;
};

const columns = [
  ...["id", "kind", "hash", "old_hash", "old_until_ms", "label", "denoms", "per_day", "budget"],
  ...["expires_at_ms", "created_at_ms", "rotated_at_ms", "revoked_at_ms"],
];
const changed = columns.slice(2).map((column) => `${column} = excluded.${column}`);
const upsert = `INSERT INTO grants (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
  ON CONFLICT (id) DO UPDATE SET ${changed.join(", ")}`;

/** A {@link GrantTable} in the dispenser's SQLite. */
export class SqliteGrants implements GrantTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  put(grant: GrantRow): void {
    this.#sql.exec(
      upsert,
      ...[grant.id, grant.kind, grant.hash, grant.oldHash, grant.oldUntilMs, grant.label],
      ...[grant.denoms.join(","), grant.perDay, grant.budget],
      ...[grant.expiresAtMs, grant.createdAtMs, grant.rotatedAtMs, grant.revokedAtMs],
    );
  }

  byId(id: string): GrantRow | null {
    return this.#rows("WHERE id = ?", id)[0] ?? null;
  }

  byHash(hash: string): GrantRow | null {
    return this.#rows("WHERE hash = ?", hash)[0] ?? this.#rows("WHERE old_hash = ?", hash)[0] ?? null;
  }

  list(after: string, limit: number): GrantRow[] {
    return this.#rows("WHERE id > ? ORDER BY id LIMIT ?", after, limit);
  }

  count(): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM grants").one().n;
  }

  #rows(where: string, ...values: (string | number)[]): GrantRow[] {
    return this.#sql
      .exec<StoredGrant>(`SELECT * FROM grants ${where}`, ...values)
      .toArray()
      .map(read);
  }
}

function read(row: StoredGrant): GrantRow {
  return {
    id: row.id,
    kind: row.kind,
    hash: row.hash,
    oldHash: row.old_hash,
    oldUntilMs: row.old_until_ms,
    label: row.label,
    denoms: row.denoms === "" ? [] : row.denoms.split(","),
    perDay: row.per_day,
    budget: row.budget,
    expiresAtMs: row.expires_at_ms,
    createdAtMs: row.created_at_ms,
    rotatedAtMs: row.rotated_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}
