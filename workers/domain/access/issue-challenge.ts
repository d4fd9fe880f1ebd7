import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import { type Challenge, priceOf } from "./challenge.ts";

/** A challenge for this address, or why there is none. */
export type Issued =
  | { readonly ok: true; readonly challenge: Challenge; readonly address: string }
  | { readonly ok: false; readonly refusal: ClaimRefusal | { readonly reason: "challenge_not_needed" } };

/**
 * A puzzle for one claim to this address, at the price of the moment. Nothing is stored. A claim that would be
 * refused whatever it brings is refused here, before anyone works for it.
 */
export async function issueChallenge(network: ServedNetwork, text: string): Promise<Issued> {
  const { facts, challenge, dispenser, nowMs } = network;
  const no = (refusal: Extract<Issued, { ok: false }>["refusal"]) => ({ ok: false, refusal }) as const;
  const off = switchedOff(facts);
  if (off) return no(off);
  if (challenge.kind === "none") return no({ reason: "challenge_not_needed" });
  if (challenge.kind === "unset") return no({ reason: "faucet_disabled", detail: challenge.detail });
  const reading = network.readAddress(text);
  if (!reading.ok) return reading;
  const { halt, queued, acceptedLastMinute, budgetUsed } = await dispenser.report();
  if (halt) return no({ reason: "faucet_halted", detail: halt.detail });
  const price = priceOf({ queued, acceptedLastMinute, budgetUsed, clientToday: 0 }, challenge.triesBase);
  const { address } = reading;
  return { ok: true, address, challenge: await challenge.challenges.issue(facts.chainId, address, price, nowMs()) };
}
