import type { CosmosSettings } from "../../workers/chains/cosmos/gas.ts";
import type { DispenserPolicy } from "../../workers/domain/claim/ports.ts";
import { DENOM } from "./sim-chain.ts";
import { CHAIN_ID } from "./sim-node.ts";

export const DRIP = 1_000n;
export const COOLDOWN_MS = 8_000;

/** Four payments a transaction, so that a few claims make several batches. */
export const SETTINGS: CosmosSettings = {
  tx: { messagesMax: 1, gasMax: 250_000, memoBytesMax: 256, outputsMax: 4 },
  gas: { simulate: true, base: 80_000, perOutput: 25_000, margin: 1.2 },
  gasPrice: { denom: DENOM, milliAmount: 1 },
};

/** Short timeouts and cooldowns, so that a seed sees batches die and people come back. */
export function policyOf(generation: string, hourlyBudget = 0): DispenserPolicy {
  return {
    chainId: CHAIN_ID,
    deployment: "sim",
    generation,
    maySign: true,
    drips: [{ denom: DENOM, amount: DRIP }],
    cooldownMs: COOLDOWN_MS,
    hourlyBudget,
    dialectBudget: 2,
    openBudget: 1_000,
    signaturePerDay: 2,
    oidcPerDay: 1,
    recipientCap: [],
    topUp: false,
    queueMax: 100,
    inFlightMax: 3,
    timeoutBlocksMin: 5,
    timeoutMsMin: 5_000,
    balanceLow: [],
    feeReserve: [{ denom: DENOM, amount: 1_000n }],
  };
}
