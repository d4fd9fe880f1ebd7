import type { GrantRefusal } from "../access/grant.ts";
import type { WordRefusal } from "../ceremony/word-refusals.ts";
import type { RegistrationState } from "./registration.ts";

/** Which of {@link Claims} two registrations share. */
export type ClashField = "moniker" | "peer" | "consensusKey";

/** Why the directory of validators does not do what it was asked. No arm holds a contact or what was signed. */
export type DirectoryRefusal =
  /** This nonce has done its work. */
  | { readonly reason: "nonce_spent" }
  /** There is one already; it is amended, not made again. */
  | { readonly reason: "registration_exists"; readonly state: RegistrationState }
  | { readonly reason: "unknown_registration"; readonly operator: string }
  /** It was changed since the asker saw it. */
  | { readonly reason: "registration_changed"; readonly rev: number }
  /** In this state that can't be done. */
  | { readonly reason: "registration_state"; readonly state: RegistrationState }
  /** An approved registration has the same, or what looks the same. */
  | { readonly reason: "registration_clash"; readonly field: ClashField; readonly operator: string }
  /** As many wait for review as may. */
  | { readonly reason: "registrations_full"; readonly most: number }
  | { readonly reason: "not_on_allowlist"; readonly operator: string };

type OfProofs = Extract<WordRefusal, { readonly reason: "word_refused" | "challenge_unknown" | "challenge_expired" }>;

/** Why a registration, an amendment or a withdrawal is not taken. */
export type RegistrationRefusal =
  | DirectoryRefusal
  | OfProofs
  /** No gentx of theirs stands in the ceremony that could prove it. */
  | { readonly reason: "unknown_gentx"; readonly operator: string };

/** A value, or why there is none. */
export type AskedDirectory<T, R = RegistrationRefusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** Why an operator gets no faucet code. */
export type GrantingRefusal =
  | DirectoryRefusal
  | GrantRefusal
  | { readonly reason: "faucet_disabled"; readonly detail: string };

/** The refusal as an answer. */
export function refusedDirectory<R>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal };
}
