import { createCode, type Made } from "../access/grants.ts";
import type { ActBy } from "../claim/operator-acts.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Directory } from "./ports.ts";
import type { GrantingRefusal } from "./refusals.ts";

/** Long enough to set a machine up. */
const lifetimeMs = 90 * 86_400_000;

/** A code for one claim, shown this once; or why there is none. */
export type Granted = Extract<Made, { readonly ok: true }> | { readonly ok: false; readonly refusal: GrantingRefusal };

/**
 * Makes an approved operator's one faucet code: an event code with a budget of one claim, so that the dispenser, which
 * counts and pays every claim once, counts and pays this one as well. `by.id` is the same for the same operator, so
 * asking again makes no second code.
 */
export async function grantFaucetCode(
  network: ServedNetwork,
  { store, faucetGrant, nowMs, newId }: Directory,
  operator: string,
  by: ActBy,
): Promise<Granted> {
  const no = (refusal: GrantingRefusal): Granted => ({ ok: false, refusal });
  const { chainId } = network.facts;
  const off = switchedOff(network.facts);
  if (off?.reason === "faucet_disabled") return no(off);
  if (!faucetGrant || !network.facts.faucet.credentials.code) {
    const detail = `Operators of ${chainId} get no faucet code (validators.faucetGrant, faucet.credentials.code).`;
    return no({ reason: "faucet_disabled", detail });
  }
  const registration = await store.one(operator);
  if (registration === null) return no({ reason: "unknown_registration", operator });
  if (registration.state !== "approved") return no({ reason: "registration_state", state: registration.state });
  const terms = { label: `validator ${operator}`.slice(0, 80), denoms: [], perDay: 0, budget: 1 };
  const made = await createCode(network, null, { ...terms, expiresAtMs: nowMs() + lifetimeMs }, by);
  if (made.ok) await store.noteGrant(operator, made.grant.id, { actId: newId(), actor: by.actor, atMs: nowMs() });
  return made;
}
