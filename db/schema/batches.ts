import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Transactions of the dispensers, copied without their bytes. WITHOUT ROWID in the migration. */
export const batches = sqliteTable(
  "batches",
  {
    chainId: text("chain_id").notNull(),
    /** The dispenser's local number. */
    n: integer("n").notNull(),
    id: text("id").notNull(),
    epoch: integer("epoch").notNull(),
    fromSeq: integer("from_seq").notNull(),
    toSeq: integer("to_seq").notNull(),
    txHash: text("tx_hash").notNull(),
    signer: text("signer").notNull(),
    /** The SDK's notation. */
    fee: text("fee").notNull(),
    attempt: integer("attempt").notNull(),
    state: text("state", { enum: ["pending", "paid", "failed", "dead"] }).notNull(),
    height: integer("height"),
    code: text("code"),
    reason: text("reason"),
    signedAtMs: integer("signed_at_ms").notNull(),
    changedAtMs: integer("changed_at_ms").notNull(),
    rev: integer("rev").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chainId, table.n] }),
    index("batches_range").on(table.chainId, table.fromSeq, table.n),
  ],
);
