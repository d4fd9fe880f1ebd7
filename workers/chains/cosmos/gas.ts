import type { Network } from "../../../networks/schema.ts";
import type { Coin } from "../../domain/shared/coin.ts";

/** The part of a network file that says what a transaction may hold and costs. */
export type CosmosSettings = Pick<Network["cosmos"], "tx" | "gas" | "gasPrice">;

/** Gas for `payments` outputs by the formula base + perOutput × outputs, which needs no node. */
export function formulaGas({ gas }: CosmosSettings, payments: number): bigint {
  return BigInt(gas.base) + BigInt(gas.perOutput) * BigInt(payments);
}

/** The simulated gas with the network's margin. The margin is a decimal in the file; thousandths here. */
export function withMargin({ gas }: CosmosSettings, simulated: bigint): bigint {
  return ceilDiv(simulated * BigInt(Math.round(gas.margin * 1000)), 1000n);
}

/** Grows by half of the first try with each further try, and never above what the chain takes. */
export function gasLimit({ tx }: CosmosSettings, gas: bigint, attempt: number): bigint {
  const grown = ceilDiv(gas * BigInt(attempt + 1), 2n);
  const most = BigInt(tx.gasMax);
  return grown < most ? grown : most;
}

/** The fee, rounded up to whole base units; none where gas is free, as the SDK takes no coin of zero. */
export function feeFor({ gasPrice }: CosmosSettings, gas: bigint): Coin[] {
  const amount = ceilDiv(gas * BigInt(gasPrice.milliAmount), 1000n);
  return amount === 0n ? [] : [{ denom: gasPrice.denom, amount }];
}

/** How many outputs one transaction may have: by the formula, so that it fits also where nothing is simulated. */
export function paymentsMax({ tx, gas }: CosmosSettings): number {
  return Math.max(1, Math.min(tx.outputsMax, Math.floor((tx.gasMax - gas.base) / gas.perOutput)));
}

function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
