import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What was done about registrations, by whom: written in the transaction that does it. */
export const registrationAudit = sqliteTable(
  "registration_audit",
  {
    n: integer("n").primaryKey({ autoIncrement: true }),
    chainId: text("chain_id").notNull(),
    atMs: integer("at_ms").notNull(),
    actor: text("actor").notNull(),
    act: text("act").notNull(),
    /** The operator whom it is about. */
    subject: text("subject").notNull(),
    /** JSON; never a contact. */
    detail: text("detail").notNull(),
  },
  (table) => [index("registration_audit_chain").on(table.chainId, table.n)],
);
