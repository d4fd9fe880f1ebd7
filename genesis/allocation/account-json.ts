import { isObject, type Json, type JsonObject } from "../json/value.ts";
import type { Allocation } from "./allocation.ts";
import { coinJson } from "./supply.ts";

const object = (...entries: readonly (readonly [string, Json])[]): JsonObject => new Map(entries);

/** A new account as `add-genesis-account` writes it: a base account, or a delayed or continuous vesting one. */
export function accountJson({ address, vesting }: Allocation, accountNumber: number): JsonObject {
  const base: (readonly [string, Json])[] = [
    ["address", address],
    ["pub_key", null],
    ["account_number", String(accountNumber)],
    ["sequence", "0"],
  ];
  if (vesting === undefined) return object(["@type", "/cosmos.auth.v1beta1.BaseAccount"], ...base);
  const baseVesting = object(
    ["base_account", object(...base)],
    ["original_vesting", vesting.coins.map(coinJson)],
    ["delegated_free", []],
    ["delegated_vesting", []],
    ["end_time", String(vesting.endSeconds)],
  );
  const type = "/cosmos.vesting.v1beta1.";
  if (vesting.startSeconds === undefined) {
    return object(["@type", `${type}DelayedVestingAccount`], ["base_vesting_account", baseVesting]);
  }
  return object(
    ["@type", `${type}ContinuousVestingAccount`],
    ["base_vesting_account", baseVesting],
    ["start_time", String(vesting.startSeconds)],
  );
}

const nested = ["base_account", "base_vesting_account"];

/** The base account inside an account of any kind: vesting and module accounts wrap it. Null: there is none. */
export function baseAccountOf(account: Json): JsonObject | null {
  if (!isObject(account)) return null;
  if (account.has("address")) return account;
  for (const key of nested) {
    const inner = account.get(key);
    if (inner !== undefined) return baseAccountOf(inner);
  }
  return null;
}

/** The account with another number. */
export function renumbered(account: Json, accountNumber: number): Json {
  if (!isObject(account)) return account;
  if (account.has("address")) return new Map(account).set("account_number", String(accountNumber));
  const key = nested.find((each) => account.has(each));
  return key === undefined ? account : new Map(account).set(key, renumbered(account.get(key) ?? null, accountNumber));
}
