import type { Drip } from "./load.ts";

/** A faucet under load. */
export type Side = {
  readonly name: string;
  /** Of its own process: its CPU time is read. */
  readonly pid: number;
  /** The addresses that its transactions are sent from. */
  readonly payers: readonly string[];
  readonly drip: Drip;
  /** Ends it for good and removes what it stored. */
  stop(): Promise<void>;
};

/** What every drip of either side pays. */
export const dripAmount = 1_000_000n;
