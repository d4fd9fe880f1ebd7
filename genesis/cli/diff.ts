import { diffGenesis } from "../review/diff.ts";
import { diffText } from "../review/diff-text.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { withGenesisFile } from "./file-source.ts";

/** See `run`. */
export const usage = "npm run genesis -- diff BEFORE AFTER [--json]";

/** Tells what changed between two genesis files. Exit code 0: they mean the same; 1: they don't. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: "boolean", default: false } });
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) throw new UsageError("diff needs two files");
  const diff = await withGenesisFile(before, (a) => withGenesisFile(after, async (b) => diffGenesis(a, b)));
  console.log(values.json ? JSON.stringify(diff, null, 2) : diffText(diff));
  return diff.changes.length === 0 ? 0 : 1;
}
