/** What the proxy does to a request that a rule matches. */
export type Fault =
  /** Waits before the request is forwarded, or before its answer is passed on. */
  | { readonly kind: "delay"; readonly ms: number; readonly when?: "before" | "after" }
  /** Answers with an HTTP error (default 503); the node never sees the request. */
  | { readonly kind: "failBefore"; readonly status?: number }
  /** The node handles the request; the client gets an HTTP error (default 502). */
  | { readonly kind: "failAfter"; readonly status?: number }
  /** The node handles the request; the client's connection is cut. */
  | { readonly kind: "dropAnswer" }
  /** Reads are answered as by a node that is `behind` so many blocks, or that stopped `at` a height. */
  | { readonly kind: "stale"; readonly behind: number }
  /** `now` is the newest height when the rule first strikes. */
  | { readonly kind: "stale"; readonly at: number | "now" };

/** When a fault strikes. A batch is matched by any of its calls. */
export type FaultRule = {
  /** How the log and the counts name it. */
  readonly name: string;
  /** JSON-RPC methods such as `broadcast_tx_sync`; without it, all. */
  readonly methods?: readonly string[];
  readonly fault: Fault;
  /** From 0 to 1, default 1. Rolled with the proxy's seed, in the order in which requests come. */
  readonly probability?: number;
  /** The most times that it strikes; default no limit. */
  readonly times?: number;
};

/** One blow, so that a test can show that its fault really struck. */
export type Strike = {
  readonly rule: string;
  readonly kind: Fault["kind"];
  readonly methods: readonly string[];
  readonly atMs: number;
};

/** What is to be done to one request: delays add up, the first failure that strikes wins, the oldest view too. */
export type Plan = {
  readonly delayBeforeMs: number;
  readonly delayAfterMs: number;
  readonly end: Extract<Fault, { kind: "failBefore" | "failAfter" | "dropAnswer" }> | null;
  readonly stale: { readonly rule: FaultRule; readonly fault: Extract<Fault, { kind: "stale" }> } | null;
};

/** A seeded stream of numbers from 0 (inclusive) to 1 (mulberry32): the same seed rolls the same faults. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const strikesKept = 10_000;

/** Decides which rules strike a request, and keeps the record. */
export class Faults {
  private rules: readonly FaultRule[] = [];
  private readonly roll: () => number;
  private readonly counts = new Map<string, number>();
  private readonly log: Strike[] = [];
  /** Times struck since the rules were set; the counts by name go on. */
  private used = new Map<FaultRule, number>();

  constructor(seed: number) {
    this.roll = dice(seed);
  }

  /** Replaces all rules; none turns the faults off. Counts go on, `times` begins anew. */
  set(rules: readonly FaultRule[]): void {
    this.rules = rules;
    this.used = new Map();
  }

  /** `reads` are the calls among `methods` that a stale rule can touch. */
  plan(methods: readonly string[], reads: readonly string[]): Plan {
    let delayBeforeMs = 0;
    let delayAfterMs = 0;
    let end: Plan["end"] = null;
    let stale: Plan["stale"] = null;
    for (const rule of this.rules) {
      const { fault } = rule;
      const touched = fault.kind === "stale" ? reads : methods;
      const taken = fault.kind === "stale" ? stale !== null : fault.kind !== "delay" && end !== null;
      if (taken || !this.strikes(rule, touched)) continue;
      if (fault.kind === "stale") stale = { rule, fault };
      else if (fault.kind !== "delay") end = fault;
      else if (fault.when === "after") delayAfterMs += fault.ms;
      else delayBeforeMs += fault.ms;
    }
    return { delayBeforeMs, delayAfterMs, end, stale };
  }

  /** How often each rule struck, by name, and the newest strikes, oldest first. */
  record(): { readonly strikes: Readonly<Record<string, number>>; readonly log: readonly Strike[] } {
    return { strikes: Object.fromEntries(this.counts), log: [...this.log] };
  }

  private strikes(rule: FaultRule, touched: readonly string[]): boolean {
    const matched = touched.filter((method) => rule.methods === undefined || rule.methods.includes(method));
    if (matched.length === 0 && (rule.methods !== undefined || rule.fault.kind === "stale")) return false;
    const used = this.used.get(rule) ?? 0;
    if (rule.times !== undefined && used >= rule.times) return false;
    const { probability = 1 } = rule;
    if (probability < 1 && this.roll() >= probability) return false;
    this.used.set(rule, used + 1);
    this.counts.set(rule.name, (this.counts.get(rule.name) ?? 0) + 1);
    this.log.push({ rule: rule.name, kind: rule.fault.kind, methods: matched, atMs: Date.now() });
    if (this.log.length > strikesKept) this.log.shift();
    return true;
  }
}
