import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Operators' entries in the directory of validators: the only copy. WITHOUT ROWID in the migration. */
export const registrations = sqliteTable(
  "registrations",
  {
    chainId: text("chain_id").notNull(),
    /** The account's address, lower case. */
    operator: text("operator").notNull(),
    state: text("state", { enum: ["pending", "approved", "rejected", "withdrawn"] }).notNull(),
    /** JSON of what everybody may read; null once withdrawn. */
    profile: text("profile"),
    proof: text("proof", { enum: ["adr036", "tx", "gentx"] }).notNull(),
    rev: integer("rev").notNull(),
    reason: text("reason").notNull(),
    /** The SDK's notation of one coin; null: none. */
    allocation: text("allocation"),
    /** What no two approved ones may share. */
    skeleton: text("skeleton"),
    nodeId: text("node_id"),
    consensusKey: text("consensus_key"),
    createdAtMs: integer("created_at_ms").notNull(),
    changedAtMs: integer("changed_at_ms").notNull(),
    grantedAtMs: integer("granted_at_ms"),
    /** The act that changed it last: what else that act writes hangs on it. */
    actId: text("act_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chainId, table.operator] }),
    index("registrations_state").on(table.chainId, table.state, table.operator),
  ],
);
