import { broughtNothing } from "../../domain/access/check-proof.ts";
import type { Claim } from "../../domain/claim/claim.ts";
import type { ClaimRefusal } from "../../domain/claim/refusals.ts";
import { requestClaim } from "../../domain/claim/request-claim.ts";
import { DispenserUnreachable, type ServedNetwork } from "../../domain/network/served.ts";
import { clientOriginOf } from "../client-address.ts";
import type { HouseContext } from "../context.ts";

/** How long a peer's client is held until a block holds its payment. Ignite's gives up after 20 s. */
const holdMs = 15_000;

/** How a claim over a peer's wire ended. */
export type DialectOutcome =
  | { readonly end: "paid"; readonly claim: Claim; readonly txHash: string }
  | { readonly end: "refused"; readonly refusal: ClaimRefusal }
  /** It ended with nothing paid. */
  | { readonly end: "failed"; readonly detail: string }
  /** No block holds it yet. It is stored, and will be paid once or fail; the peers' wires have no word for that. */
  | { readonly end: "unsettled"; readonly detail: string };

/** Claims at the lowest tier of trust (these wires carry no proof) and waits for its end. `denoms` []: all. */
export async function claimAndWait(
  c: HouseContext,
  network: ServedNetwork,
  address: string,
  denoms: readonly string[],
): Promise<DialectOutcome> {
  const { chainId } = network.facts;
  const id = await c.var.house.newClaimId(chainId, null);
  try {
    const brought = { ...broughtNothing, dialect: true };
    const client = clientOriginOf(c);
    const reserved = await requestClaim(network, { id, address, denoms, brought, client, keyed: false });
    if (!reserved.ok) return { end: "refused", refusal: reserved.refusal };
    // The claim is stored whatever happens to the wait.
    const claim = await network.dispenser.claimEnd(id, holdMs).catch(() => null);
    if (claim?.state === "confirmed") return { end: "paid", claim, txHash: claim.txHash ?? "" };
    if (claim?.state === "failed") return { end: "failed", detail: claim.reason ?? claim.code ?? "nothing was paid" };
    const detail = `Claim ${id} is accepted, but no block holds its payment yet; it will be paid. Don't ask again.`;
    return { end: "unsettled", detail };
  } catch (error) {
    if (!(error instanceof DispenserUnreachable)) throw error;
    return { end: "unsettled", detail: "The dispenser did not answer. The claim may have been stored." };
  }
}
