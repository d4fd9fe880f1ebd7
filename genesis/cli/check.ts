import { UsageError } from "./arguments.ts";

/** See `run`. */
export const usage = "npm run genesis -- check --chain-id ID --prefix P [--genesis FILE] [--json] [--all] FILE|DIR...";

/** Judges gentx files. */
export async function run(_args: readonly string[]): Promise<number> {
  throw new UsageError("not built yet");
}
