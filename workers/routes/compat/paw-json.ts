import type { ClaimRefusal } from "../../domain/claim/refusals.ts";
import type { NetworkFacts } from "../../domain/network/served.ts";
import type { HouseContext } from "../context.ts";
import { problemOf } from "../problem.ts";

/** The statuses of PAW's faucet. */
export type PawStatus = 200 | 400 | 403 | 429 | 500 | 503;

declare global {
  interface JSON {
    /** ES2025: a piece of JSON as it stands. */
    rawJSON(text: string): unknown;
  }
}

/** Answers JSON. PAW's faucet writes amounts as numbers: here a bigint goes out with all its digits. */
export function pawJson(c: HouseContext, status: PawStatus, body: Readonly<Record<string, unknown>>): Response {
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === "bigint" ? JSON.rawJSON(value.toString()) : value,
  );
  return c.body(text, status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
}

/** PAW's faucet pays one token: here the first that the network file drips. */
export function pawDenom(facts: NetworkFacts): string {
  return facts.faucet.drips[0]?.denom ?? "";
}

/** A refusal as `{error}`, which PAW's site shows to people as it is. */
export function pawRefusal(refusal: ClaimRefusal): { readonly status: PawStatus; readonly error: string } {
  const { detail: error } = problemOf(refusal);
  switch (refusal.reason) {
    case "invalid_address":
      return { status: 400, error: "Invalid address format" };
    case "unknown_denom":
    case "idempotency_key_reused":
      return { status: 400, error };
    case "recipient_not_allowed":
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
      return { status: 403, error };
    case "claim_open":
    case "cooldown_active":
    case "client_limited":
    case "budget_spent":
      return { status: 429, error };
    case "queue_full":
    case "faucet_empty":
    case "faucet_paused":
    case "faucet_halted":
    case "faucet_disabled":
      return { status: 503, error };
  }
}
