/** Who asks, as far as an address tells: from the widest prefix to the narrowest, each with its own cap. */
export type ClientNetwork = {
  /** The name under which it is counted, such as `4:192.0.2.7` or `6/48:2001:db8:1::`. */
  readonly key: string;
  /** For people: `IPv4 address`, `IPv6 /64`, … */
  readonly width: string;
  readonly max: number;
};

/** What counting a client's networks answered. */
export type ClientCount =
  | { readonly ok: true }
  | { readonly ok: false; readonly width: string; readonly retryAtMs: number };

/**
 * Counts claims by client network over a day, in front of the dispenser. Counting is one step for all prefixes
 * together: either each is counted, or none. `id` names the claim: counting it again changes nothing, and giving
 * it back frees what it took. Held to test/conformance/client-limiter.
 */
export interface ClientLimiter {
  take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount>;
  /** The claim was refused further on, or failed: it takes nothing. Harmless for an unknown id. */
  giveBack(id: string): Promise<void>;
}
