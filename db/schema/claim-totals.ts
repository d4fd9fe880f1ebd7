import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Settled claims of a chain, counted through `throughSeq`, so that nobody counts them all again. */
export const claimTotals = sqliteTable("claim_totals", {
  chainId: text("chain_id").primaryKey(),
  throughSeq: integer("through_seq").notNull(),
  confirmed: integer("confirmed").notNull(),
  failed: integer("failed").notNull(),
  recipients: integer("recipients").notNull(),
  /** The SDK's notation: sums go far beyond 2^53. */
  paid: text("paid").notNull(),
});
