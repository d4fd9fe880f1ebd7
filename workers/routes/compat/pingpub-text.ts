import type { ClaimRefusal } from "../../domain/claim/refusals.ts";
import type { HouseContext } from "../context.ts";
import { problemOf } from "../problem.ts";

/** A refusal as ping-pub's own server words it. */
export function pingpubRefusal(refusal: ClaimRefusal, address: string): string {
  switch (refusal.reason) {
    case "claim_open":
    case "cooldown_active":
    case "client_limited":
    case "budget_spent":
      return "You requested too often";
    case "invalid_address":
    case "recipient_not_allowed":
      return `Address [${address.slice(0, 128)}] is not supported.`;
    case "idempotency_key_reused":
    case "unknown_denom":
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
    case "queue_full":
    case "faucet_empty":
    case "faucet_paused":
    case "faucet_halted":
    case "faucet_disabled":
      return `err: ${problemOf(refusal).detail}`;
  }
}

/**
 * Whether nobody asked for it: a browser that loads ahead, a page that shows a payment as if it were a picture, a
 * HEAD. A GET that pays must not be paid for those. Sources: Speculation Rules (Sec-Purpose), Fetch Metadata.
 */
export function isUnasked({ req }: HouseContext): boolean {
  const purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map((name) => req.header(name) ?? "");
  if (purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose))) return true;
  const shownAs = req.header("sec-fetch-dest") ?? "empty";
  return req.method !== "GET" || !["empty", "document"].includes(shownAs);
}

/** What an unasked request gets: no payment, nothing to keep. */
export const unaskedText = "err: this pays, so it is not loaded ahead or as part of a page";

/** JSON that nobody may keep. */
export function pingpubJson(c: HouseContext, status: 200 | 503, body: Readonly<Record<string, unknown>>): Response {
  return c.json(body, status, { "Cache-Control": "no-store" });
}
