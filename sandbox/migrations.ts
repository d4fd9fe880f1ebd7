import { readdirSync, readFileSync } from "node:fs";

/** One file of db/migrations: its name, and its statements in order. */
export type Migration = { readonly name: string; readonly statements: readonly string[] };

/** Wrangler's own table, so that its commands and these agree on what was applied. */
export const migrationsTable =
  "CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

/** The migrations of the read model, oldest first. */
export function readMigrations(): Migration[] {
  const folder = new URL("../db/migrations/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({
      name,
      statements: readFileSync(new URL(name, folder), "utf8")
        .split("--> statement-breakpoint")
        .map((statement) => statement.trim())
        .filter((statement) => statement !== ""),
    }));
}
