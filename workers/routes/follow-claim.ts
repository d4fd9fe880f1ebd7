import { z } from "@hono/zod-openapi";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Claim } from "../domain/claim/claim.ts";
import type { DispenserApi } from "../domain/claim/dispenser-api.ts";
import { claimParams, networkOf, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { writeClaim } from "./shapes.ts";

/** A stream lives this long at most; the client comes back by itself (EventSource does). */
const streamMsMax = 300_000;
/** So often something is sent, so that no proxy takes the stream for dead. */
const beatMs = 10_000;
/** The dispenser is asked no more often than this, also when it can't let anyone else wait. */
const pauseMs = 500;

/** A claim's changes as server-sent events, until it ended. */
export const followClaim: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/faucet/claims/{id}/events",
    summary: "Follow a claim until it ends, as server-sent events",
    request: { params: claimParams },
    responses: {
      200: {
        description: "Events named `claim`, each with the claim as JSON; the stream closes when it ended",
        content: { "text/event-stream": { schema: z.string() } },
      },
      ...problems({ 404: "unknown_network, unknown_claim", 503: "dispenser_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const claimId = (c.req.param("id") ?? "").slice(0, 64);
    const { dispenser } = network.value;
    const claim = await dispenser.claim(claimId);
    if (!claim) return refuseHere(c, { reason: "unknown_claim", claimId });
    const { nowMs } = c.var.house;
    return streamSSE(c, (stream) => follow(stream, dispenser, claim, nowMs));
  },
};

async function follow(
  stream: SSEStreamingApi,
  dispenser: DispenserApi,
  first: Claim,
  nowMs: () => number,
): Promise<void> {
  const endMs = nowMs() + streamMsMax;
  let claim = first;
  let sent = "";
  while (!stream.aborted) {
    const data = JSON.stringify(writeClaim(claim));
    if (data === sent) await stream.write(": still here\n\n");
    else await stream.writeSSE({ event: "claim", data });
    sent = data;
    if (claim.state === "confirmed" || claim.state === "failed" || nowMs() >= endMs) return;
    const askedMs = nowMs();
    const changed = await dispenser.claimChange(claim.id, claim.state, Math.min(beatMs, endMs - askedMs));
    if (!changed) return;
    if (changed.state === claim.state) await stream.sleep(Math.max(0, pauseMs - (nowMs() - askedMs)));
    claim = changed;
  }
}
