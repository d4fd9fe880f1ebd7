import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The newest look at each approved operator's node, and whose turn it was when. WITHOUT ROWID in the migration. */
export const peerLooks = sqliteTable(
  "peer_looks",
  {
    chainId: text("chain_id").notNull(),
    operator: text("operator").notNull(),
    /** When its last turn began: only that turn's look is kept. */
    leasedAtMs: integer("leased_at_ms").notNull(),
    /** nodeid@host:port of the turn. */
    peer: text("peer").notNull(),
    /** What was looked at, and what it came to; null until the first look ended. */
    lookedPeer: text("looked_peer"),
    outcome: text("outcome", {
      enum: ["reachable", "other_node", "other_chain", "no_answer", "unresolved", "refused"],
    }),
    seen: text("seen"),
    lookedAtMs: integer("looked_at_ms"),
  },
  (table) => [primaryKey({ columns: [table.chainId, table.operator] })],
);
