import type { ClaimRefusal } from "../claim/refusals.ts";
import type { NetworkFacts } from "./served.ts";

/** The refusal of a faucet that its network file switches off; null where it is on. */
export function switchedOff({ chainId, faucet }: NetworkFacts): ClaimRefusal | null {
  if (faucet.enabled) return null;
  const detail = `The faucet of ${chainId} is switched off in its network file (faucet.enabled).`;
  return { reason: "faucet_disabled", detail };
}
