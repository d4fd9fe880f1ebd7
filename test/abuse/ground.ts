import type { SandboxChain } from "../../sandbox/chain/start.ts";
import type { RawWorkerd } from "../../sandbox/raw-workerd.ts";
import { startRawHouse } from "../support/raw-house.ts";

/** The deployed bundle on one sandbox chain. */
export type Ground = {
  readonly chainId: string;
  readonly chain: SandboxChain;
  readonly worker: RawWorkerd;
  stop(): Promise<void>;
};

/** Starts both; `faucet` is that part of the network file. */
export async function startGround(chainId: string, faucet: Readonly<Record<string, unknown>>): Promise<Ground> {
  const house = await startRawHouse({ [chainId]: { faucet } });
  const chain = house.chains[chainId];
  if (!chain) throw new Error(`no chain ${chainId}`);
  return { chainId, chain, worker: house.worker, stop: () => house.stop() };
}
