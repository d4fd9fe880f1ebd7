import { runCanary } from "../domain/claim/canary.ts";
import type { House } from "../domain/network/served.ts";

/** Cron's minute for the canaries of all networks. One that fails does not keep the others from it. */
export async function runCanaries(house: House): Promise<{ readonly chainId: string; readonly error: string }[]> {
  const runs = house.networks.map(async (network) => {
    try {
      await runCanary(network, house.newClaimId);
      return [];
    } catch (error) {
      return [{ chainId: network.facts.chainId, error: String(error).slice(0, 300) }];
    }
  });
  return (await Promise.all(runs)).flat();
}
