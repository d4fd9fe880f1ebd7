import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Operators' private contacts, apart from everything that is shown: for coordinators alone. WITHOUT ROWID in the migration. */
export const registrationContacts = sqliteTable(
  "registration_contacts",
  {
    chainId: text("chain_id").notNull(),
    operator: text("operator").notNull(),
    contact: text("contact").notNull(),
  },
  (table) => [primaryKey({ columns: [table.chainId, table.operator] })],
);
