import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { shellBlocks } from "../../docs-site/pages/shell-blocks.ts";
import { read, root } from "../architecture/tree.ts";

const folder = mkdtempSync(join(tmpdir(), "wellspring-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The runbook's commands that name this test, on D1s of this machine. The folder has no packages, so without npx. */
const commands = shellBlocks(read("docs/runbook.md"))
  .filter(({ tag }) => tag.kind === "norun" && tag.why.includes("d1-backup.test.ts"))
  .map(({ code }) =>
    code
      .replaceAll("npx ", "")
      .replaceAll("--remote", "--local")
      .replaceAll(/wellspring-(\d{4}-\d\d-\d\d|\$\(.*?\))\.sql/g, "kept.sql"),
  );

function run(command: string): string {
  const env = {
    PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
    HOME: folder,
    CI: "true",
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const database = (binding: string, name: string, n: number) => `[[d1_databases]]
binding = "${binding}"
database_name = "${name}"
database_id = "00000000-0000-0000-0000-00000000000${n}"
migrations_dir = "migrations"
`;

it("the runbook's backup of D1 restores into another database: rows, and which migrations were applied", () => {
  cpSync(join(root, "db/migrations"), join(folder, "migrations"), { recursive: true });
  const bindings = database("DB", "wellspring", 1) + database("NEW", "wellspring-2", 2);
  writeFileSync(join(folder, "wrangler.toml"), `name = "backup"\ncompatibility_date = "2026-10-01"\n${bindings}`);
  run("wrangler d1 migrations apply DB --local");
  const row = `INSERT INTO registration_contacts VALUES ('net-1', 'op', 'it''s a contact; -- with all that SQL quotes')`;
  run(`wrangler d1 execute DB --local --command "${row}"`);
  expect(commands).toHaveLength(2);
  for (const command of commands) run(command);
  expect(readFileSync(join(folder, "kept.sql"), "utf8")).toContain("d1_migrations");
  const asked = "SELECT contact FROM registration_contacts";
  const answer = run(`wrangler d1 execute wellspring-2 --local --json --command "${asked}"`);
  const [{ results }] = JSON.parse(answer) as [{ results: unknown }];
  expect(results).toEqual([{ contact: "it's a contact; -- with all that SQL quotes" }]);
  expect(run("wrangler d1 migrations list wellspring-2 --local")).toContain("No migrations to apply");
}, 180_000);
