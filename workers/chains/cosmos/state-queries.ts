import { BinaryWriter } from "cosmjs-types/binary";
import { z } from "zod";
import type { AccountState } from "./node.ts";
import { bytesOf, readFields, uintOf } from "./wire.ts";

/** One `abci_query`: the gRPC method's path and its request. */
export type StateQuery = { readonly path: string; readonly data: Uint8Array };

/**
 * How deep BaseAccount lies in each kind of account: every kind keeps what it extends in field 1.
 * Source: cosmos-sdk proto/cosmos/auth and proto/cosmos/vesting.
 */
const BASE_ACCOUNT_DEPTH: Readonly<Record<string, number>> = {
  "/cosmos.auth.v1beta1.BaseAccount": 0,
  "/cosmos.auth.v1beta1.ModuleAccount": 1,
  "/cosmos.vesting.v1beta1.BaseVestingAccount": 1,
  "/cosmos.vesting.v1beta1.ContinuousVestingAccount": 2,
  "/cosmos.vesting.v1beta1.DelayedVestingAccount": 2,
  "/cosmos.vesting.v1beta1.PeriodicVestingAccount": 2,
  "/cosmos.vesting.v1beta1.PermanentLockedAccount": 2,
};

const appSimulation = z.object({ gas_info: z.object({ gas_used: z.string().regex(/^\d{1,20}$/) }) });

const utf8 = new TextDecoder();

/** Asks for an account. */
export function accountQuery(address: string): StateQuery {
  return {
    path: "/cosmos.auth.v1beta1.Query/Account",
    data: BinaryWriter.create().uint32(10).string(address).finish(),
  };
}

/** Reads a QueryAccountResponse. Throws on bytes that aren't one, and on a kind of account that isn't known. */
export function readAccount(value: Uint8Array): Omit<AccountState, "height"> {
  const any = readFields(bytesOf(readFields(value), 1));
  const typeUrl = utf8.decode(bytesOf(any, 1));
  const depth = BASE_ACCOUNT_DEPTH[typeUrl];
  if (depth === undefined) throw new Error(`an account of the unknown kind ${typeUrl.slice(0, 80)}`);
  let account = readFields(bytesOf(any, 2));
  for (let level = 0; level < depth; level += 1) account = readFields(bytesOf(account, 1));
  return { accountNumber: uintOf(account, 3), sequence: uintOf(account, 4) };
}

/** Asks for one denom of a balance. */
export function balanceQuery(address: string, denom: string): StateQuery {
  const data = BinaryWriter.create().uint32(10).string(address).uint32(18).string(denom).finish();
  return { path: "/cosmos.bank.v1beta1.Query/Balance", data };
}

/** Reads a QueryBalanceResponse: the amount in base units. Throws on bytes that aren't one. */
export function readBalance(value: Uint8Array): bigint {
  const amount = utf8.decode(bytesOf(readFields(bytesOf(readFields(value), 1)), 2));
  if (!/^\d{1,78}$/.test(amount)) throw new Error("a balance without an amount");
  return BigInt(amount);
}

/** Asks for a simulated run of a transaction. Nodes with REST and gRPC both switched off don't know this method. */
export function simulateQuery(tx: Uint8Array): StateQuery {
  return { path: "/cosmos.tx.v1beta1.Service/Simulate", data: BinaryWriter.create().uint32(18).bytes(tx).finish() };
}

/** Reads a SimulateResponse: the gas used. Throws on bytes that aren't one. */
export function readSimulation(value: Uint8Array): bigint {
  return uintOf(readFields(bytesOf(readFields(value), 1)), 2);
}

/** Asks for the same of the application itself, which always answers: cosmos-sdk baseapp/abci.go, handleQueryApp. */
export function appSimulateQuery(tx: Uint8Array): StateQuery {
  return { path: "/app/simulate", data: tx };
}

/** Reads its answer, a SimulationResponse in proto-JSON: the gas used. Throws on anything else. */
export function readAppSimulation(value: Uint8Array): bigint {
  const parsed = appSimulation.parse(JSON.parse(utf8.decode(value)));
  return BigInt(parsed.gas_info.gas_used);
}
