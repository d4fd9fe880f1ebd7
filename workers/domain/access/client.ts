/** One of a client's networks, under its own cap. */
export type ClientNetwork = {
  /** The name under which it is counted, such as `4:192.0.2.7` or `6/48:2001:db8:1::`. */
  readonly key: string;
  /** For people: `IPv4 address`, `IPv6 /64`, … */
  readonly width: string;
  readonly max: number;
};

/** What counting a client's networks answered. `hold` is what this one call holds; see {@link ClientLimiter}. */
export type ClientCount =
  | { readonly ok: true; readonly hold: string }
  | { readonly ok: false; readonly width: string; readonly retryAtMs: number };

/** How full a client's networks are. `counts` in their order, each at most its cap. */
export type ClientLook = {
  readonly counts: readonly number[];
  /** The network that is full longest, and until when; null: none is full. */
  readonly full: { readonly width: string; readonly retryAtMs: number } | null;
};

/**
 * Counts claims by client network over any 24 hours, in front of the dispenser. Counting is one step for all of a
 * client's networks together: either each is counted, or none. A claim counts once, however often it is taken: each
 * call adds a hold, and the claim is free when its last hold is given back. So one of two requests under one
 * Idempotency-Key, refused further on, can't free what the other was accepted with.
 *
 * Held to test/conformance/client-limiter.
 */
export interface ClientLimiter {
  /**
   * `networks` from the widest prefix to the narrowest; none: nothing is counted. A claim is of the networks that it
   * was first counted for. Throws {@link LimiterUnreachable}.
   */
  take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount>;
  /** How full these networks are. Counts nothing and writes nothing. Throws {@link LimiterUnreachable}. */
  look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook>;
  /**
   * Gives one hold back, or with null all of them: the claim failed. Harmless when repeated and for what is unknown.
   * Never throws: what can't be given back is free after a day.
   */
  giveBack(id: string, hold: string | null): Promise<void>;
}

/** How long a claim counts. Windows slide: a day by the clock would let twice the cap through around midnight. */
export const clientWindowMs = 86_400_000;

/** No limiter gave an answer. Whether the claim was counted is not known. */
export class LimiterUnreachable extends Error {
  override name = "LimiterUnreachable";
}
