import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Every row that a bare workerd has made durable in its objects and its D1, as sorted lines. Left out: the platform's
 * own tables, and the dispenser's `state`, which tells what it saw of its chain and moves without any request.
 */
export function storedRows(stateDir: string): string[] {
  const lines: string[] = [];
  const objects = join(stateDir, "objects");
  const copies = mkdtempSync(join(tmpdir(), "wellspring-rows-"));
  for (const kind of readdirSync(objects)) {
    for (const file of readdirSync(join(objects, kind)).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))) {
      // A copy with its log: the one that workerd holds is never opened by anyone else.
      for (const part of [file, `${file}-wal`]) {
        const source = join(objects, kind, part);
        if (existsSync(source)) copyFileSync(source, join(copies, part));
      }
      lines.push(...rowsOf(join(copies, file)).map((line) => `${kind} ${line}`));
    }
  }
  rmSync(copies, { recursive: true, force: true });
  return lines.sort();
}

/** Asks until nothing has moved for longer than the read model trails; answers what there is. Throws after 30 s. */
export async function settledRows(stateDir: string): Promise<string[]> {
  let before = storedRows(stateDir);
  for (const endMs = Date.now() + 30_000; Date.now() < endMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const now = storedRows(stateDir);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
  throw new Error("the stored rows do not come to rest");
}

/** Runs a statement on the storage of each object of a kind that has tables of ours, while the Worker is down. */
export function alterObjects(stateDir: string, kind: string, sql: string): void {
  const folder = join(stateDir, "objects", kind);
  for (const file of readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))) {
    const database = new DatabaseSync(join(folder, file));
    const ours = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'schema_steps'").get();
    if (ours) database.exec(sql);
    database.close();
  }
}

/** Runs a statement on the storage of the dispensers that know a recipient, while the Worker is down. */
export function alterDispensers(stateDir: string, recipient: string, sql: string): void {
  const folder = join(stateDir, "objects", "wellspring-dispenser");
  for (const file of readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))) {
    const database = new DatabaseSync(join(folder, file));
    if (database.prepare("SELECT 1 FROM claims WHERE recipient = ?").get(recipient)) database.exec(sql);
    database.close();
  }
}

function rowsOf(file: string): string[] {
  const database = new DatabaseSync(file);
  const named = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const tables = named.map(({ name }) => String(name)).filter((name) => !/^(_cf_|sqlite_|state$)/.test(name));
  const lines = tables.flatMap((table) =>
    database
      .prepare(`SELECT * FROM "${table}"`)
      .all()
      .map(
        (row) => `${table} ${JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? value.length : value))}`,
      ),
  );
  database.close();
  return lines;
}
