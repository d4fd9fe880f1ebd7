import type { CredentialKind } from "../access/credential.ts";

/** Why a claim is refused. Nothing is stored and no allowance is used. */
export type ClaimRefusal =
  /** This recipient's last claim is not settled yet. */
  | { readonly reason: "claim_open"; readonly claimId: string }
  /** This recipient was paid less than a cooldown ago. */
  | { readonly reason: "cooldown_active"; readonly claimId: string; readonly retryAtMs: number }
  /** The same Idempotency-Key came with another body. */
  | { readonly reason: "idempotency_key_reused" }
  /** The faucet pays no such token; `available` are those it pays. */
  | { readonly reason: "unknown_denom"; readonly denom: string; readonly available: readonly string[] }
  /** Not an address of this chain. `detail` says what is wrong with it. */
  | { readonly reason: "invalid_address"; readonly detail: string }
  /** The chain would not pay it, or the operator doesn't: a module account, the faucet itself, a denied address. */
  | { readonly reason: "recipient_not_allowed"; readonly detail: string }
  /** This client's network has made its claims for the day. `width` names it: `IPv4 address`, `IPv6 /64`, … */
  | { readonly reason: "client_limited"; readonly width: string; readonly retryAtMs: number }
  /** The network's hourly budget, or this route's share of it, is spent. */
  | { readonly reason: "budget_spent"; readonly retryAtMs: number }
  /** The recipient already holds as much as this faucet gives anyone. */
  | { readonly reason: "balance_enough"; readonly denom: string; readonly cap: bigint }
  /** A claim must bring a solved challenge. `detail`: why what it brought does not stand for one. */
  | { readonly reason: "challenge_required"; readonly detail?: string }
  /** This credential is not known here, or does not fit. It never says how nearly it would have. */
  | { readonly reason: "credential_invalid"; readonly kind: CredentialKind; readonly detail: string }
  /** This credential has its claims for the day; or its bearer has tried too many that are none. */
  | {
      readonly reason: "credential_limited";
      readonly kind: CredentialKind;
      readonly detail: string;
      readonly retryAtMs: number;
    }
  /** This credential is used up, expired or revoked: `detail` says which. It will not come back. */
  | { readonly reason: "credential_spent"; readonly kind: CredentialKind; readonly detail: string }
  /** This credential is not good for this token; `allowed` are those it is good for. */
  | {
      readonly reason: "credential_scope";
      readonly kind: CredentialKind;
      readonly denom: string;
      readonly allowed: readonly string[];
    }
  /** The challenge is not ours, expired, for another address or network, or not solved. `detail` says which. */
  | { readonly reason: "challenge_invalid"; readonly detail: string }
  /** This challenge paid for a claim already. */
  | { readonly reason: "challenge_used" }
  /** The budget has become so scarce since this challenge was made that its price is no longer enough. */
  | { readonly reason: "challenge_outpriced" }
  /** The line is as long as it may be. */
  | { readonly reason: "queue_full"; readonly retryAtMs: number }
  /** The faucet's balance does not cover another claim. */
  | { readonly reason: "faucet_empty" }
  /** An operator has paused the faucet. `detail` is the operator's reason; null: nobody said until when. */
  | { readonly reason: "faucet_paused"; readonly detail: string; readonly retryAtMs: number | null }
  /** The dispenser stopped because the chain was reset; the operator must act. */
  | { readonly reason: "faucet_halted"; readonly detail: string }
  /** This deployment or network has its faucet switched off, or lacks its key. */
  | { readonly reason: "faucet_disabled"; readonly detail: string };

/** What `reserve` answers: the claim (new, or the one stored under this id before), or why not. */
export type Reserved<C> =
  | { readonly ok: true; readonly claim: C; readonly repeated: boolean }
  | { readonly ok: false; readonly refusal: ClaimRefusal };
