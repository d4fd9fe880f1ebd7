import { coinsOf } from "../allocation/supply.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { isObject } from "../json/value.ts";
import type { Candidate } from "./candidate.ts";

const findingsMax = 100;

/**
 * What makes an assembly impossible, whatever a judge says of each gentx: none at all, an operator or a consensus key
 * twice, a stake in another denom than the bond denom, more staked than the account has.
 */
export function stakeFindings(file: GenesisFile, candidates: readonly Candidate[]): Finding[] {
  if (candidates.length === 0) return [noGentx];
  const findings = [...repeated(candidates), ...foreignPrefixes(candidates), ...wrongDenoms(file, candidates)];
  const owned = balancesOf(file, new Set(candidates.map(({ account }) => account)));
  for (const candidate of candidates) {
    const has = owned.get(candidate.account)?.get(candidate.denom);
    if (has === undefined || has < candidate.tokens) findings.push(tooLittle(candidate, has));
  }
  return findings.slice(0, findingsMax);
}

const noGentx: Finding = {
  rule: "assembly.gentxs",
  message: "There is no gentx, so the chain would have no validator.",
  remedy: "Name a folder that holds gentx files ending in .json.",
};

function repeated(candidates: readonly Candidate[]): Finding[] {
  const seen = new Map<string, string>();
  return candidates.flatMap(({ file, operatorAddress, consensusKey }) =>
    [`operator ${operatorAddress}`, `consensus key ${consensusKey.join(",")}`].flatMap((key) => {
      const before = seen.get(key);
      seen.set(key, before ?? file);
      if (before === undefined) return [];
      const what = key.startsWith("operator") ? "operator" : "consensus key";
      return [
        {
          rule: `assembly.${what.replace(" ", "-")}`,
          message: `${file} has the same ${what} as ${before}; the chain would stop at its start.`,
          remedy: "Keep the one that its operator wants.",
          value: operatorAddress,
        },
      ];
    }),
  );
}

function foreignPrefixes([first, ...others]: readonly Candidate[]): Finding[] {
  return others
    .filter(({ prefix }) => prefix !== first?.prefix)
    .map(({ file, operatorAddress, prefix }) => ({
      rule: "assembly.prefix",
      message: `${file} is for a chain whose addresses begin with ${prefix}, the others' with ${first?.prefix}.`,
      remedy: "Ask the operator for a gentx made with this chain's own binary.",
      value: operatorAddress,
    }));
}

function wrongDenoms(file: GenesisFile, candidates: readonly Candidate[]): Finding[] {
  const bond = section(appState(file), "staking", "params").get("bond_denom");
  return candidates
    .filter(({ denom }) => denom !== bond)
    .map((candidate) => ({
      rule: "assembly.denom",
      message: `${candidate.file} stakes ${candidate.denom}; the bond denom is ${String(bond)}.`,
      remedy: "Ask the operator for a new gentx with the bond denom.",
      value: `${candidate.tokens}${candidate.denom}`,
    }));
}

function tooLittle({ file, account, tokens, denom }: Candidate, has: bigint | undefined): Finding {
  return {
    rule: "assembly.balance",
    message: `${file} stakes ${tokens}${denom}; ${account} ${has === undefined ? "has no balance" : `has ${has}${denom}`}.`,
    remedy: "Give the account an allocation, or ask for a gentx with a smaller stake.",
    value: account,
  };
}

function balancesOf({ balances }: GenesisFile, accounts: ReadonlySet<string>): Map<string, Map<string, bigint>> {
  const found = new Map<string, Map<string, bigint>>();
  for (const balance of balances) {
    const address = isObject(balance) ? balance.get("address") : undefined;
    if (!isObject(balance) || typeof address !== "string" || !accounts.has(address)) continue;
    found.set(address, new Map((coinsOf(balance.get("coins")) ?? []).map(({ denom, amount }) => [denom, amount])));
  }
  return found;
}
