/** Brings an object's tables to the newest version. Throws on a database written by a newer release. */
export function migrateObject(
  storage: DurableObjectStorage,
  what: string,
  steps: readonly string[],
  nowMs: number,
): void {
  storage.transactionSync(() => {
    storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS schema_steps (version INTEGER PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT",
    );
    const { version } = storage.sql
      .exec<{ version: number }>("SELECT coalesce(max(version), 0) AS version FROM schema_steps")
      .one();
    if (version > steps.length) {
      throw new Error(`the ${what}'s storage has schema version ${version}; this release knows ${steps.length}`);
    }
    steps.slice(version).forEach((step, index) => {
      storage.sql.exec(step);
      storage.sql.exec("INSERT INTO schema_steps VALUES (?, ?)", version + index + 1, nowMs);
    });
  });
}
