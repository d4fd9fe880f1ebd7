import type { ActRefusal } from "../../../genesis/ceremony/state.ts";
import type { Finding } from "../../../genesis/gentx/findings.ts";

/** Why a ceremony does not do what it was asked. No arm holds what was handed in. */
export type CeremonyRefusal =
  /** The rules of the ceremony forbid it as it stands. */
  | { readonly reason: "act_forbidden"; readonly why: ActRefusal }
  /** The gentx breaks rules; all of them are told. */
  | { readonly reason: "gentx_refused"; readonly failures: readonly Finding[]; readonly warnings: readonly Finding[] }
  | { readonly reason: "content_too_large"; readonly bytesMax: number }
  /** A base genesis, an allocation list or the whole can't be read or assembled. */
  | { readonly reason: "parts_broken"; readonly problems: readonly string[] }
  /** The genesis that would be sealed is another than the one that was agreed on. */
  | { readonly reason: "seal_differs"; readonly sha256: string }
  /** So many acts came at once that this one was never judged against the newest state. */
  | { readonly reason: "ceremony_busy" };

/** A value, or why there is none. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: CeremonyRefusal };

/** The refusal as an answer. */
export function refused(refusal: CeremonyRefusal): { readonly ok: false; readonly refusal: CeremonyRefusal } {
  return { ok: false, refusal };
}
