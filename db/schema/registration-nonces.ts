import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Nonces that did their work, until they would be refused as expired. WITHOUT ROWID in the migration. */
export const registrationNonces = sqliteTable(
  "registration_nonces",
  {
    chainId: text("chain_id").notNull(),
    /** The nonce of a word, or `gentx:` and the hash of a gentx's body. */
    nonce: text("nonce").notNull(),
    expiresAtMs: integer("expires_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chainId, table.nonce] }),
    index("registration_nonces_expiry").on(table.expiresAtMs),
  ],
);
