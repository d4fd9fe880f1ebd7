import type { Claim } from "./claim.ts";

/** One page of an address's claims, newest first. `next` continues; null: that was all. */
export type ClaimPage = { readonly claims: readonly Claim[]; readonly next: number | null };

/** Past claims, read from the read model: a few seconds behind the dispenser, and never asked about payment. */
export interface ClaimHistory {
  /**
   * Claims of a lower-case address, newest first, before the place in line `before` (null: from the newest).
   * `queuePosition` is left out: only the dispenser knows the line.
   */
  claimsOf(address: string, before: number | null, limit: number): Promise<ClaimPage>;
}
