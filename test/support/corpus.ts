import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where data of real launches lies, beside the repository; `WELLSPRING_CORPUS` names another place. */
export const corpus = process.env.WELLSPRING_CORPUS ?? join(import.meta.dirname, "../../../shared/corpus");

/** Whether it is there. Without it tests are skipped aloud; with `CI=true` it throws, so that CI can't pass by skipping. */
export function corpusAvailable(): boolean {
  if (existsSync(join(corpus, "launches"))) return true;
  if (process.env.CI === "true") throw new Error(`The corpus of real launches must be there in CI: ${corpus}`);
  console.warn(`SKIPPED: tests on real launches, because there is no corpus at ${corpus}.`);
  return false;
}
