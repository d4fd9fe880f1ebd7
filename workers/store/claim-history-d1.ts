import { and, desc, eq, gte, lt, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { batches } from "../../db/schema/batches.ts";
import { claims } from "../../db/schema/claims.ts";
import type { Claim } from "../domain/claim/claim.ts";
import { claimState } from "../domain/claim/claim-state.ts";
import type { ClaimHistory, ClaimPage } from "../domain/claim/history.ts";
import { readCoins } from "../domain/shared/coin.ts";

/** How far back a covering batch may begin: the widest batch that the dispenser's store takes. */
const batchWidthMax = 1_000;

/** {@link ClaimHistory} of one chain on the read model in D1. */
export class D1ClaimHistory implements ClaimHistory {
  readonly #db: D1Database;
  readonly #chainId: string;

  constructor(db: D1Database, chainId: string) {
    this.#db = db;
    this.#chainId = chainId;
  }

  async claimsOf(address: string, before: number | null, limit: number): Promise<ClaimPage> {
    const db = drizzle(this.#db);
    const covering = db
      .select({ n: batches.n })
      .from(batches)
      .where(
        and(
          eq(batches.chainId, claims.chainId),
          lte(batches.fromSeq, claims.seq),
          sql`${batches.fromSeq} > ${claims.seq} - ${batchWidthMax}`,
          gte(batches.toSeq, claims.seq),
        ),
      )
      .orderBy(desc(batches.fromSeq), desc(batches.n))
      .limit(1);
    const rows = await db
      .select({ claim: claims, n: sql<number | null>`(${covering})` })
      .from(claims)
      .where(
        and(
          eq(claims.chainId, this.#chainId),
          eq(claims.recipient, address),
          before === null ? undefined : lt(claims.seq, before),
        ),
      )
      .orderBy(desc(claims.seq))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const covers = await this.#batchesOf(page.flatMap((row) => (row.n === null ? [] : [row.n])));
    const last = page.at(-1);
    return {
      claims: page.map((row) => view(row.claim, row.n === null ? null : (covers.get(row.n) ?? null))),
      next: rows.length > limit && last ? last.claim.seq : null,
    };
  }

  async #batchesOf(numbers: readonly number[]): Promise<Map<number, typeof batches.$inferSelect>> {
    if (numbers.length === 0) return new Map();
    const wanted = sql`${batches.n} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`;
    const rows = await drizzle(this.#db)
      .select()
      .from(batches)
      .where(and(eq(batches.chainId, this.#chainId), wanted));
    return new Map(rows.map((row) => [row.n, row]));
  }
}

function view(row: typeof claims.$inferSelect, batch: typeof batches.$inferSelect | null): Claim {
  const state = claimState(batch);
  const base = {
    id: row.id,
    chainId: row.chainId,
    address: row.recipient,
    state,
    drips: readCoins(row.coins),
    createdAtMs: row.createdAtMs,
    updatedAtMs: batch?.changedAtMs ?? row.createdAtMs,
  };
  if (state === "queued" || !batch) return base;
  return {
    ...base,
    txHash: batch.txHash,
    ...(batch.height !== null && state !== "submitted" ? { height: batch.height } : {}),
    ...(state === "failed" && batch.code !== null ? { code: batch.code } : {}),
    ...(state === "failed" && batch.reason !== null ? { reason: batch.reason } : {}),
  };
}
