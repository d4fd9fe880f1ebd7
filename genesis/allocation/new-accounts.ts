import { readAddress } from "../document/address.ts";
import { compareBytes } from "../document/bytes.ts";
import type { Finding } from "../document/finding.ts";
import type { GenesisFile, Items } from "../document/genesis-file.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import { accountJson, baseAccountOf, renumbered } from "./account-json.ts";
import { type AccountNumbers, sanitizedNumbers } from "./account-numbers.ts";
import { PackedRows } from "./packed-rows.ts";
import type { AllocationTable } from "./table.ts";

/** The accounts with the new ones among them, or why they can't be. */
export type WithAccounts =
  | { readonly ok: true; readonly items: Items }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const findingsMax = 100;
const empty = new Uint8Array();

/** Adds a table's accounts to a base's, numbered and ordered as the SDK does it. */
export function withAccounts(base: GenesisFile, table: AllocationTable): WithAccounts {
  const keys = new PackedRows();
  const given: number[] = [];
  for (const account of base.accounts) {
    const inner = baseAccountOf(account);
    const address = inner?.get("address");
    const number = Number(inner?.get("account_number") ?? 0);
    const bytes = typeof address === "string" ? readAddress(address)?.bytes : undefined;
    if (bytes === undefined || !Number.isSafeInteger(number)) {
      return { ok: false, findings: [unreadable("auth.accounts", account)] };
    }
    keys.add(bytes, "");
    given.push(number);
  }
  for (let row = 0; row < table.count; row += 1) keys.add(table.at(row).bytes, "");
  const findings = repeatedKeys(keys, given.length, table);
  if (findings.length > 0) return { ok: false, findings };
  const all = new Float64Array(keys.count);
  all.set(given);
  return { ok: true, items: numbered(base.accounts, given.length, table, sanitizedNumbers(all)) };
}

/** An allocation whose account the base has already. */
export function alreadyThere(address: string): Finding {
  return {
    rule: "allocation.duplicate",
    message: "An allocation's account is in the base genesis already.",
    remedy: "Give each account one allocation: take it out of the list or out of the base genesis.",
    value: address.slice(0, 120),
  };
}

/** An entry of the base that can't be read. */
export function unreadable(list: string, entry: Json): Finding {
  return {
    rule: "genesis.entry",
    message: `An entry of ${list} has no address that can be read.`,
    remedy: "Mend the base genesis; the chain would not start with it.",
    value: printJson(entry, { indent: 0 }).slice(0, 120),
  };
}

function repeatedKeys(keys: PackedRows, baseCount: number, table: AllocationTable): Finding[] {
  const findings: Finding[] = [];
  let before = -1;
  for (const row of keys.sorted()) {
    const repeats = before >= 0 && compareBytes(keys.key(before), keys.key(row)) === 0;
    if (repeats && row >= baseCount && findings.length < findingsMax) {
      findings.push(alreadyThere(table.at(row - baseCount).address));
    }
    before = row;
  }
  return findings;
}

function numbered(accounts: Items, baseCount: number, table: AllocationTable, how: AccountNumbers): Items {
  const { numbers, order, inOrder } = how;
  const fresh = (row: number) => accountJson(table.at(row), numbers[baseCount + row] ?? 0);
  if (inOrder) {
    return {
      *[Symbol.iterator]() {
        let index = 0;
        for (const account of accounts) {
          yield renumbered(account, numbers[index] ?? 0);
          index += 1;
        }
        for (let row = 0; row < table.count; row += 1) yield fresh(row);
      },
    };
  }
  const texts = new PackedRows();
  for (const account of accounts) texts.add(empty, printJson(account, { indent: 0 }));
  return {
    *[Symbol.iterator]() {
      for (const index of order) {
        if (index >= baseCount) yield fresh(index - baseCount);
        else yield renumbered(parseJson(texts.text(index)).value, numbers[index] ?? 0);
      }
    },
  };
}
