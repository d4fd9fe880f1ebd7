import { readAddress } from "../document/address.ts";
import { isObject, type Json, JsonNumber } from "../json/value.ts";
import {
  type Allocation,
  type AllocationRules,
  type Coin,
  isDenom,
  readAmount,
  readSeconds,
  sortedCoins,
  type Vesting,
} from "./allocation.ts";
import { moduleOf } from "./module-accounts.ts";

/** One row read: an allocation, or what is wrong with it in a sentence. */
export type Row = Allocation | string;

const columns = ["address", "amount", "denom", "vesting_amount", "vesting_start", "vesting_end"] as const;
type Column = (typeof columns)[number];

/** A header's columns by place, or what is wrong with it. */
export function readHeader(cells: readonly string[]): readonly Column[] | string {
  const names = cells.map((cell) => cell.toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined)
    return `no column is called ${JSON.stringify(unknown.slice(0, 40))}; known: ${columns.join(", ")}`;
  if (!names.includes("address") || !names.includes("amount")) return "the header needs the columns address and amount";
  if (new Set(names).size < names.length) return "a column stands twice in the header";
  return names as Column[];
}

/** Reads a row of cells under a header. */
export function rowOfCells(header: readonly Column[], cells: readonly string[], rules: AllocationRules): Row {
  if (cells.length !== header.length) return `${cells.length} cells under a header of ${header.length}`;
  const of = (column: Column) => cells[header.indexOf(column)] ?? "";
  const denom = of("denom") === "" ? rules.denom : of("denom");
  const coin = readCoin(denom, of("amount"));
  if (typeof coin === "string") return coin;
  const vesting = of("vesting_amount") === "" ? null : readCoin(denom, of("vesting_amount"));
  if (typeof vesting === "string") return `vesting: ${vesting}`;
  const times = { start: of("vesting_start"), end: of("vesting_end") };
  return finished(of("address"), [coin], vesting === null ? [] : [vesting], times, rules);
}

/** Reads an entry as the SDK's `bulk-add-genesis-account` takes it: address, coins, vesting_amt, _start, _end. */
export function rowOfJson(entry: Json, rules: AllocationRules): Row {
  if (!isObject(entry)) return "an object should stand here";
  const known = ["address", "coins", "vesting_amt", "vesting_start", "vesting_end"];
  const unknown = [...entry.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined)
    return `no key is called ${JSON.stringify(unknown.slice(0, 40))}; known: ${known.join(", ")}`;
  const coins = readCoins(entry.get("coins") ?? []);
  if (typeof coins === "string") return coins;
  const vesting = readCoins(entry.get("vesting_amt") ?? []);
  if (typeof vesting === "string") return `vesting: ${vesting}`;
  const address = entry.get("address");
  const times = { start: written(entry.get("vesting_start")), end: written(entry.get("vesting_end")) };
  return finished(typeof address === "string" ? address : "", coins, vesting, times, rules);
}

const written = (value: Json | undefined) => {
  const text = value instanceof JsonNumber ? value.text : (value ?? "");
  return typeof text === "string" && text !== "0" ? text : "";
};

function readCoins(list: Json): Coin[] | string {
  if (!Array.isArray(list)) return "coins should be a list";
  const coins: Coin[] = [];
  for (const each of list) {
    const denom = isObject(each) ? each.get("denom") : undefined;
    const amount = isObject(each) ? each.get("amount") : undefined;
    if (typeof denom !== "string" || typeof amount !== "string")
      return "a coin should have a denom and an amount as text";
    const coin = readCoin(denom, amount);
    if (typeof coin === "string") return coin;
    coins.push(coin);
  }
  return sortedCoins(coins) ?? "a denom stands twice";
}

function readCoin(denom: string, text: string): Coin | string {
  if (!isDenom(denom)) return `${JSON.stringify(denom.slice(0, 40))} is no denom`;
  const amount = readAmount(text);
  if (amount === null) {
    return `${JSON.stringify(text.slice(0, 90))} is no amount: plain digits of base units, above 0, without a leading zero`;
  }
  return { denom, amount };
}

function finished(
  address: string,
  coins: readonly Coin[],
  vestingCoins: readonly Coin[],
  times: { start: string; end: string },
  { prefix }: AllocationRules,
): Row {
  const found = readAddress(address);
  if (found === null) return `${JSON.stringify(address.slice(0, 90))} is no address, or its checksum is wrong`;
  if (found.prefix !== prefix) return `${address} has the prefix ${found.prefix}; this chain's is ${prefix}`;
  if (found.bytes.length !== 20 && found.bytes.length !== 32)
    return `${address} has ${found.bytes.length} bytes, not 20 or 32`;
  const module = moduleOf(found.bytes);
  if (module !== null) return `${address} is the account of the module ${module}, which keeps its own sums`;
  if (coins.length === 0) return "an allocation needs an amount";
  const vesting = readVesting(coins, vestingCoins, times);
  if (typeof vesting === "string") return vesting;
  return { address, bytes: found.bytes, coins, ...(vesting === null ? {} : { vesting }) };
}

function readVesting(
  coins: readonly Coin[],
  vesting: readonly Coin[],
  times: { start: string; end: string },
): Vesting | null | string {
  if (vesting.length === 0) {
    return times.start === "" && times.end === "" ? null : "vesting times without a vesting amount";
  }
  const over = vesting.find(({ denom, amount }) => amount > (coins.find((coin) => coin.denom === denom)?.amount ?? 0n));
  if (over !== undefined) return `${over.amount}${over.denom} would vest, more than the account gets`;
  const endSeconds = readSeconds(times.end);
  if (endSeconds === null) return "vesting needs an end, in Unix seconds or as 2026-12-01T00:00:00Z";
  if (times.start === "") return { coins: vesting, endSeconds };
  const startSeconds = readSeconds(times.start);
  if (startSeconds === null) return "the vesting's start is no time";
  if (startSeconds >= endSeconds) return "the vesting starts at its end or after it";
  return { coins: vesting, startSeconds, endSeconds };
}
