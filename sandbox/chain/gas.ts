import { type Refusal, refuse } from "./refusal.ts";

/**
 * A deterministic stand-in for the SDK's store metering, fitted to what cosmos-sdk v0.50.15 took for the same
 * transactions, within 1 %: a MsgSend to a new recipient 61,300, a MsgMultiSend of n 36,800 + 22,140 n, each 18,200
 * more with a fee. The first two are the SDK's own parameters.
 */
export const gas = {
  perTxByte: 10n,
  signature: 1_000n,
  ante: 25_000n,
  /** Moving a fee between two balances. */
  fee: 18_000n,
  /** Storing the key with an account's first transaction. */
  firstKey: 13_420n,
  sendEnabled: 1_937n,
  readBalance: 2_733n,
  send: 13_895n,
  multiSend: 6_101n,
  output: 7_794n,
  newAccount: 13_737n,
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
