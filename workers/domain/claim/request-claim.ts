import { checkChallenge } from "../access/check-challenge.ts";
import type { ClientNetwork } from "../access/client.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Claim } from "./claim.ts";
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
  /** It came with an Idempotency-Key: the same claim may have been asked for before. */
  readonly keyed: boolean;
};

/** A claim that is older than its request by this much, clocks apart, is not of this request. */
const clocksApartMs = 60_000;

/**
 * The one way to ask for tokens: web form, API, dialects and CLI all end here. What is refused uses nothing up:
 * what was taken on the way is given back.
 */
export async function requestClaim(network: ServedNetwork, request: ClaimRequest): Promise<Reserved<Claim>> {
  const off = switchedOff(network.facts);
  if (off) return { ok: false, refusal: off };
  const reading = network.readAddress(request.address);
  if (!reading.ok) return reading;
  const shown = await checkChallenge(network, reading.address, request);
  if (!shown.ok) return shown;
  const { id, denoms } = request;
  const { route, nonce, paid } = shown;
  return counted(network, request, () =>
    network.dispenser.reserve({ id, address: reading.address, denoms, route, nonce, paid }),
  );
}

/**
 * Counts the claim for its client before it is reserved, so that no twin gets through meanwhile, and gives the count
 * back when the claim is not of this request. When the dispenser gives no answer the claim may be stored: it counts.
 */
async function counted(
  { dispenser, limiter, nowMs }: ServedNetwork,
  { id, client, keyed }: ClaimRequest,
  reserve: () => Promise<Reserved<Claim>>,
): Promise<Reserved<Claim>> {
  const beganMs = nowMs();
  const count = await limiter.take(id, client, beganMs);
  if (!count.ok) {
    // A claim that is stored is answered again, whatever its client did since.
    if (keyed && (await dispenser.claim(id))) return reserve();
    return { ok: false, refusal: { reason: "client_limited", width: count.width, retryAtMs: count.retryAtMs } };
  }
  const reserved = await reserve();
  if (!(reserved.ok && countsHere(reserved.claim, beganMs))) await limiter.giveBack(id, count.hold);
  return reserved;
}

/**
 * Whether this request's hold is to stay. A repeated answer doesn't tell: a lost reply is asked again. A claim of an
 * earlier request has that one's hold; one that failed has none.
 */
function countsHere(claim: Claim, beganMs: number): boolean {
  return claim.state !== "failed" && claim.createdAtMs > beganMs - clocksApartMs;
}
