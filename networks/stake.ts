import type { Network } from "./schema.ts";

/** The denom that is staked: the ceremony's where its part of the file names one, else the network's first. */
export function bondDenomOf({ ceremony, denoms }: Pick<Network, "ceremony" | "denoms">): string {
  return ceremony?.denom ?? denoms[0]?.denom ?? "";
}

/**
 * What is staked, in base units of the bond denom, by who comes after the launch: half of what a claim pays, so that the
 * fee is there as well; `stake` where the faucet pays none of it.
 */
export function lateStakeOf(network: Pick<Network, "ceremony" | "denoms" | "faucet">, stake: string): string {
  const denom = bondDenomOf(network);
  const drip = network.faucet.drips.find((one) => one.denom === denom);
  return drip === undefined ? stake : String(BigInt(drip.amount) / 2n);
}
