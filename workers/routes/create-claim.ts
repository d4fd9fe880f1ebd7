import { z } from "@hono/zod-openapi";
import { requestClaim } from "../domain/claim/request-claim.ts";
import { bearerOf, siteOf } from "./brought.ts";
import { clientOriginOf } from "./client-address.ts";
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
    code: z.string().min(1).max(128).optional().openapi({ description: "An event code." }),
    turnstile: z.string().min(1).max(4096).optional().openapi({ description: "A token of Cloudflare Turnstile." }),
    signature: z
      .strictObject({
        text: z.string().min(1).max(2048),
        pubKey: z.string().min(1).max(256),
        signature: z.string().min(1).max(256),
      })
      .optional()
      .openapi({
        description: "The text of a challenge of kind signature, and the recipient's ADR-036 signature over it.",
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
  authorization: z
    .string()
    .optional()
    .openapi({ description: "Bearer and an API key (wsk_…), or the OIDC token of a CI job. In place of a challenge." }),
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
        401: "credential_invalid: the key, code, token or signature is not good; kind says which",
        403: "challenge_required, challenge_invalid; credential_spent, credential_scope",
        404: "unknown_network",
        409: "claim_open: this address has a claim that is not settled, claimId names it; challenge_used, challenge_outpriced, balance_enough",
        413: "body_too_large",
        422: "invalid_address, unknown_denom, recipient_not_allowed, idempotency_key_reused",
        429: "cooldown_active, client_limited, credential_limited, budget_spent: retryAt and Retry-After say until when",
        503: "queue_full, faucet_empty, faucet_paused, faucet_halted, faucet_disabled, dispenser_unreachable, config_invalid",
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
    const { address, denoms = [], challenge = null, code = null, turnstile = null, signature = null } = read.value;
    const bearer = bearerOf(c);
    const reserved = await requestClaim(network.value, {
      id,
      address,
      denoms,
      brought: { dialect: false, bearer, code, challenge, turnstile, signature, site: siteOf(c) },
      client: clientOriginOf(c),
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
