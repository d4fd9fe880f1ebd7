import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GentxFile } from "../../genesis/assemble/candidate.ts";

const root = process.env.WELLSPRING_CORPUS ?? join(import.meta.dirname, "../../../shared/corpus");

/**
 * Whether the corpus of real launches lies beside this repository. Where it doesn't, it says so aloud and answers
 * false; with `CI=true` it throws, so that CI can't pass by skipping. For `describe.skipIf(!...)`.
 */
export function launchesAvailable(): boolean {
  if (existsSync(join(root, "launches"))) return true;
  if (process.env.CI === "true") throw new Error(`The corpus of real launches must be there in CI: ${root}`);
  console.warn("SKIPPED: tests on real launches, because the corpus is not there. WELLSPRING_CORPUS names its folder.");
  return false;
}

/** A file of the corpus, as text. */
export function corpusText(...path: readonly string[]): string {
  return readFileSync(join(root, ...path), "utf8");
}

/** A folder of the corpus: its path. */
export function corpusFolder(...path: readonly string[]): string {
  return join(root, ...path);
}

/** The gentx files of a folder of the corpus; `named` chooses among those that end in `.json`. */
export function corpusGentxs(folder: readonly string[], named: (name: string) => boolean = () => true): GentxFile[] {
  return readdirSync(join(root, ...folder))
    .filter((name) => name.endsWith(".json") && named(name))
    .map((name) => ({ name, text: corpusText(...folder, name) }));
}
