import type { House } from "../domain/network/served.ts";
import { lookAtPeers } from "../domain/validator/look-at-peers.ts";

/** Nodes that are looked at in a minute, of all networks. */
const most = 4;

/**
 * Cron's minute for the nodes of approved operators: a few whose last look is the oldest. Another network comes first
 * each minute, so that a large one keeps none from its turn. One that fails does not keep the others from it.
 */
export async function lookAtNodes(house: House): Promise<{ readonly chainId: string; readonly error: string }[]> {
  const watches = house.networks.flatMap(({ directory }) => {
    return directory.kind === "open" && directory.watch !== null ? [directory.watch] : [];
  });
  const first = Math.floor(house.nowMs() / 60_000) % Math.max(1, watches.length);
  const failed: { chainId: string; error: string }[] = [];
  let left = most;
  for (const watch of [...watches.slice(first), ...watches.slice(0, first)]) {
    if (left === 0) break;
    try {
      left -= await lookAtPeers(watch, left);
    } catch (error) {
      failed.push({ chainId: watch.chainId, error: String(error).slice(0, 300) });
    }
  }
  return failed;
}
