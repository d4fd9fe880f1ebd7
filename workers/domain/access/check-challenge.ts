import type { ReserveRequest } from "../claim/dispenser-api.ts";
import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";

/** What a claim has shown of itself, as the dispenser is told; or why that is not enough. */
export type Shown =
  | ({ readonly ok: true } & Pick<ReserveRequest, "route" | "nonce" | "paid">)
  | { readonly ok: false; readonly refusal: ClaimRefusal };

/** What of a claim this looks at. */
type Shower = { readonly challenge: string | null; readonly dialect: boolean };

/**
 * Checks the challenge that a claim brings, where its network asks for one. `address` is checked. A dialect can't
 * bring any: it has its share of the budget instead. The nonce is not spent here: that is the dispenser's part.
 */
export async function checkChallenge(network: ServedNetwork, address: string, claim: Shower): Promise<Shown> {
  const { facts, challenge: policy, nowMs } = network;
  const no = (refusal: ClaimRefusal) => ({ ok: false, refusal }) as const;
  if (claim.dialect) return { ok: true, route: "dialect", nonce: null, paid: null };
  if (policy.kind === "none") return { ok: true, route: "open", nonce: null, paid: null };
  if (policy.kind === "unset") return no({ reason: "faucet_disabled", detail: policy.detail });
  if (claim.challenge === null) return no({ reason: "challenge_required" });
  const verdict = await policy.challenges.verify(facts.chainId, address, claim.challenge, nowMs());
  if (!verdict.ok) return no({ reason: "challenge_invalid", detail: verdict.detail });
  return { ok: true, route: "challenge", nonce: verdict.nonce, paid: verdict.triesMost / policy.triesBase };
}
