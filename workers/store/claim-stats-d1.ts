import type { ClaimStats, ClaimTotals, PaidClaim } from "../domain/claim/stats.ts";
import { addCoins, readCoins, timesCoins, writeCoins } from "../domain/shared/coin.ts";

/** Claims that one question counts at most: a deployment that never asked before catches up bit by bit. */
const countedMax = 5_000;
/** An isolate asks D1 again after this long, however often it is asked itself. */
const freshMs = 10_000;
/** Where the newest paid claims are looked for: batches, from the newest. */
const batchesMax = 500;
const [hourMs, dayMs] = [3_600_000, 86_400_000];

type Counted = {
  readonly through: number;
  readonly confirmed: number;
  readonly failed: number;
  readonly recipients: number;
  readonly paid: string;
};
type Group = {
  readonly through: number;
  readonly verdict: "paid" | "failed";
  readonly coins: string;
  readonly claims: number;
  readonly firsts: number;
};

/**
 * {@link ClaimStats} of one chain on the read model in D1. Settled claims are counted once: a row holds the sums and
 * how far they reach, and each question adds what has settled since. That row is a copy of a copy, and after a
 * restored backup it may be off by the claims that the backup forgot.
 */
export class D1ClaimStats implements ClaimStats {
  readonly #db: D1Database;
  readonly #chainId: string;
  #known: { readonly totals: ClaimTotals; readonly atMs: number } | null = null;

  constructor(db: D1Database, chainId: string) {
    this.#db = db;
    this.#chainId = chainId;
  }

  async totals(nowMs: number): Promise<ClaimTotals> {
    if (this.#known && nowMs - this.#known.atMs < freshMs) return this.#known.totals;
    const counted = await this.#count();
    const { results } = await this.#db
      .prepare(placesSql)
      .bind(this.#chainId, nowMs - dayMs, nowMs - hourMs)
      .all<{ last: number; day: number; hour: number }>();
    const { last, day, hour } = results[0] ?? { last: 0, day: 0, hour: 0 };
    const { confirmed, failed, recipients } = counted;
    const totals: ClaimTotals = {
      ...{ claims: last, confirmed, failed, recipients },
      paid: readCoins(counted.paid),
      lastDay: last - day,
      lastHour: last - hour,
    };
    this.#known = { totals, atMs: nowMs };
    return totals;
  }

  async recent(limit: number): Promise<PaidClaim[]> {
    const { results } = await this.#db
      .prepare(recentSql)
      .bind(this.#chainId, Math.min(limit, 100))
      .all<{ recipient: string; coins: string; tx_hash: string; changed_at_ms: number }>();
    return results.map(({ recipient, coins, tx_hash, changed_at_ms }) => ({
      ...{ address: recipient, coins: readCoins(coins), txHash: tx_hash, paidAtMs: changed_at_ms },
    }));
  }

  /** Adds what has settled since the last count. Two at once: one of them writes. */
  async #count(): Promise<Counted> {
    const before = await this.#counted();
    const { results } = await this.#db.prepare(settledSql).bind(this.#chainId, before.through, countedMax).all<Group>();
    const [group] = results;
    if (!group) return before;
    const sum = (verdict: string) =>
      results.reduce((total, row) => total + (row.verdict === verdict ? row.claims : 0), 0);
    const moved = results.filter((row) => row.verdict === "paid");
    const after: Counted = {
      through: group.through,
      confirmed: before.confirmed + sum("paid"),
      failed: before.failed + sum("failed"),
      recipients: before.recipients + results.reduce((total, row) => total + row.firsts, 0),
      paid: writeCoins(
        addCoins(readCoins(before.paid), ...moved.map((row) => timesCoins(readCoins(row.coins), row.claims))),
      ),
    };
    await this.#db
      .prepare(saveSql)
      .bind(
        ...[this.#chainId, after.through, after.confirmed, after.failed, after.recipients],
        ...[after.paid, before.through],
      )
      .run();
    return after;
  }

  async #counted(): Promise<Counted> {
    const { results } = await this.#db
      .prepare(
        "SELECT through_seq AS through, confirmed, failed, recipients, paid FROM claim_totals WHERE chain_id = ?1",
      )
      .bind(this.#chainId)
      .all<Counted>();
    return results[0] ?? { through: 0, confirmed: 0, failed: 0, recipients: 0, paid: "" };
  }
}

/**
 * Settled claims after ?2 up to the first that is open, in groups. Which batch covers a claim: as in
 * claim-history-d1, at most 1,000 places wide.
 */
const settledSql = `
WITH part AS MATERIALIZED (
  SELECT seq, recipient, coins, (
    SELECT b.n FROM batches b
    WHERE b.chain_id = ?1 AND b.from_seq <= c.seq AND b.from_seq > c.seq - 1000 AND b.to_seq >= c.seq
    ORDER BY b.from_seq DESC, b.n DESC LIMIT 1
  ) AS n
  FROM claims c WHERE c.chain_id = ?1 AND c.seq > ?2 ORDER BY c.seq LIMIT ?3
),
judged AS MATERIALIZED (
  SELECT part.*, CASE WHEN b.state = 'paid' THEN 'paid' WHEN b.state = 'failed' AND b.code IS NOT NULL THEN 'failed' END AS verdict
  FROM part LEFT JOIN batches b ON b.chain_id = ?1 AND b.n = part.n
),
edge AS MATERIALIZED (
  SELECT coalesce((SELECT min(seq) FROM judged WHERE verdict IS NULL) - 1, (SELECT max(seq) FROM judged)) AS through
)
SELECT edge.through, verdict, coins, count(*) AS claims, sum(NOT EXISTS (
  SELECT 1 FROM claims e WHERE e.chain_id = ?1 AND e.recipient = judged.recipient AND e.seq < judged.seq
)) AS firsts
FROM edge CROSS JOIN judged WHERE judged.seq <= edge.through GROUP BY verdict, coins`;

const saveSql = `
INSERT INTO claim_totals (chain_id, through_seq, confirmed, failed, recipients, paid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (chain_id) DO UPDATE SET through_seq = excluded.through_seq, confirmed = excluded.confirmed,
  failed = excluded.failed, recipients = excluded.recipients, paid = excluded.paid
WHERE claim_totals.through_seq = ?7`;

/** The middle's claim is older than `since`. */
const early = `(
  SELECT created_at_ms FROM claims WHERE chain_id = ?1 AND seq >= (low + high) / 2 ORDER BY seq LIMIT 1
) < since`;

/** The highest place given out, and the highest from before ?2 and ?3: places grow with time, so halving finds them. */
const placesSql = `
WITH RECURSIVE
  last(seq) AS (SELECT coalesce(max(seq), 0) FROM claims WHERE chain_id = ?1),
  halving(since, low, high) AS (
    SELECT ?2, 0, seq + 1 FROM last UNION ALL SELECT ?3, 0, seq + 1 FROM last
    UNION ALL
    SELECT since, iif(${early}, (low + high) / 2, low), iif(${early}, high, (low + high) / 2)
    FROM halving WHERE high - low > 1
  )
SELECT (SELECT seq FROM last) AS last,
  (SELECT max(low) FROM halving WHERE since = ?2) AS day,
  (SELECT max(low) FROM halving WHERE since = ?3) AS hour`;

/** Batches are taken from the newest until they hold enough claims, and of the last one only its end. */
const recentSql = `
SELECT c.recipient, c.coins, b.tx_hash, b.changed_at_ms
FROM (
  SELECT *, sum(to_seq - from_seq + 1) OVER (ORDER BY n DESC) - (to_seq - from_seq + 1) AS newer
  FROM (SELECT * FROM batches WHERE chain_id = ?1 ORDER BY n DESC LIMIT ${batchesMax}) WHERE state = 'paid'
) b
CROSS JOIN claims c ON c.chain_id = ?1 AND c.seq BETWEEN max(b.from_seq, b.to_seq - ?2 + 1) AND b.to_seq
WHERE b.newer < ?2 ORDER BY b.n DESC, c.seq DESC LIMIT ?2`;
