import { said } from "../document/said.ts";
import { writeBech32 } from "./bech32.ts";
import type { Context } from "./context.ts";
import type { Findings } from "./findings.ts";
import type { CreateValidator, Gentx } from "./gentx.ts";

/** The operator's account and money in the genesis. Without a genesis nothing is said. */
export function checkGenesis(
  gentx: Gentx,
  { value }: CreateValidator,
  operator: Uint8Array,
  context: Context,
  findings: Findings,
): void {
  const { genesis, prefix } = context;
  if (genesis === undefined) return;
  const address = writeBech32(prefix, operator);
  const balance = genesis.balances.get(address);
  if (balance === undefined) {
    findings.add("account", said`${address} has no balance in the genesis`, address);
    return;
  }
  if (!genesis.sequences.has(address))
    findings.add("account", said`${address} has a balance but no account in the genesis`, address);
  // The fee comes off first, so both together must be there.
  const spent = new Map<string, bigint>();
  for (const { denom, amount } of [...(gentx.fee?.amount ?? []), value]) {
    spent.set(denom, (spent.get(denom) ?? 0n) + (amount ?? 0n));
  }
  for (const [denom, amount] of spent) {
    const has = balance.get(denom) ?? 0n;
    if (amount > has)
      findings.add("balance", said`it takes ${amount} ${denom}, but the account has ${has}`, String(has));
  }
}
