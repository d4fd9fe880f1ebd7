import type { Items } from "../document/genesis-file.ts";
import { isObject, type Json } from "../json/value.ts";
import type { Coin } from "./allocation.ts";

/** Coins of a genesis balance or supply. Null when they are not coins in the SDK's spelling; an amount of 0 passes. */
export function coinsOf(list: Json | undefined): Coin[] | null {
  if (!Array.isArray(list)) return null;
  const coins: Coin[] = [];
  for (const each of list) {
    const denom = isObject(each) ? each.get("denom") : undefined;
    const amount = isObject(each) ? each.get("amount") : undefined;
    if (typeof denom !== "string" || typeof amount !== "string" || !/^(?:0|[1-9][0-9]{0,77})$/.test(amount))
      return null;
    coins.push({ denom, amount: BigInt(amount) });
  }
  return coins;
}

/** The sum of all balances by denom; balances whose coins can't be read count nothing. */
export function sumOf(balances: Items): Map<string, bigint> {
  const sum = new Map<string, bigint>();
  for (const balance of balances) {
    for (const { denom, amount } of (isObject(balance) ? coinsOf(balance.get("coins")) : null) ?? []) {
      sum.set(denom, (sum.get(denom) ?? 0n) + amount);
    }
  }
  return sum;
}

/** Sums as the coins of `bank.supply`: by denom, without zeros. */
export function coinsJson(sum: ReadonlyMap<string, bigint>): Json[] {
  return [...sum]
    .filter(([, amount]) => amount !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([denom, amount]) => coinJson({ denom, amount }));
}

/** A coin as the SDK writes it. */
export function coinJson({ denom, amount }: Coin): Json {
  return new Map([
    ["denom", denom],
    ["amount", String(amount)],
  ]);
}
