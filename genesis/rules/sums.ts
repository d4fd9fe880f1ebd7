import { baseAccountOf } from "../allocation/account-json.ts";
import { PackedRows } from "../allocation/packed-rows.ts";
import { coinsOf } from "../allocation/supply.ts";
import { readAddress } from "../document/address.ts";
import { compareBytes } from "../document/bytes.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, type Items, section } from "../document/genesis-file.ts";
import { printJson } from "../json/print.ts";
import { isObject, type Json } from "../json/value.ts";

const findingsMax = 20;

/** Every address once and of one prefix, every balance readable, and a supply that is their sum. */
export function sumFindings(file: GenesisFile): Finding[] {
  const sum = new Map<string, bigint>();
  const prefixes = new Set<string>();
  const balances = listFindings("bank.balances", file.balances, prefixes, (balance) => {
    const coins = isObject(balance) ? coinsOf(balance.get("coins")) : null;
    for (const { denom, amount } of coins ?? []) sum.set(denom, (sum.get(denom) ?? 0n) + amount);
    return coins !== null;
  });
  const accounts = listFindings("auth.accounts", file.accounts, prefixes, () => true);
  const findings = [...balances, ...accounts, ...supplyFindings(file, sum)];
  if (prefixes.size <= 1) return findings;
  return [
    ...findings,
    {
      rule: "genesis.prefix",
      message: "Addresses of more than one chain stand in the genesis.",
      remedy: "Find whose addresses were converted wrongly; their coins would be out of reach.",
      value: [...prefixes].slice(0, 8).join(", "),
    },
  ];
}

function listFindings(list: string, items: Items, prefixes: Set<string>, isWell: (item: Json) => boolean): Finding[] {
  const keys = new PackedRows();
  const findings: Finding[] = [];
  for (const item of items) {
    const text = isObject(item) ? (baseAccountOf(item) ?? item).get("address") : undefined;
    const address = typeof text === "string" ? readAddress(text) : null;
    if (address === null || !isWell(item)) {
      if (findings.length < findingsMax) findings.push(unreadable(list, item));
      continue;
    }
    if (prefixes.size < 8) prefixes.add(address.prefix);
    keys.add(address.bytes, "");
  }
  return [...findings, ...repeats(list, keys)];
}

function repeats(list: string, keys: PackedRows): Finding[] {
  const findings: Finding[] = [];
  let before: number | null = null;
  for (const row of keys.sorted()) {
    if (before !== null && compareBytes(keys.key(before), keys.key(row)) === 0 && findings.length < findingsMax) {
      findings.push({
        rule: "genesis.duplicate",
        message: `Entry ${row} of ${list} has the address of entry ${before}.`,
        remedy: "Keep one of them; the chain would not start with both.",
      });
    }
    before = row;
  }
  return findings;
}

function unreadable(list: string, item: Json): Finding {
  return {
    rule: "genesis.entry",
    message: `An entry of ${list} has no address, or no coins, that can be read.`,
    remedy: "Write the address in lower case and each amount as plain digits.",
    value: printJson(item, { indent: 0 }).slice(0, 120),
  };
}

/** An empty supply passes, as in the SDK: the bank module adds it up itself. */
function supplyFindings(file: GenesisFile, sum: ReadonlyMap<string, bigint>): Finding[] {
  const written = section(appState(file), "bank").get("supply") ?? [];
  const supply = coinsOf(written);
  if (supply === null) return [supplyFinding("The supply can't be read.", printJson(written, { indent: 0 }))];
  if (supply.length === 0) return [];
  const stated = new Map(supply.map(({ denom, amount }) => [denom, amount]));
  return [...new Set([...stated.keys(), ...sum.keys()])]
    .filter((denom) => (stated.get(denom) ?? 0n) !== (sum.get(denom) ?? 0n))
    .map((denom) =>
      supplyFinding(`The balances hold ${sum.get(denom) ?? 0n} ${denom}.`, `${stated.get(denom) ?? 0n}${denom}`),
    );
}

function supplyFinding(message: string, value: string): Finding {
  return {
    rule: "genesis.supply",
    message: `The supply is not the sum of the balances. ${message}`,
    remedy: "Write the sum into app_state.bank.supply, or leave it empty for the chain to add up.",
    value: value.slice(0, 120),
  };
}
