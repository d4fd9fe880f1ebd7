import { type Brought, checkProof, type Proved } from "../access/check-proof.ts";
import { countsForClient } from "../access/credential.ts";
import type { ClientOrigin } from "../access/networks-of.ts";
import { countedNetworks } from "../access/pressure.ts";
import { countTries } from "../access/tries.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Claim } from "./claim.ts";
import type { ReserveRequest } from "./dispenser-api.ts";
import type { Reserved } from "./refusals.ts";

/** A claim as it was asked for; nothing of it is checked yet. */
export type ClaimRequest = {
  readonly id: string;
  readonly address: string;
  readonly denoms: readonly string[];
  readonly brought: Brought;
  readonly client: ClientOrigin;
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
  let asked = false;
  const reserved = await ask(network, request, (reservation) => {
    asked = true;
    return network.dispenser.reserve(reservation);
  });
  // The dispenser counts its own.
  if (!reserved.ok && !asked) network.refused(reserved.refusal.reason);
  return reserved;
}

async function ask(
  network: ServedNetwork,
  request: ClaimRequest,
  reserve: (reservation: ReserveRequest) => Promise<Reserved<Claim>>,
): Promise<Reserved<Claim>> {
  const off = switchedOff(network.facts);
  if (off) return { ok: false, refusal: off };
  const reading = network.readAddress(request.address);
  if (!reading.ok) return reading;
  const { address } = reading;
  const proved = await checkProof(network, address, request.brought, request.client);
  if (!proved.ok) return proved;
  const { id, denoms } = request;
  const { route, nonce, credential, paid } = proved;
  const asked = () => reserve({ id, address, denoms, route, nonce, credential, paid });
  return countsForClient(route) ? counted(network, request, asked) : tried(network, proved, request.client, asked);
}

/** A claim by a credential is not counted for its client; only a wrong one is. */
async function tried(
  network: ServedNetwork,
  proved: Extract<Proved, { ok: true }>,
  client: ClientOrigin,
  reserve: () => Promise<Reserved<Claim>>,
): Promise<Reserved<Claim>> {
  const asked = await countTries(network, proved, client, reserve, (answer) => (answer.ok ? null : answer.refusal));
  return asked.ok ? asked.answer : asked;
}

/**
 * Counts the claim for its client before it is reserved, so that no twin gets through meanwhile, and gives the count
 * back when the claim is not of this request. When the dispenser gives no answer the claim may be stored: it counts.
 */
async function counted(
  network: ServedNetwork,
  { id, client, keyed }: ClaimRequest,
  reserve: () => Promise<Reserved<Claim>>,
): Promise<Reserved<Claim>> {
  const { dispenser, limiter, nowMs } = network;
  const networks = await countedNetworks(network, client);
  const beganMs = nowMs();
  const count = await limiter.take(id, networks, beganMs);
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
