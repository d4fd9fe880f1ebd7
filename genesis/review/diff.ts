import { consensusParams, consensusParamsForm } from "../assemble/top.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { printJson } from "../json/print.ts";
import { isObject, type Json } from "../json/value.ts";
import { type Change, Changes } from "./change.ts";
import { diffAccounts } from "./diff-accounts.ts";
import { displayed, percent, type Unit, unitsOf } from "./units.ts";
import { type ReviewedValidator, validatorsOf } from "./validators.ts";

/** What changed, and how much of each kind; lists of changes are cut at `keptMax` a kind. */
export type GenesisDiff = { readonly changes: readonly Change[]; readonly counts: Readonly<Record<string, number>> };

const keptDefault = 1_000;
const valueChars = 200;

/**
 * Compares two genesis files by what they mean: the layout and the order of keys count nothing, and neither does the
 * document's shape. Gentxs and validators that are written out compare as validators.
 */
export function diffGenesis(a: GenesisFile, b: GenesisFile, keptMax = keptDefault): GenesisDiff {
  const changes = new Changes(keptMax);
  const units = unitsOf(b);
  for (const key of ["app_name", "app_version", "chain_id", "genesis_time", "initial_height", "app_hash"]) {
    const [was, is] = [loose(a.root.get(key)), loose(b.root.get(key))];
    if (was !== is) changes.add({ kind: "document", subject: key, before: was, after: is });
  }
  const consensus = (file: GenesisFile) => consensusParamsForm(consensusParams(file));
  diffTrees(consensus(a), consensus(b), "consensus", "consensus", changes);
  diffModules(appState(a), appState(b), changes);
  diffAccounts(a, b, units, changes);
  diffValidators(validatorsOf(a), validatorsOf(b), units, changes, bondDenom(b));
  return { changes: changes.list, counts: Object.fromEntries(changes.counts) };
}

const bondDenom = (file: GenesisFile) => {
  const denom = section(appState(file), "staking", "params").get("bond_denom");
  return typeof denom === "string" ? denom : "";
};

/** What follows from validators and balances, and is told with them. */
const derived = new Set([
  "auth.accounts",
  "bank.balances",
  "bank.supply",
  "genutil.gen_txs",
  "slashing.signing_infos",
  "staking.delegations",
  "staking.last_total_power",
  "staking.last_validator_powers",
  "staking.validators",
]);

function diffModules(a: Map<string, Json>, b: Map<string, Json>, changes: Changes): void {
  for (const module of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    const [was, is] = [a.get(module), b.get(module)];
    if (!isObject(was) || !isObject(is)) {
      diffTrees(was, is, module, "state", changes);
      continue;
    }
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const path = `${module}.${key}`;
      const kind = /params$/.test(key) ? "parameter" : "state";
      if (!derived.has(path)) diffTrees(was.get(key), is.get(key), path, kind, changes);
    }
  }
}

function diffTrees(
  a: Json | undefined,
  b: Json | undefined,
  path: string,
  kind: Change["kind"],
  changes: Changes,
): void {
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      diffTrees(a.get(key), b.get(key), `${path}.${key}`, kind, changes);
    }
    return;
  }
  const [was, is] = [shown(a), shown(b)];
  if (sortedText(a) !== sortedText(b)) changes.add({ kind, subject: path, before: was, after: is });
}

const shown = (value: Json | undefined) => {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : printJson(value, { indent: 0 });
  return text.length > valueChars ? `${text.slice(0, valueChars)}…` : text;
};

/** A number and the same number as text are one here: the shapes differ in that. An empty hash and none are one too. */
const loose = (value: Json | undefined) => {
  const text = shown(value);
  return text === "" || text === "null" ? null : text;
};

function sortedText(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join()}]`;
  if (!isObject(value)) return value === undefined ? "" : printJson(value, { indent: 0 });
  const entries = [...value].sort(([x], [y]) => (x < y ? -1 : 1));
  return `{${entries.map(([key, each]) => `${key}:${sortedText(each)}`).join()}}`;
}

const fields: readonly (readonly [keyof ReviewedValidator, string])[] = [
  ["moniker", "moniker"],
  ["tokens", "stake"],
  ["rate", "commission"],
  ["maxRate", "highest commission"],
  ["maxChangeRate", "commission change a day"],
  ["minSelfDelegation", "least self-delegation"],
  ["consensusKey", "consensus key"],
  ["identity", "identity"],
  ["website", "website"],
  ["securityContact", "security contact"],
  ["details", "details"],
  ["host", "host"],
];

function diffValidators(
  a: readonly ReviewedValidator[],
  b: readonly ReviewedValidator[],
  units: (denom: string) => Unit,
  changes: Changes,
  denom: string,
): void {
  const [before, after] = [byOperator(a), byOperator(b)];
  const said = (validator: ReviewedValidator, field: keyof ReviewedValidator): string => {
    const value = validator[field];
    if (typeof value === "bigint") return displayed(value, units(denom));
    return /rate$/i.test(field) ? percent(value) : value;
  };
  const whole = (validator: ReviewedValidator) => `${said(validator, "tokens")}, ${said(validator, "rate")} commission`;
  for (const operator of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(operator), after.get(operator)];
    const name = (is ?? was)?.moniker ?? "";
    if (was === undefined && is !== undefined)
      changes.add({ kind: "validator-added", subject: operator, before: null, after: whole(is), name });
    else if (is === undefined && was !== undefined)
      changes.add({ kind: "validator-removed", subject: operator, before: whole(was), after: null, name });
    if (was === undefined || is === undefined) continue;
    for (const [field, label] of fields) {
      if (was[field] === is[field] || (field === "host" && (was.host === "" || is.host === ""))) continue;
      const [from, to] = [said(was, field), said(is, field)];
      changes.add({ kind: "validator-changed", subject: `${operator} ${label}`, before: from, after: to, name });
    }
  }
  const common = (list: readonly ReviewedValidator[]) =>
    list.map(({ operator }) => operator).filter((operator) => before.has(operator) && after.has(operator));
  if (common(a).join() !== common(b).join()) {
    changes.add({ kind: "order", subject: "validators", before: "one order", after: "another order" });
  }
}

const byOperator = (list: readonly ReviewedValidator[]) => new Map(list.map((each) => [each.operator, each]));
