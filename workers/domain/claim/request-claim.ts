import type { ClientNetwork } from "../access/client.ts";
import type { ServedNetwork } from "../network/served.ts";
import type { Claim, ClaimRoute } from "./claim.ts";
import type { Reserved } from "./refusals.ts";

/** A claim as it was asked for; nothing of it is checked yet. */
export type ClaimRequest = {
  readonly id: string;
  readonly address: string;
  readonly denoms: readonly string[];
  /** A solved challenge as the client sent it; null: none came. */
  readonly challenge: string | null;
  /** It came over a peer's wire, which carries no proof. */
  readonly dialect: boolean;
  /** The client's networks that are counted; [] where none is. */
  readonly client: readonly ClientNetwork[];
};

/**
 * The one way to ask for tokens: web form, API, dialects and CLI all end here. What is refused uses nothing up:
 * what was taken on the way is given back.
 */
export async function requestClaim(network: ServedNetwork, request: ClaimRequest): Promise<Reserved<Claim>> {
  if (!network.facts.faucet.enabled) {
    const detail = `The faucet of ${network.facts.chainId} is switched off in its network file (faucet.enabled).`;
    return { ok: false, refusal: { reason: "faucet_disabled", detail } };
  }
  const reading = network.readAddress(request.address);
  if (!reading.ok) return reading;
  const { id, denoms } = request;
  const route: ClaimRoute = request.dialect ? "dialect" : "open";
  return network.dispenser.reserve({ id, address: reading.address, denoms, route, nonce: null });
}
