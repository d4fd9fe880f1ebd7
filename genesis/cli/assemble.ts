import { sumOf } from "../allocation/supply.ts";
import type { AllocationTable } from "../allocation/table.ts";
import { type Assembly, assemble, type Style } from "../assemble/assemble.ts";
import { candidateOf, type GentxFile, readGentx } from "../assemble/candidate.ts";
import type { Order } from "../assemble/order.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { sha256Hex } from "../document/hash.ts";
import { goTime } from "../document/rfc3339.ts";
import { canonicalGenesis, genesisText } from "../document/write.ts";
import { judgeGenesis } from "../rules/judge-genesis.ts";
import { readAllocationFile } from "./allocation-file.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { withGenesisFile } from "./file-source.ts";
import { findingLines } from "./findings.ts";
import { readGentxFolder } from "./gentx-folder.ts";
import { writeAtomically } from "./write-file.ts";

/** See `run`. */
export const usage =
  "npm run genesis -- assemble --genesis FILE --gentxs DIR --out FILE [--style gentxs|staking-state] " +
  "[--order operator|tool] [--allocations FILE.csv|FILE.json] [--genesis-time TIME] [--chain-id ID] " +
  "[--allow RULE]... [--force] [--json]";

const options = {
  genesis: { type: "string" },
  gentxs: { type: "string" },
  out: { type: "string" },
  style: { type: "string", default: "gentxs" },
  order: { type: "string", default: "operator" },
  allocations: { type: "string" },
  "genesis-time": { type: "string" },
  "chain-id": { type: "string" },
  allow: { type: "string", multiple: true, default: [] as string[] },
  force: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Makes a genesis and writes it whole or not at all. What the rules find stops it, unless `--allow` names the rule. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  const { genesis, gentxs, out, style, order } = values;
  if (genesis === undefined || gentxs === undefined || out === undefined || positionals.length > 0) {
    throw new UsageError("assemble needs --genesis, --gentxs and --out, and nothing else");
  }
  if (style !== "gentxs" && style !== "staking-state") throw new UsageError(`No style is called ${style}`);
  if (order !== "operator" && order !== "tool") throw new UsageError(`No order is called ${order}`);
  const time = values["genesis-time"];
  if (time !== undefined && goTime(time) === null)
    throw new UsageError(`${time} is no time; write 2026-12-01T15:00:00Z`);
  const files = readGentxFolder(gentxs);
  return withGenesisFile(genesis, async (base) => {
    const table = await allocations(values.allocations, base, files);
    if (!table.ok) return told(table.findings, values.json);
    const how: { style: Style; order: Order } = { style, order };
    const assembled = assemble({
      base,
      gentxs: files,
      ...how,
      ...(table.table === null ? {} : { allocations: table.table }),
      ...(time === undefined ? {} : { genesisTime: time }),
    });
    if (!assembled.ok) return told(assembled.findings, values.json);
    const chainId = values["chain-id"];
    const findings = judgeGenesis(assembled.assembly.file, { base, ...(chainId === undefined ? {} : { chainId }) });
    const standing = findings.filter(({ rule }) => !values.allow.includes(rule));
    if (standing.length > 0) return told(standing, values.json);
    const hash = writeAtomically(out, genesisText(assembled.assembly.file), sha256Hex, values.force);
    const summary = summaryOf(assembled.assembly, hash, out);
    console.log(values.json ? JSON.stringify(summary, null, 2) : lines(summary));
    if (findings.length > 0) console.error(`Allowed:\n${findingLines(findings)}`);
    return 0;
  });
}

function told(findings: readonly Finding[], json: boolean): number {
  if (json) console.log(JSON.stringify({ findings }, null, 2));
  else console.error(`No genesis was written.\n${findingLines(findings)}`);
  return 1;
}

type Allocations =
  | { readonly ok: true; readonly table: AllocationTable | null }
  | { readonly ok: false; readonly findings: readonly Finding[] };

async function allocations(
  path: string | undefined,
  base: GenesisFile,
  files: readonly GentxFile[],
): Promise<Allocations> {
  if (path === undefined) return { ok: true, table: null };
  const denom = section(appState(base), "staking", "params").get("bond_denom");
  const [first] = files;
  if (typeof denom !== "string" || first === undefined) {
    throw new UsageError("Allocations need a bond denom in the base genesis and one gentx, for the chain's prefix");
  }
  const { prefix } = candidateOf(first.name, readGentx(first, { tip: true }));
  const read = await readAllocationFile(path, { prefix, denom });
  if (read.ok) return { ok: true, table: read.table };
  const findings = read.faults.map(({ line, message }) => ({
    rule: "allocation.row",
    message: `${path}, line ${line}: ${message}.`,
    remedy: "Mend the line; nothing of the list was taken.",
  }));
  return { ok: false, findings };
}

function summaryOf({ file, validators, validatorsHash }: Assembly, sha256: string, out: string) {
  return {
    out,
    sha256,
    canonicalSha256: sha256Hex(canonicalGenesis(file)),
    validatorsHash,
    validators: validators.length,
    supply: Object.fromEntries([...sumOf(file.balances)].map(([denom, amount]) => [denom, String(amount)])),
  };
}

function lines(summary: ReturnType<typeof summaryOf>): string {
  return [
    `Wrote ${summary.out} with ${summary.validators} validators.`,
    `sha256            ${summary.sha256}`,
    `sha256, canonical ${summary.canonicalSha256}`,
    `validators_hash   ${summary.validatorsHash} (block 1)`,
    `supply            ${Object.entries(summary.supply)
      .map(([denom, amount]) => `${amount} ${denom}`)
      .join(", ")}`,
  ].join("\n");
}
