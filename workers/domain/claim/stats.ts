import type { Coin } from "../shared/coin.ts";

/** What a faucet has done since it opened. `confirmed`, `failed`, `paid` and `recipients` trail by open claims. */
export type ClaimTotals = {
  /** Places in line given out. */
  readonly claims: number;
  readonly confirmed: number;
  readonly failed: number;
  readonly paid: readonly Coin[];
  /** Addresses that have claimed at least once. */
  readonly recipients: number;
  readonly lastDay: number;
  readonly lastHour: number;
};

/** A claim that was paid. */
export type PaidClaim = {
  readonly address: string;
  readonly coins: readonly Coin[];
  readonly txHash: string;
  readonly paidAtMs: number;
};

/** Figures for people, read from the read model: seconds behind the dispenser, and never asked about payment. */
export interface ClaimStats {
  totals(nowMs: number): Promise<ClaimTotals>;
  /** Newest first; at most 100. */
  recent(limit: number): Promise<PaidClaim[]>;
}
