import { claimParams, json, networkOf, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { claimShape, writeClaim } from "./shapes.ts";

/** One claim, from the dispenser: never behind. */
export const readClaim: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/faucet/claims/{id}",
    summary: "One claim",
    request: { params: claimParams },
    responses: {
      200: json("The claim", claimShape),
      ...problems({ 404: "unknown_network, unknown_claim", 503: "dispenser_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const claimId = (c.req.param("id") ?? "").slice(0, 64);
    const claim = await network.value.dispenser.claim(claimId);
    if (!claim) return refuseHere(c, { reason: "unknown_claim", claimId });
    return c.json(writeClaim(claim), 200, { "Cache-Control": "no-store" });
  },
};
