import type { ServedNetwork } from "../network/served.ts";
import type { Claim } from "./claim.ts";
import type { Reserved } from "./refusals.ts";

/** A claim as it was asked for; the address is not checked yet. */
export type ClaimRequest = { readonly id: string; readonly address: string; readonly denoms: readonly string[] };

/**
 * The one way to ask for tokens: web form, API and CLI all end here. What is refused before the dispenser is asked
 * uses nothing up.
 */
export async function requestClaim(network: ServedNetwork, request: ClaimRequest): Promise<Reserved<Claim>> {
  if (!network.facts.faucet.enabled) {
    const detail = `The faucet of ${network.facts.chainId} is switched off in its network file (faucet.enabled).`;
    return { ok: false, refusal: { reason: "faucet_disabled", detail } };
  }
  const reading = network.readAddress(request.address);
  if (!reading.ok) return reading;
  return network.dispenser.reserve({ id: request.id, address: reading.address, denoms: request.denoms });
}
