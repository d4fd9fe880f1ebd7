import { type Refusal, refuse } from "./refusal.ts";

/**
 * A deterministic stand-in for the SDK's store metering, fitted to cosmos-sdk v0.50.15 as measured: a MsgMultiSend
 * of n new recipients takes 39,500 + 22,200 n, a single MsgSend 61,500, n of them 26,700 + 33,900 n; 50 outputs to
 * one known recipient take 488,000. The first two are the SDK's own parameters.
 */
export const gas = {
  perTxByte: 10n,
  signature: 1_000n,
  ante: 24_000n,
  /** Reading and writing the balances that a fee moves between. */
  fee: 11_000n,
  send: 19_200n,
  multiSend: 12_500n,
  output: 8_360n,
  newAccount: 13_230n,
  /** Bytes by which a simulated transaction grows for a signature that it lacks (x/auth/ante/basic.go). */
  missingSignatureBytes: 116n,
} as const;

/** Counts gas up to a limit; null: no limit, for simulation. */
export class GasMeter {
  readonly limit: bigint | null;
  #used = 0n;

  constructor(limit: bigint | null) {
    this.limit = limit;
  }

  /** Gas consumed, the amount that went over the limit included, as the SDK reports it. */
  get used(): bigint {
    return this.#used;
  }

  /** Counts; out of gas as a refusal with the SDK's words, null when the limit holds. */
  consume(amount: bigint, location: string): Refusal | null {
    this.#used += amount;
    if (this.limit === null || this.#used <= this.limit) return null;
    return refuse("outOfGas", `out of gas in location: ${location}; gasWanted: ${this.limit}, gasUsed: ${this.#used}`);
  }
}
