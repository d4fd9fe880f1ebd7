import { baseAccountOf } from "../allocation/account-json.ts";
import { PackedRows } from "../allocation/packed-rows.ts";
import { coinsOf, sumOf } from "../allocation/supply.ts";
import { readAddress } from "../document/address.ts";
import { compareBytes } from "../document/bytes.ts";
import type { GenesisFile, Items } from "../document/genesis-file.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { isObject, type Json } from "../json/value.ts";
import type { Changes } from "./change.ts";
import { displayed, type Unit } from "./units.ts";

type Units = (denom: string) => Unit;

/** Accounts added, removed or of another kind, balances and supply changed. Lists are joined by address bytes. */
export function diffAccounts(a: GenesisFile, b: GenesisFile, units: Units, changes: Changes): void {
  for (const { address, before, after } of joined(rowsOf(a.accounts), rowsOf(b.accounts))) {
    const kind = kindOfChange(before, after);
    if (kind !== null) changes.add({ kind, subject: address, before: typeOf(before), after: typeOf(after) });
  }
  for (const { address, before, after } of joined(rowsOf(a.balances), rowsOf(b.balances))) {
    const [was, is] = [coinsText(before, units), coinsText(after, units)];
    if (was !== is) changes.add({ kind: "balance", subject: address, before: was, after: is });
  }
  const [sumA, sumB] = [sumOf(a.balances), sumOf(b.balances)];
  for (const denom of new Set([...sumA.keys(), ...sumB.keys()])) {
    const [was, is] = [sumA.get(denom) ?? 0n, sumB.get(denom) ?? 0n];
    if (was === is) continue;
    const shown = (amount: bigint) => displayed(amount, units(denom));
    changes.add({ kind: "supply", subject: denom, before: shown(was), after: shown(is) });
  }
}

type Pair = { readonly address: string; readonly before: Json | null; readonly after: Json | null };

function rowsOf(items: Items): PackedRows {
  const rows = new PackedRows();
  for (const item of items) {
    const address = isObject(item) ? (baseAccountOf(item) ?? item).get("address") : undefined;
    const bytes = typeof address === "string" ? readAddress(address)?.bytes : undefined;
    if (bytes !== undefined) rows.add(bytes, printJson(item, { indent: 0 }));
  }
  return rows;
}

/** What differs between two lists that are joined by key. */
function* joined(a: PackedRows, b: PackedRows): Generator<Pair> {
  const [orderA, orderB] = [a.sorted(), b.sorted()];
  const text = (rows: PackedRows, row: number | undefined) => (row === undefined ? null : rows.text(row));
  for (let [atA, atB] = [0, 0]; atA < orderA.length || atB < orderB.length; ) {
    const [rowA, rowB] = [orderA[atA], orderB[atB]];
    const order = sideOf(a, rowA, b, rowB);
    const before = order <= 0 ? text(a, rowA) : null;
    const after = order >= 0 ? text(b, rowB) : null;
    if (order <= 0) atA += 1;
    if (order >= 0) atB += 1;
    if (before !== after) yield pairOf(before, after);
  }
}

function sideOf(a: PackedRows, rowA: number | undefined, b: PackedRows, rowB: number | undefined): number {
  if (rowA === undefined) return 1;
  return rowB === undefined ? -1 : compareBytes(a.key(rowA), b.key(rowB));
}

function pairOf(beforeText: string | null, afterText: string | null): Pair {
  const before = beforeText === null ? null : parseJson(beforeText).value;
  const after = afterText === null ? null : parseJson(afterText).value;
  const known = after ?? before;
  const holder = isObject(known ?? undefined) ? (baseAccountOf(known) ?? known) : null;
  return { address: String(holder instanceof Map ? holder.get("address") : ""), before, after };
}

function kindOfChange(before: Json | null, after: Json | null) {
  if (before === null) return "account-added" as const;
  if (after === null) return "account-removed" as const;
  return accountText(before) === accountText(after) ? null : ("account-changed" as const);
}

/** An account's kind and what is special in it; its number is the chain's own affair. */
function typeOf(account: Json | null): string | null {
  return account === null ? null : accountText(account);
}

function accountText(account: Json): string {
  const parts: string[] = [];
  const walk = (value: Json, path: string): void => {
    if (isObject(value)) for (const [key, each] of value) walk(each, path === "" ? key : `${path}.${key}`);
    else if (!/(?:^|\.)(?:address|account_number|pub_key|sequence)$/.test(path)) parts.push(said(path, value));
  };
  walk(account, "");
  return parts.filter((part) => part !== "").join(", ");
}

function said(path: string, value: Json): string {
  if (path === "@type" && typeof value === "string") return value.slice(value.lastIndexOf(".") + 1);
  const text = printJson(value, { indent: 0 });
  return text === "[]" ? "" : `${path.slice(path.lastIndexOf(".") + 1)} ${text}`;
}

function coinsText(balance: Json | null, units: Units): string | null {
  const coins = isObject(balance ?? undefined) ? coinsOf((balance as Map<string, Json>).get("coins")) : null;
  if (coins === null) return null;
  return coins.length === 0 ? "nothing" : coins.map(({ denom, amount }) => displayed(amount, units(denom))).join(", ");
}
