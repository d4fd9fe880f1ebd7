import { type Applied, applyAllocations } from "../allocation/apply.ts";
import { sumOf } from "../allocation/supply.ts";
import { type Assembly, assemble, candidatesOf, type Style } from "../assemble/assemble.ts";
import type { GentxFile } from "../assemble/candidate.ts";
import type { Order } from "../assemble/order.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { nodeAnswer } from "../document/node-answer.ts";
import { goTime } from "../document/rfc3339.ts";
import { canonicalGenesis, genesisText } from "../document/write.ts";
import { judgeGenesis } from "../rules/judge-genesis.ts";
import { readAllocationFile } from "./allocation-file.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { withGenesisFile } from "./file-source.ts";
import { findingLines } from "./findings.ts";
import { readGentxFiles } from "./gentx-files.ts";
import { fatalFindings } from "./judge-files.ts";
import { sha256Of } from "./sha256.ts";
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

/**
 * Makes a genesis and writes it whole or not at all. What the judge of gentxs finds fatal stops it, and what the
 * genesis rules find, unless `--allow` names the rule.
 */
export async function run(args: readonly string[]): Promise<number> {
  const asked = askedFor(args);
  const files = await readGentxFiles([asked.gentxs]);
  return withGenesisFile(asked.genesis, async (base) => {
    const { prefix, unreadable } = firstLook(files);
    const added = await allocated(base, asked.allocations, prefix);
    const findings = [...unreadable, ...(added.ok ? [] : added.findings)];
    if (findings.length > 0 || !added.ok) return told(findings, asked.json);
    return write(added.file, base, files, asked);
  });
}

/** All else that was read is let go: ten thousand gentxs as trees shouldn't be held while they are read again. */
function firstLook(files: readonly GentxFile[]) {
  const { candidates, findings } = candidatesOf(files, true);
  return { prefix: candidates[0]?.prefix, unreadable: findings };
}

type Asked = ReturnType<typeof askedFor>;

function askedFor(args: readonly string[]) {
  const { values, positionals } = readArguments(args, options);
  const { genesis, gentxs, out, style, order, allow, force, json, allocations } = values;
  if (genesis === undefined || gentxs === undefined || out === undefined || positionals.length > 0) {
    throw new UsageError("assemble needs --genesis, --gentxs and --out, and nothing else");
  }
  if (style !== "gentxs" && style !== "staking-state") throw new UsageError(`No style is called ${style}`);
  if (order !== "operator" && order !== "tool") throw new UsageError(`No order is called ${order}`);
  const genesisTime = values["genesis-time"];
  if (genesisTime !== undefined && goTime(genesisTime) === null) {
    throw new UsageError(`${genesisTime} is no time; write 2026-12-01T15:00:00Z`);
  }
  const how: { style: Style; order: Order } = { style, order };
  const chainId = values["chain-id"];
  return { genesis, gentxs, out, ...how, allow, force, json, allocations, genesisTime, chainId };
}

function write(file: GenesisFile, base: GenesisFile, files: readonly GentxFile[], asked: Asked): number {
  const { style, order, genesisTime, chainId } = asked;
  const time = genesisTime === undefined ? {} : { genesisTime };
  const assembled = assemble({ base: file, gentxs: files, style, order, ...time });
  if (!assembled.ok) return told(assembled.findings, asked.json);
  const { assembly } = assembled;
  const byName = new Map(files.map((each) => [each.name, each]));
  const findings = [
    ...fatalFindings(file, assembly.candidates, byName),
    ...judgeGenesis(assembly.file, { base, ...(chainId === undefined ? {} : { chainId }) }),
  ];
  const standing = findings.filter(({ rule }) => !asked.allow.includes(rule));
  if (standing.length > 0) return told(standing, asked.json);
  const hash = writeAtomically(asked.out, genesisText(assembly.file), sha256Of, asked.force);
  const summary = summaryOf(assembly, hash, asked.out);
  console.log(asked.json ? JSON.stringify(summary, null, 2) : lines(summary));
  if (findings.length > 0) console.error(`Allowed:\n${findingLines(findings)}`);
  return 0;
}

function told(findings: readonly Finding[], json: boolean): number {
  if (json) console.log(JSON.stringify({ findings }, null, 2));
  else console.error(`No genesis was written.\n${findingLines(findings)}`);
  return 1;
}

async function allocated(base: GenesisFile, path: string | undefined, prefix: string | undefined): Promise<Applied> {
  if (path === undefined) return { ok: true, file: base };
  const denom = section(appState(base), "staking", "params").get("bond_denom");
  if (typeof denom !== "string" || prefix === undefined) {
    throw new UsageError("Allocations need a bond denom in the base genesis and one gentx, for the chain's prefix");
  }
  const read = await readAllocationFile(path, { prefix, denom });
  if (read.ok) return applyAllocations(base, read.table);
  const findings = read.faults.map(({ line, message }) => ({
    rule: "allocation.row",
    message: `${path}, line ${line}: ${message}.`,
    remedy: "Mend the line; nothing of the list was taken.",
  }));
  return { ok: false, findings };
}

function summaryOf({ file, validators, validatorsHash }: Assembly, sha256: string, out: string) {
  const canonicalSha256 = sha256Of(canonicalGenesis(file));
  const answer = nodeAnswer(file);
  return {
    out,
    sha256,
    canonicalSha256,
    answerSha256: answer === file ? canonicalSha256 : sha256Of(canonicalGenesis(answer)),
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
    `sha256, /genesis  ${summary.answerSha256} (canonical form of a node's answer)`,
    `validators_hash   ${summary.validatorsHash} (block 1)`,
    `supply            ${Object.entries(summary.supply)
      .map(([denom, amount]) => `${amount} ${denom}`)
      .join(", ")}`,
  ].join("\n");
}
