import { z } from "@hono/zod-openapi";
import { requestClaim } from "../domain/claim/request-claim.ts";
import { clientOf } from "./client-address.ts";
import { json, networkOf, networkParams, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { claimShape, writeClaim } from "./shapes.ts";

const body = z
  .strictObject({
    address: z.string().min(1).max(256).openapi({ description: "Who is paid, in upper or lower case." }),
    denoms: z
      .array(z.string().min(1).max(128))
      .min(1)
      .max(8)
      .optional()
      .openapi({ description: "Which of the faucet's tokens; all of them when left out." }),
    challenge: z.string().min(1).max(8192).optional().openapi({
      description: 'Where the faucet\'s `challenge` is pow: base64 of the JSON {"challenge": …, "solution": …}.',
    }),
  })
  .openapi("ClaimRequest");
const query = z.strictObject({
  wait: z.enum(["confirmed"]).optional().openapi({ description: "Hold the answer until it is paid, 30 s at most." }),
});
const headers = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(255)
    .optional()
    .openapi({ description: "The same key gives the same claim." }),
});

/** How long `?wait=confirmed` holds an answer. */
const holdMs = 30_000;

/** Asks for tokens. `202`: the claim is stored and will end confirmed once, or failed with nothing paid. */
export const createClaim: Operation = {
  route: {
    method: "post",
    path: "/api/v1/networks/{chainId}/faucet/claims",
    summary: "Ask for tokens",
    request: {
      params: networkParams,
      query,
      headers,
      body: { required: true, content: { "application/json": { schema: body } } },
    },
    responses: {
      202: json("The claim; follow it by its id", claimShape),
      ...problems({
        400: "invalid_json, invalid_body, invalid_query, invalid_idempotency_key",
        403: "challenge_required, challenge_invalid",
        404: "unknown_network",
        409: "claim_open: this address has a claim that is not settled, claimId names it; challenge_used, challenge_outpriced, balance_enough",
        413: "body_too_large",
        422: "invalid_address, unknown_denom, recipient_not_allowed, idempotency_key_reused",
        429: "cooldown_active, client_limited, budget_spent: retryAt and Retry-After say until when",
        503: "queue_full, faucet_empty, faucet_halted, faucet_disabled, dispenser_unreachable, config_invalid",
      }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const key = c.req.header("idempotency-key");
    if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
      return refuseHere(c, { reason: "invalid_idempotency_key" });
    const { chainId } = network.value.facts;
    const id = await c.var.house.newClaimId(chainId, key ?? null);
    const { address, denoms = [], challenge = null } = read.value;
    const reserved = await requestClaim(network.value, {
      id,
      address,
      denoms,
      challenge,
      dialect: false,
      client: clientOf(c, network.value),
      keyed: key !== undefined,
    });
    if (!reserved.ok) return refuseHere(c, reserved.refusal);
    const hold = asked.value.wait === "confirmed";
    // The claim is stored whatever happens to the wait: an object that dies meanwhile must not turn it into an error.
    const end = hold ? await network.value.dispenser.claimEnd(id, holdMs).catch(() => null) : null;
    const claim = end ?? reserved.claim;
    const location = `/api/v1/networks/${chainId}/faucet/claims/${id}`;
    return c.json(writeClaim(claim), 202, { Location: location, "Cache-Control": "no-store" });
  },
};
