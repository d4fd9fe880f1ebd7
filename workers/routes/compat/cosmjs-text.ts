import type { ClaimRefusal } from "../../domain/claim/refusals.ts";
import type { NetworkFacts } from "../../domain/network/served.ts";
import type { HouseContext } from "../context.ts";
import { problemOf } from "../problem.ts";

/** A status of @cosmjs/faucet and its text. */
export type CosmjsText = { readonly status: 200 | 400 | 405 | 413 | 422 | 500; readonly text: string };

/** What @cosmjs/faucet says when it could not pay, for any reason of its own. */
export const sendingFailed: CosmjsText = { status: 500, text: "Sending tokens failed" };

/** Answers as Koa does: `text/plain`, never kept. */
export function cosmjsText(c: HouseContext, { status, text }: CosmjsText): Response {
  return c.text(text, status, { "Cache-Control": "no-store" });
}

/**
 * A refusal in the words of @cosmjs/faucet (its webserver.ts). It knows one status for "not now", 405: every limit
 * gets it, with the peer's text where that is true and with ours where the peer has no such limit.
 */
export function cosmjsRefusal(refusal: ClaimRefusal, facts: NetworkFacts, nowMs: number): CosmjsText {
  switch (refusal.reason) {
    case "invalid_address":
      return { status: 400, text: "Address is not in the expected format for this chain." };
    case "unknown_denom":
      return { status: 422, text: `Token is not available. Available tokens are: ${refusal.available.join(",")}` };
    case "cooldown_active":
      return tooMany(refusal.retryAtMs - nowMs);
    case "claim_open":
      return tooMany(facts.faucet.cooldownMs);
    case "client_limited":
    case "budget_spent":
    case "balance_enough":
    case "challenge_required":
    case "challenge_invalid":
    case "challenge_used":
    case "challenge_outpriced":
    // No wire of a peer carries a credential.
    case "credential_invalid":
    case "credential_limited":
    case "credential_spent":
    case "credential_scope":
    case "faucet_paused":
      return { status: 405, text: problemOf(refusal).detail };
    // The peer leaves a token out that it can't pay any more.
    case "faucet_empty":
      return { status: 422, text: "Token is not available. Available tokens are: " };
    // The peer has nobody whom it would not pay: it tries, and the chain refuses.
    case "recipient_not_allowed":
    case "idempotency_key_reused":
    case "queue_full":
    case "faucet_halted":
    case "faucet_disabled":
      return sendingFailed;
  }
}

function tooMany(waitMs: number): CosmjsText {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const text = `Too many request for the same address. Blocked to prevent draining. Please wait ${seconds} seconds and try it again!`;
  return { status: 405, text };
}
