import { applyAllocations } from "../allocation/apply.ts";
import type { AllocationTable } from "../allocation/table.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { JsonError } from "../json/parse.ts";
import { JsonNumber } from "../json/value.ts";
import { type Candidate, candidateOf, type GentxFile, readGentx } from "./candidate.ts";
import { gentxsStyle } from "./gentxs-style.ts";
import { type Order, ordered } from "./order.ts";
import { NotOfMessage } from "./proto-json.ts";
import { stakeFindings } from "./stakes.ts";
import { stakingState } from "./staking-state.ts";
import { initialSet, type SetMember, validatorsHash } from "./validators-hash.ts";

/** `gentxs`: the SDK's own. `staking-state`: PAW's, the validators written out. */
export type Style = "gentxs" | "staking-state";

/** What a genesis is made of. The same input gives the same bytes. */
export type AssemblyInput = {
  readonly base: GenesisFile;
  readonly gentxs: readonly GentxFile[];
  readonly allocations?: AllocationTable;
  readonly style: Style;
  readonly order: Order;
  /** Replaces the base's genesis time: RFC 3339, UTC. */
  readonly genesisTime?: string;
};

/** A genesis, and what follows from it. */
export type Assembly = {
  readonly file: GenesisFile;
  /** Every gentx, in its order in the file. */
  readonly candidates: readonly Candidate[];
  readonly validators: readonly SetMember[];
  /** `validators_hash` of block 1, as its header will show it. */
  readonly validatorsHash: string;
};

/** The assembly, or everything that is in its way. */
export type Assembled =
  | { readonly ok: true; readonly assembly: Assembly }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const maxValidatorsDefault = 100;

/**
 * Makes a genesis of a base, allocations and gentxs. Gentxs are taken as the chain's decoder takes them, and are not
 * judged here: signatures, texts and commissions are the gentx judge's. No gentx of the base stays.
 */
export function assemble(input: AssemblyInput): Assembled {
  const base = withTime(input.base, input.genesisTime);
  const tip = writesTip(base, input.gentxs);
  const read = candidatesOf(input.gentxs, tip);
  if (read.findings.length > 0) return refused(read.findings);
  const candidates = read.candidates.sort(ordered(input.order));
  const applied = input.allocations === undefined ? null : applyAllocations(base, input.allocations);
  if (applied?.ok === false) return refused(applied.findings);
  const allocated = applied?.file ?? base;
  const findings = stakeFindings(allocated, candidates);
  if (findings.length > 0) return refused(findings);
  const staking = section(appState(base), "staking");
  const max = staking.get("params") instanceof Map ? section(staking, "params").get("max_validators") : undefined;
  const set = initialSet(candidates, max instanceof JsonNumber ? Number(max.text) : maxValidatorsDefault);
  if (input.style === "staking-state") return writtenOut(allocated, candidates, set);
  const files = new Map(input.gentxs.map((file) => [file.name, file]));
  if (set.length === 0) return refused([noPower]);
  return done(gentxsStyle(allocated, candidates, files, tip), candidates, set);
}

function writtenOut(base: GenesisFile, candidates: readonly Candidate[], set: readonly SetMember[]): Assembled {
  const members = new Set(set.map(({ candidate }) => candidate));
  const outside = candidates.find((candidate) => !members.has(candidate));
  if (outside !== undefined) {
    return refused([
      {
        rule: "assembly.power",
        message: `${outside.file} would not be in the set: it has less than one unit of power, or max_validators is reached.`,
        remedy: "Take it out or raise its stake: in this style every validator is written as bonded.",
        value: String(outside.tokens),
      },
    ]);
  }
  const validators = section(appState(base), "staking").get("validators");
  if (Array.isArray(validators) && validators.length > 0) return refused([alreadyStaked]);
  return done(stakingState(base, candidates, candidates[0]?.prefix ?? ""), candidates, set);
}

const refused = (findings: readonly Finding[]): Assembled => ({ ok: false, findings });

const done = (file: GenesisFile, candidates: readonly Candidate[], validators: readonly SetMember[]): Assembled => ({
  ok: true,
  assembly: { file, candidates, validators, validatorsHash: validatorsHash(validators) },
});

const noPower: Finding = {
  rule: "assembly.power",
  message: "No gentx stakes one unit of power, so the chain would have no validator.",
  remedy: "Stake at least 1000000 base units.",
};

const alreadyStaked: Finding = {
  rule: "assembly.base",
  message: "The base genesis has validators already.",
  remedy: "Begin with the genesis from before collect-gentxs.",
};

/** SDK 0.46 and later write `tip` into every gentx. The older document shape says nothing of its SDK; its gentxs do. */
function writesTip({ shape }: GenesisFile, gentxs: readonly GentxFile[]): boolean {
  return shape === "AppGenesis" || gentxs.some(({ text }) => /"tip"\s*:/.test(text));
}

/** What the gentx files say, and which of them say nothing that can be read. */
export function candidatesOf(
  files: readonly GentxFile[],
  tip: boolean,
): { candidates: Candidate[]; findings: Finding[] } {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    try {
      candidates.push(candidateOf(file.name, readGentx(file, { tip })));
    } catch (error) {
      if (!(error instanceof JsonError || error instanceof NotOfMessage)) throw error;
      findings.push({
        rule: "assembly.gentx-form",
        message: `${file.name} is no gentx: ${error.message}.`,
        remedy: "Leave the file out, or ask its operator for one that the chain's own binary made.",
      });
    }
  }
  return { candidates, findings };
}

function withTime(base: GenesisFile, genesisTime: string | undefined): GenesisFile {
  return genesisTime === undefined ? base : { ...base, root: new Map(base.root).set("genesis_time", genesisTime) };
}
