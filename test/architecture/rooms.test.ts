import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Room, rooms } from "./rooms.ts";

const root = join(import.meta.dirname, "../..");
const planted = mkdtempSync(join(tmpdir(), "wellspring-rooms-"));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

function plant(file: string, lines: readonly string[]) {
  mkdirSync(dirname(join(planted, file)), { recursive: true });
  writeFileSync(join(planted, file), `${lines.join("\n")}\n`);
}

/** Runs one lint rule and answers `file:line` of everything that it reports. */
function lint(folder: string, rule: string): Set<string> {
  const biome = join(root, "node_modules/.bin/biome");
  const args = ["lint", "--reporter=github", "--max-diagnostics=none", `--only=${rule}`, "."];
  const { stdout, status } = spawnSync(biome, args, { cwd: folder, encoding: "utf8", timeout: 30_000 });
  const reports = stdout.matchAll(/^::error title=lint\/([\w/]+),file=([^,]+),line=(\d+)/gm);
  const found = new Set([...reports].filter(([, name]) => name === rule).map(([, , file, line]) => `${file}:${line}`));
  if (status !== 0 && found.size === 0) throw new Error(`biome failed:\n${stdout}`);
  return found;
}

const imports = (room: Room) => [...room.allowed, ...room.refused];

copyFileSync(join(root, "biome.json"), join(planted, "biome.json"));
for (const room of rooms)
  plant(
    room.file,
    imports(room).map((specifier) => `import "${specifier}";`),
  );
plant("workers/domain/shared/one.ts", ['import { two } from "./two.ts";', "export const one = () => two;"]);
plant("workers/objects/floating.ts", ["const later = async () => 1;", "later();"]);
plant("workers/domain/claim/impure.ts", ['export const now = () => fetch("x");']);
plant("workers/domain/shared/two.ts", ['import { one } from "./one.ts";', "export const two = () => one;"]);

describe("the lint of who may import whom", () => {
  const reported = lint(planted, "style/noRestrictedImports");

  for (const room of rooms) {
    const at = (specifier: string) => `${room.file}:${imports(room).indexOf(specifier) + 1}`;

    it(`refuses each of ${room.refused.length} forbidden imports planted in ${room.room}`, () => {
      expect(room.refused.filter((specifier) => !reported.has(at(specifier)))).toEqual([]);
    });

    it(`lets ${room.room} import what the table allows`, () => {
      expect(room.allowed.filter((specifier) => reported.has(at(specifier)))).toEqual([]);
    });
  }

  it("sees an import cycle that was planted", () => {
    expect(lint(planted, "suspicious/noImportCycles").size).toBeGreaterThan(0);
  });

  it("sees a promise that nobody waits for", () => {
    expect([...lint(planted, "nursery/noFloatingPromises")]).toEqual(["workers/objects/floating.ts:2"]);
  });

  it("sees a domain that reaches outside by a global", () => {
    expect([...lint(planted, "style/noRestrictedGlobals")]).toEqual(["workers/domain/claim/impure.ts:1"]);
  });

  it("finds neither a forbidden import nor a cycle in the tree as it stands", () => {
    expect([...lint(root, "style/noRestrictedImports")]).toEqual([]);
    expect([...lint(root, "suspicious/noImportCycles")]).toEqual([]);
  });
});
