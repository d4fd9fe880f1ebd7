import { sql } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { batches } from "../../db/schema/batches.ts";
import { claims } from "../../db/schema/claims.ts";
import type { ReadModel, ReadModelRows } from "../domain/claim/ports.ts";
import type { BatchRow, ClaimRow } from "../domain/claim/records.ts";
import { writeCoins } from "../domain/shared/coin.ts";

/** Rows for one statement: its one parameter stays far below D1's 2 MB. */
const rowsMax = 1_000;

/**
 * The read model in D1. A D1 statement takes 100 parameters, so rows go in as one JSON parameter. All rows of one
 * call are written in one transaction. An older copy of a row never replaces a newer one.
 */
export class D1ReadModel implements ReadModel {
  readonly #db: D1Database;
  readonly #chainId: string;

  constructor(db: D1Database, chainId: string) {
    this.#db = db;
    this.#chainId = chainId;
  }

  async write(rows: ReadModelRows): Promise<void> {
    const statements = [
      ...inParts(rows.claims).map((part) => insertClaims(this.#chainId, part)),
      ...inParts(rows.batches).map((part) => insertBatches(this.#chainId, part)),
    ];
    // Drizzle's own batch takes no raw statements.
    const queries = statements.map((statement) => new SQLiteSyncDialect().sqlToQuery(statement));
    if (queries.length === 0) return;
    await this.#db.batch(queries.map((query) => this.#db.prepare(query.sql).bind(...query.params)));
  }
}

function inParts<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / rowsMax);
  return Array.from({ length: count }, (_, index) => rows.slice(index * rowsMax, (index + 1) * rowsMax));
}

/** A restored dispenser gives places in line anew that the backup forgot: the newer claim takes the row. */
function insertClaims(chainId: string, rows: readonly ClaimRow[]) {
  const body = rows.map((row) => [row.seq, row.id, row.recipient, writeCoins(row.coins), row.epoch, row.createdAtMs]);
  return sql`INSERT INTO ${claims} (chain_id, seq, id, recipient, coins, epoch, created_at_ms)
    SELECT ${chainId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
    FROM json_each(${JSON.stringify(body)}) WHERE true
    ON CONFLICT (chain_id, seq) DO UPDATE SET id = excluded.id, recipient = excluded.recipient,
      coins = excluded.coins, epoch = excluded.epoch, created_at_ms = excluded.created_at_ms
    WHERE excluded.id <> ${claims}.id AND excluded.created_at_ms >= ${claims}.created_at_ms`;
}

/** After a restored backup numbers and revs start lower than D1's: the time of change says which copy is newer. */
function insertBatches(chainId: string, rows: readonly BatchRow[]) {
  const body = rows.map((row) => [
    ...[row.n, row.id, row.epoch, row.from, row.to, row.tx.hash, row.tx.signer, writeCoins(row.tx.fee), row.attempt],
    ...[row.state, row.height, row.code, row.reason, row.signedAtMs, row.changedAtMs, row.rev],
  ]);
  const values = sql.join(
    Array.from({ length: 16 }, (_, index) => sql.raw(`value ->> ${index}`)),
    sql`, `,
  );
  return sql`INSERT INTO ${batches} (chain_id, n, id, epoch, from_seq, to_seq, tx_hash, signer, fee, attempt,
      state, height, code, reason, signed_at_ms, changed_at_ms, rev)
    SELECT ${chainId}, ${values} FROM json_each(${JSON.stringify(body)}) WHERE true
    ON CONFLICT (chain_id, n) DO UPDATE SET id = excluded.id, epoch = excluded.epoch, from_seq = excluded.from_seq,
      to_seq = excluded.to_seq, tx_hash = excluded.tx_hash, signer = excluded.signer, fee = excluded.fee,
      attempt = excluded.attempt, state = excluded.state, height = excluded.height, code = excluded.code,
      reason = excluded.reason, signed_at_ms = excluded.signed_at_ms, changed_at_ms = excluded.changed_at_ms,
      rev = excluded.rev
    WHERE excluded.changed_at_ms >= ${batches}.changed_at_ms
      AND (excluded.rev <> ${batches}.rev OR excluded.id <> ${batches}.id)`;
}
