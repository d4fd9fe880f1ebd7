import type { Coin } from "../shared/coin.ts";

/** `submitted` goes back to `queued` only when its transaction is proven dead, or was included and failed. */
export type ClaimState = "queued" | "submitted" | "confirmed" | "failed";

/**
 * How a claim came in: over a peer's wire, with nothing, with a solved puzzle, past Turnstile, with the recipient's
 * signature, an event code, a CI job's token or an API key.
 */
export type ClaimRoute = "dialect" | "open" | "challenge" | "turnstile" | "signature" | "code" | "oidc" | "key";

/** A claim as its owner sees it. */
export type Claim = {
  readonly id: string;
  readonly chainId: string;
  /** Lower case. */
  readonly address: string;
  readonly state: ClaimState;
  readonly drips: readonly Coin[];
  /** 1 is next; only while queued. */
  readonly queuePosition?: number;
  /** Upper-case hex; while submitted and once ended in a block. */
  readonly txHash?: string;
  readonly height?: number;
  /** Why it failed: `recipient_refused` (the chain would not pay it) or `payment_failed` (the faucet's side). */
  readonly code?: string;
  /** The chain's own words on a failure. */
  readonly reason?: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};
