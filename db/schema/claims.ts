import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Claims as the dispensers know them, copied. A row never changes; its state follows from the batch that covers it.
 * WITHOUT ROWID in the migration: two rows written a claim.
 */
export const claims = sqliteTable(
  "claims",
  {
    chainId: text("chain_id").notNull(),
    /** Place in line. */
    seq: integer("seq").notNull(),
    id: text("id").notNull(),
    /** Lower case. */
    recipient: text("recipient").notNull(),
    /** The SDK's notation: `5uatom,10upaw`. D1 rounds integers above 2^53, so amounts are text. */
    coins: text("coins").notNull(),
    epoch: integer("epoch").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chainId, table.seq] }),
    index("claims_recipient").on(table.chainId, table.recipient, table.seq),
  ],
);
