import { readAddress } from "../document/address.ts";
import { compareBytes } from "../document/bytes.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, type Items, picked, section } from "../document/genesis-file.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { isObject, type Json } from "../json/value.ts";
import { alreadyThere, unreadable, withAccounts } from "./new-accounts.ts";
import { PackedRows } from "./packed-rows.ts";
import { coinJson, coinsJson, sumOf } from "./supply.ts";
import type { AllocationTable } from "./table.ts";

/** A base genesis with its allocations, or why they don't fit to it. */
export type Applied =
  | { readonly ok: true; readonly file: GenesisFile }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const findingsMax = 100;

/**
 * Adds allocations to a base genesis as the SDK's `add-genesis-account` does, one after the other: accounts with the
 * next free numbers, balances by address bytes. The supply is the sum of all balances, computed anew: the SDK adds
 * to what stands there, and keeps a wrong base wrong.
 */
export function applyAllocations(base: GenesisFile, table: AllocationTable): Applied {
  const balances = new PackedRows();
  const findings: Finding[] = [];
  for (const balance of base.balances) {
    const address = isObject(balance) ? balance.get("address") : undefined;
    const bytes = typeof address === "string" ? readAddress(address)?.bytes : undefined;
    if (bytes === undefined) return refused([unreadable("bank.balances", balance)]);
    balances.add(bytes, printJson(balance, { indent: 0 }));
  }
  for (let row = 0; row < table.count; row += 1) {
    const { address, bytes, coins } = table.at(row);
    const entry = new Map<string, Json>([
      ["address", address],
      ["coins", coins.map(coinJson)],
    ]);
    balances.add(bytes, printJson(entry, { indent: 0 }));
  }
  const order = balances.sorted();
  order.forEach((row, place) => {
    const before = order[place - 1];
    if (before !== undefined && compareBytes(balances.key(before), balances.key(row)) === 0) {
      if (findings.length < findingsMax) findings.push(alreadyThere(addressIn(balances.text(row))));
    }
  });
  const packed: Items = {
    *[Symbol.iterator]() {
      for (const row of order) yield parseJson(balances.text(row)).value;
    },
  };
  const accounts = withAccounts(base, table);
  if (!accounts.ok) findings.push(...accounts.findings);
  if (findings.length > 0 || !accounts.ok) return refused(findings.slice(0, findingsMax));
  return {
    ok: true,
    file: { ...base, root: withSupply(base, coinsJson(sumOf(packed))), balances: packed, accounts: accounts.items },
  };
}

const refused = (findings: readonly Finding[]): Applied => ({ ok: false, findings });

function withSupply(base: GenesisFile, supply: Json[]): GenesisFile["root"] {
  const modules = appState(base);
  const auth = picked(section(modules, "auth"), ["params", "accounts"]);
  const bank = picked(section(modules, "bank"), ["params", "balances", "supply", "denom_metadata", "send_enabled"]);
  const state = new Map(modules).set("auth", auth).set("bank", bank.set("supply", supply));
  return new Map(base.root).set("app_state", state);
}

function addressIn(balance: string): string {
  const { value } = parseJson(balance);
  return isObject(value) ? String(value.get("address")) : "";
}
