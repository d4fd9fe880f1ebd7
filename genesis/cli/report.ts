import { readFileSync } from "node:fs";
import type { GenesisFile } from "../document/genesis-file.ts";
import { parseJson } from "../json/parse.ts";
import { isObject } from "../json/value.ts";
import { launchReport } from "../review/report.ts";
import { reportText } from "../review/report-text.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { withGenesisFile } from "./file-source.ts";

/** See `run`. */
export const usage = "npm run genesis -- report FILE [--base FILE] [--providers FILE.json] [--json]";

/** Sums a genesis up for people. `--providers` is a JSON object: operator address to provider. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    base: { type: "string" },
    providers: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError("report needs one file");
  const providers = values.providers === undefined ? new Map<string, string>() : providersOf(values.providers);
  const told = async (file: GenesisFile, base?: GenesisFile) => {
    const report = launchReport(file, { providers, ...(base === undefined ? {} : { base }) });
    console.log(values.json ? JSON.stringify(report, null, 2) : reportText(report));
    return 0;
  };
  const { base } = values;
  return withGenesisFile(path, (file) =>
    base === undefined ? told(file) : withGenesisFile(base, (other) => told(file, other)),
  );
}

function providersOf(path: string): Map<string, string> {
  const { value } = parseJson(readFileSync(path, "utf8"));
  if (!isObject(value)) throw new UsageError(`${path} is no JSON object`);
  return new Map(
    [...value].flatMap(([operator, name]) => (typeof name === "string" ? [[operator, name] as const] : [])),
  );
}
