import type { DuePeer, PeerLook, PeerLooks, PeerOutcome } from "../domain/validator/peer-look.ts";

/**
 * Takes turns. ?1 chain, ?2 now, ?3 a turn that began later is not over, ?4 how many. D1 has one writer: of two runs at
 * the same time the second finds the first's turns.
 */
const leaseSql = `
INSERT INTO peer_looks (chain_id, operator, leased_at_ms, peer)
SELECT r.chain_id, r.operator, ?2, json_extract(r.profile, '$.peer')
FROM registrations r LEFT JOIN peer_looks l ON l.chain_id = r.chain_id AND l.operator = r.operator
WHERE r.chain_id = ?1 AND r.state = 'approved' AND r.node_id IS NOT NULL
  AND (l.leased_at_ms IS NULL OR l.leased_at_ms < ?3)
ORDER BY coalesce(l.leased_at_ms, 0), r.operator LIMIT ?4
ON CONFLICT (chain_id, operator) DO UPDATE SET leased_at_ms = excluded.leased_at_ms, peer = excluded.peer
RETURNING operator, peer, leased_at_ms AS leasedAtMs`;

/** ?1 chain, ?2 operator, ?3 when the turn began, ?4 to ?6 what it came to. */
const keepSql = `
UPDATE peer_looks SET looked_peer = peer, outcome = ?4, seen = ?5, looked_at_ms = ?6
WHERE chain_id = ?1 AND operator = ?2 AND leased_at_ms = ?3`;

const ofSql = `
SELECT operator, looked_peer AS peer, outcome, seen, looked_at_ms AS atMs FROM peer_looks
WHERE chain_id = ?1 AND operator IN (SELECT value FROM json_each(?2)) AND outcome IS NOT NULL`;

type Row = {
  readonly operator: string;
  readonly peer: string;
  readonly outcome: PeerOutcome;
  readonly seen: string;
  readonly atMs: number;
};

/** {@link PeerLooks} of one chain on D1. */
export class D1PeerLooks implements PeerLooks {
  readonly #db: D1Database;
  readonly #chainId: string;

  constructor(db: D1Database, chainId: string) {
    this.#db = db;
    this.#chainId = chainId;
  }

  async lease(beforeMs: number, nowMs: number, most: number): Promise<DuePeer[]> {
    const statement = this.#db.prepare(leaseSql).bind(this.#chainId, nowMs, beforeMs, most);
    return (await statement.all<DuePeer>()).results;
  }

  async keep({ operator, leasedAtMs }: DuePeer, { outcome, seen, atMs }: Omit<PeerLook, "peer">): Promise<void> {
    await this.#db.prepare(keepSql).bind(this.#chainId, operator, leasedAtMs, outcome, seen, atMs).run();
  }

  async of(operators: readonly string[]): Promise<ReadonlyMap<string, PeerLook>> {
    if (operators.length === 0) return new Map();
    const { results } = await this.#db.prepare(ofSql).bind(this.#chainId, JSON.stringify(operators)).all<Row>();
    return new Map(results.map(({ operator, ...look }) => [operator, look]));
  }
}
