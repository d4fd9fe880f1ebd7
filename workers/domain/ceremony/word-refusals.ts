import type { WordFlaw } from "../../../genesis/attest/flaw.ts";
import type { CeremonyRefusal } from "./refusals.ts";

/** Why an attestation or a beacon is not taken. No arm holds more of it than rules' own words and node ids. */
export type WordRefusal =
  | CeremonyRefusal
  /** An attestation or a beacon is malformed, of another ceremony, or not signed by whom it names. */
  | { readonly reason: "word_refused"; readonly flaws: readonly WordFlaw[] }
  /** The nonce was not made here for this operator, version and expiry. */
  | { readonly reason: "challenge_unknown" }
  | { readonly reason: "challenge_expired"; readonly endedMs: number }
  /** What was attested is not the sealed file; `path` is where the log has that. */
  | { readonly reason: "wrong_file"; readonly version: number; readonly expected: string; readonly path: string }
  /** Neither the operator's attestation nor their gentx names this node. */
  | { readonly reason: "node_not_tied"; readonly operator: string; readonly node: string };

/** A value, or why there is none. */
export type AskedWord<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: WordRefusal };

/** The refusal as an answer. */
export function refusedWord(refusal: WordRefusal): { readonly ok: false; readonly refusal: WordRefusal } {
  return { ok: false, refusal };
}
