import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile } from "../document/genesis-file.ts";
import { consensusAsAnnounced, consensusBounds } from "./consensus.ts";
import { denomFindings } from "./denoms.ts";
import { sumFindings } from "./sums.ts";
import { type TopExpected, topFindings } from "./top.ts";

/** What a genesis is held against. Without a base, what assembly might have lost can't be seen. */
export type Expected = TopExpected & { readonly base?: GenesisFile };

/**
 * Judges a genesis by what would stop its chain, or spoil it without stopping it. Everything is told at once; an
 * empty answer means that nothing was found. The lists are walked twice at most.
 */
export function judgeGenesis(file: GenesisFile, expected: Expected = {}): Finding[] {
  const { base } = expected;
  return [
    ...topFindings(file, expected),
    ...consensusBounds(file),
    ...(base === undefined ? [] : [...consensusAsAnnounced(file, base), ...lostModules(file, base)]),
    ...denomFindings(file),
    ...sumFindings(file),
  ];
}

function lostModules(file: GenesisFile, base: GenesisFile): Finding[] {
  const kept = appState(file);
  return [...appState(base).keys()]
    .filter((module) => !kept.has(module))
    .map((module) => ({
      rule: "genesis.modules-kept",
      message: `The section of the module ${module} was lost.`,
      remedy: "Assemble with the chain's own tool or with ours; the chain would not start without it.",
      value: module.slice(0, 80),
    }));
}
