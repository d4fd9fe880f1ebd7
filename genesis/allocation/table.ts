import { compareBytes } from "../document/bytes.ts";
import { JsonError } from "../json/parse.ts";
import type { Json } from "../json/value.ts";
import type { Allocation, AllocationRules, Coin, Fault, Vesting } from "./allocation.ts";
import { CsvError, readCsv } from "./csv.ts";
import { PackedRows } from "./packed-rows.ts";
import { type Row, readHeader, rowOfCells, rowOfJson } from "./rows.ts";

/** Allocations, kept small: read one by one. They are in the order of their list. */
export type AllocationTable = {
  readonly count: number;
  at(row: number): Allocation;
};

/** A list read: the table, or what is wrong with it; at most 100 faults are told. */
export type AllocationsRead =
  | { readonly ok: true; readonly table: AllocationTable }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const faultsMax = 100;
const rowsMax = 5_000_000;

/** Reads allocations from CSV: `address,amount[,denom][,vesting_amount,vesting_start,vesting_end]` under a header. */
export function allocationsFromCsv(chunks: Iterable<string>, rules: AllocationRules): AllocationsRead {
  return collected(csvRows(chunks, rules));
}

/** Reads allocations from the entries of a JSON list, numbered from 1. Entries may be parsed while they are asked for. */
export function allocationsFromJson(entries: Iterable<Json>, rules: AllocationRules): AllocationsRead {
  return collected(jsonRows(entries, rules));
}

type Numbered = { readonly line: number; readonly row: Row };

function* csvRows(chunks: Iterable<string>, rules: AllocationRules): Generator<Numbered> {
  let header: ReturnType<typeof readHeader> | null = null;
  for (const { line, cells } of readCsv(chunks)) {
    if (header === null) {
      header = readHeader(cells);
      if (typeof header === "string") yield { line, row: header };
    } else if (typeof header === "string") return;
    else yield { line, row: rowOfCells(header, cells, rules) };
  }
}

function* jsonRows(entries: Iterable<Json>, rules: AllocationRules): Generator<Numbered> {
  let line = 0;
  for (const entry of entries) {
    line += 1;
    yield { line, row: rowOfJson(entry, rules) };
  }
}

function collected(rows: Iterable<Numbered>): AllocationsRead {
  const packed = new PackedRows();
  const faults: Fault[] = [];
  try {
    for (const { line, row } of rows) {
      if (typeof row === "string") faults.push({ line, message: row });
      else packed.add(row.bytes, packedText(row), line);
      if (faults.length >= faultsMax) break;
      if (packed.count > rowsMax) throw new CsvError(line, `more than ${rowsMax} allocations`);
    }
  } catch (error) {
    if (error instanceof CsvError) faults.push({ line: error.line, message: error.message });
    else if (error instanceof JsonError) faults.push({ line: packed.count + 1, message: error.message });
    else throw error;
  }
  if (faults.length === 0) faults.push(...duplicates(packed));
  if (faults.length > 0) return { ok: false, faults: faults.slice(0, faultsMax) };
  return { ok: true, table: { count: packed.count, at: (row) => allocationAt(packed, row) } };
}

function duplicates(packed: PackedRows): Fault[] {
  const faults: Fault[] = [];
  let before = -1;
  for (const row of packed.sorted()) {
    if (before >= 0 && compareBytes(packed.key(before), packed.key(row)) === 0 && faults.length < faultsMax) {
      const { address } = allocationAt(packed, row);
      faults.push({ line: packed.line(row), message: `${address} stands already in line ${packed.line(before)}` });
    }
    before = row;
  }
  return faults;
}

type PackedCoins = readonly (readonly [denom: string, amount: string])[];
type PackedVesting = readonly [coins: PackedCoins, start: number, end: number];

function packedText({ address, coins, vesting }: Allocation): string {
  const pack = (list: readonly Coin[]) => list.map(({ denom, amount }) => [denom, String(amount)]);
  const extra = vesting === undefined ? [] : [[pack(vesting.coins), vesting.startSeconds ?? 0, vesting.endSeconds]];
  return JSON.stringify([address, pack(coins), ...extra]);
}

function allocationAt(packed: PackedRows, row: number): Allocation {
  const unpack = (list: PackedCoins) => list.map(([denom, amount]) => ({ denom, amount: BigInt(amount) }));
  const [address, coins, vesting] = JSON.parse(packed.text(row)) as [string, PackedCoins, PackedVesting?];
  const bytes = packed.key(row);
  if (vesting === undefined) return { address, bytes, coins: unpack(coins) };
  const [vestingCoins, start, endSeconds] = vesting;
  const times: Vesting = { coins: unpack(vestingCoins), endSeconds, ...(start === 0 ? {} : { startSeconds: start }) };
  return { address, bytes, coins: unpack(coins), vesting: times };
}
