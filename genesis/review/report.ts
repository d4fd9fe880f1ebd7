import { sumOf } from "../allocation/supply.ts";
import { appState, type GenesisFile, type Items, section } from "../document/genesis-file.ts";
import { type Json, JsonNumber } from "../json/value.ts";
import type { Change } from "./change.ts";
import { byPower, type Group, groupsBy, networkOf, smallestAbove } from "./concentration.ts";
import { diffGenesis } from "./diff.ts";
import { displayed, share, unitsOf } from "./units.ts";
import { type ReviewedValidator, validatorsOf } from "./validators.ts";

/** Power, and its part of all power. */
export type PowerShare = { readonly name: string; readonly power: string; readonly share: string };

/** A genesis summed up. Amounts and powers are decimal text; shares are percent. */
export type LaunchReport = {
  readonly chainId: string;
  readonly genesisTime: string;
  readonly accounts: number;
  readonly supply: readonly { readonly denom: string; readonly amount: string; readonly shown: string }[];
  readonly bonded: string;
  readonly totalPower: string;
  readonly validators: readonly (PowerShare & { readonly operator: string; readonly commission: string })[];
  /** Monikers of the fewest that can stop the chain, and of the fewest that decide alone. */
  readonly overThird: readonly string[];
  readonly overTwoThirds: readonly string[];
  readonly subnets: readonly (PowerShare & { readonly monikers: readonly string[] })[];
  readonly providers: readonly (PowerShare & { readonly monikers: readonly string[] })[];
  readonly commission: { readonly lowest: string; readonly median: string; readonly highest: string } | null;
  /** Validators whose commission is already at their own maximum. */
  readonly commissionAtMax: readonly string[];
  /** Parameters that differ from the base's. Null: no base was given. */
  readonly oddParameters: readonly Change[] | null;
  readonly warnings: readonly string[];
};

/** What a report may know beside the file: providers by operator address, and the base genesis. */
export type ReportInput = {
  readonly providers?: ReadonlyMap<string, string>;
  readonly base?: GenesisFile;
};

/** Sums a genesis up for people who decide whether to launch with it. */
export function launchReport(file: GenesisFile, { providers, base }: ReportInput = {}): LaunchReport {
  const units = unitsOf(file);
  const all = validatorsOf(file).sort(byPower);
  const validators = all.filter(({ power }) => power > 0n);
  const total = validators.reduce((sum, { power }) => sum + power, 0n);
  const tokens = validators.reduce((sum, each) => sum + each.tokens, 0n);
  const bond = text(section(appState(file), "staking", "params").get("bond_denom"));
  const overThird = smallestAbove(validators, { numerator: 1n, denominator: 3n }).map(({ moniker }) => moniker);
  const grouped = (groups: readonly Group[]) =>
    groups.map(({ name, power, monikers }) => ({ name, power: String(power), share: share(power, total), monikers }));
  const subnets = groupsBy(validators, networkOf);
  const given = groupsBy(validators, ({ operator }) => providers?.get(operator) ?? "");
  return {
    chainId: text(file.root.get("chain_id")),
    genesisTime: text(file.root.get("genesis_time")),
    accounts: countOf(file.accounts),
    supply: [...sumOf(file.balances)].map(([denom, amount]) => ({
      denom,
      amount: String(amount),
      shown: displayed(amount, units(denom)),
    })),
    bonded: displayed(tokens, units(bond)),
    totalPower: String(total),
    validators: validators.map(({ moniker, operator, power, rate }) => ({
      name: moniker,
      operator,
      power: String(power),
      share: share(power, total),
      commission: rate,
    })),
    overThird,
    overTwoThirds: smallestAbove(validators, { numerator: 2n, denominator: 3n }).map(({ moniker }) => moniker),
    subnets: grouped(subnets),
    providers: grouped(given),
    commission: commissionOf(validators),
    commissionAtMax: validators.filter(({ rate, maxRate }) => rate === maxRate).map(({ moniker }) => moniker),
    oddParameters: base === undefined ? null : changedParameters(base, file),
    warnings: warningsOf(file, all, { total, overThird, places: [...subnets, ...given] }),
  };
}

function commissionOf(validators: readonly ReviewedValidator[]): LaunchReport["commission"] {
  const rates = validators.map(({ rate }) => rate).sort((a, b) => (scaled(a) < scaled(b) ? -1 : 1));
  const [lowest, highest] = [rates[0], rates.at(-1)];
  const median = rates[Math.floor((rates.length - 1) / 2)];
  if (lowest === undefined || highest === undefined || median === undefined) return null;
  return { lowest, median, highest };
}

/** A decimal of at most 18 places as a count of 10^-18. */
function scaled(decimal: string): bigint {
  const [, whole = "0", fraction = ""] = /^(\d+)(?:\.(\d{1,18}))?$/.exec(decimal) ?? [];
  return BigInt(whole + fraction.padEnd(18, "0"));
}

function changedParameters(base: GenesisFile, file: GenesisFile): Change[] {
  return diffGenesis(base, file).changes.filter(({ kind }) => kind === "parameter" || kind === "consensus");
}

function warningsOf(
  file: GenesisFile,
  validators: readonly ReviewedValidator[],
  { total, overThird, places }: { total: bigint; overThird: readonly string[]; places: readonly Group[] },
): string[] {
  const warnings: string[] = [];
  const [alone] = overThird;
  if (overThird.length === 1) warnings.push(`${JSON.stringify(alone)} alone holds more than a third of the power.`);
  for (const { name, power, monikers } of places) {
    if (power * 3n > total && monikers.length > 1) {
      warnings.push(`${name} holds ${share(power, total)} of the power in ${monikers.length} validators.`);
    }
  }
  const weak = validators.filter(({ power }) => power === 0n).length;
  if (weak > 0) warnings.push(`${weak} validators have less than one unit of power and stay outside of the set.`);
  const max = section(appState(file), "staking", "params").get("max_validators");
  if (max instanceof JsonNumber && validators.length - weak > Number(max.text)) {
    warnings.push(`There are ${validators.length - weak} validators, and room for ${max.text}.`);
  }
  return warnings;
}

function countOf(items: Items): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}

const text = (value: Json | undefined) => (typeof value === "string" ? value : "");
