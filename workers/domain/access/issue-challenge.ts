import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Challenge } from "./challenge.ts";
import { turnstileAsked } from "./check-proof.ts";
import type { ClientOrigin } from "./networks-of.ts";
import { pressureOn, signatureStands } from "./pressure.ts";
import type { SignText } from "./proofs.ts";
import { takeDaily } from "./take-daily.ts";

/** Who asks for a challenge, and of which kind. `id` is new for each request; `site` see Brought. */
export type ChallengeRequest = {
  readonly id: string;
  readonly address: string;
  readonly kind: "pow" | "signature";
  readonly client: ClientOrigin;
  readonly site: string;
};

/** Why there is no challenge. */
export type ChallengeRefusal =
  | ClaimRefusal
  /** Claims of this network bring none; `detail` says what they bring instead. */
  | { readonly reason: "challenge_not_needed"; readonly detail?: string }
  /** A signature would not help a claim here, or not now; `detail` says why. */
  | { readonly reason: "signature_not_taken"; readonly detail: string }
  /** This client's network has asked for its challenges of the day. */
  | { readonly reason: "challenge_limited"; readonly width: string; readonly retryAtMs: number };

/** A challenge for this address, or why there is none. */
export type Issued =
  | { readonly ok: true; readonly kind: "pow"; readonly address: string; readonly challenge: Challenge }
  | { readonly ok: true; readonly kind: "signature"; readonly address: string; readonly sign: SignText }
  | { readonly ok: false; readonly refusal: ChallengeRefusal };

/**
 * A puzzle, or a text to sign, for one claim to this address, at the price of the moment. Nothing of it is stored but
 * that its client asked. A claim that would be refused whatever it brings is refused here, before anyone works for it.
 */
export async function issueChallenge(network: ServedNetwork, request: ChallengeRequest): Promise<Issued> {
  const { facts, challenge, proofs, nowMs } = network;
  const { kind, client, site } = request;
  const no = (refusal: ChallengeRefusal) => ({ ok: false, refusal }) as const;
  const off = switchedOff(facts);
  if (off) return no(off);
  if (challenge.kind === "none") return no({ reason: "challenge_not_needed" });
  if (challenge.kind === "unset") return no({ reason: "faucet_disabled", detail: challenge.detail });
  if (challenge.kind === "turnstile" && kind === "pow")
    return no({ reason: "challenge_not_needed", detail: turnstileAsked });
  if (kind === "signature" && proofs.signature === null) {
    return no({
      reason: "signature_not_taken",
      detail: "This network takes no signatures (faucet.credentials.signature).",
    });
  }
  const reading = network.readAddress(request.address);
  if (!reading.ok) return reading;
  const { address } = reading;
  const standing = await pressureOn(network, client);
  const { pause } = standing;
  if (pause) return no({ reason: "faucet_paused", detail: pause.reason, retryAtMs: pause.retryAtMs });
  if (standing.halt) return no({ reason: "faucet_halted", detail: standing.halt.detail });
  if (kind === "signature") {
    const { stands, detail } = signatureStands(standing);
    if (!stands || proofs.signature === null) return no({ reason: "signature_not_taken", detail });
  }
  const limited = await countIssue(network, request);
  if (limited) return no(limited);
  if (kind === "signature" && proofs.signature !== null) {
    return { ok: true, kind, address, sign: await proofs.signature.issue(facts.chainId, address, site, nowMs()) };
  }
  if (challenge.kind !== "pow") throw new Error(`no puzzle is made for the policy ${challenge.kind}`);
  const puzzle = await challenge.challenges.issue(facts.chainId, address, standing.triesMost, nowMs());
  return { ok: true, kind: "pow", address, challenge: puzzle };
}

/** Issuing costs us 3 ms of CPU, so each client's networks have a bound a day. */
async function countIssue(network: ServedNetwork, { id, client }: ChallengeRequest): Promise<ChallengeRefusal | null> {
  const taken = await takeDaily(network, { what: "mint", most: network.challengesPerDay }, client, id);
  return taken && { reason: "challenge_limited", ...taken };
}
