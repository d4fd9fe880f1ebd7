import { ask } from "./api.js";
import { docsPath } from "./texts.js";

/** Where a network's guides begin. Null: it has none of its own, or it can't be told now. */
export async function guidesOf(chainId) {
  const answer = await ask("/docs/networks.json").catch(() => null);
  return answer?.status === 200 && answer.body.networks.includes(chainId) ? docsPath(chainId) : null;
}
