import type { House, ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Claim } from "./claim.ts";
import type { CanaryNote } from "./tally.ts";

/** A claim on a schedule, that tells whether claims are paid. */
export type CanaryPlan = {
  /** As the network file has it. */
  readonly address: string;
  readonly everyMs: number;
  /** A claim that takes longer is an alert. */
  readonly slowMs: number;
};

/** How long one look waits for the claim's end. */
const holdMs = 20_000;

/**
 * Claims for the canary's address once a slot of time, by the verb that everyone's claims take, and notes how it went.
 * Asked again within a slot it finds the same claim: the id follows from the slot, and no client can send that key,
 * which has a space. It brings no challenge, since nobody but cron can be here.
 */
export async function runCanary(network: ServedNetwork, newClaimId: House["newClaimId"]): Promise<void> {
  const { canary, facts, dispenser, nowMs } = network;
  if (!canary || switchedOff(facts)) return;
  const slot = Math.floor(nowMs() / canary.everyMs);
  const note = (result: CanaryNote["result"], tookMs = 0, code = "") =>
    dispenser.noteCanary({ slot, result, tookMs, code });
  const reading = network.readAddress(canary.address);
  if (!reading.ok) return note("refused", 0, reading.refusal.reason);
  const id = await newClaimId(facts.chainId, `canary ${slot}`);
  const { address } = reading;
  const reserved = await dispenser.reserve({
    id,
    address,
    denoms: [],
    route: "open",
    nonce: null,
    credential: null,
    paid: null,
  });
  if (reserved.ok) return noteEnd((await dispenser.claimEnd(id, holdMs)) ?? reserved.claim);
  const { reason } = reserved.refusal;
  // The slot before began late in its minute: this one is asked for again in a minute.
  if (reason === "cooldown_active") return;
  // The canary before is open still.
  return reason === "claim_open" ? note("slow", canary.everyMs, reason) : note("refused", 0, reason);

  async function noteEnd({ state, code, createdAtMs, updatedAtMs }: Claim): Promise<void> {
    if (state === "failed") return note("failed", updatedAtMs - createdAtMs, code);
    const slowMs = canary?.slowMs ?? 0;
    const tookMs = state === "confirmed" ? updatedAtMs - createdAtMs : nowMs() - createdAtMs;
    if (tookMs > slowMs) return note("slow", tookMs);
    if (state === "confirmed") return note("confirmed", tookMs);
  }
}
