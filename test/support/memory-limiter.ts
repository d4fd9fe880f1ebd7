import {
  type ClientCount,
  type ClientLimiter,
  type ClientLook,
  type ClientNetwork,
  clientWindowMs,
} from "../../workers/domain/access/client.ts";

type Counted = { readonly atMs: number; readonly keys: readonly string[]; readonly holds: Set<string> };

/** A {@link ClientLimiter} in memory, for tests of what asks one; held to the contract of the shipped ones. */
export class MemoryLimiter implements ClientLimiter {
  readonly #claims = new Map<string, Counted>();
  #holds = 0;

  async take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount> {
    this.#holds += 1;
    const hold = `h${this.#holds}`;
    const known = this.#claims.get(id);
    if (known && known.atMs > nowMs - clientWindowMs) known.holds.add(hold);
    else {
      const { full } = this.#look(networks, nowMs);
      if (full) return { ok: false, ...full };
      const keys = networks.map(({ key }) => key);
      this.#claims.set(id, { atMs: nowMs, keys, holds: new Set([hold]) });
    }
    return { ok: true, hold };
  }

  async look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook> {
    return this.#look(networks, nowMs);
  }

  async giveBack(id: string, hold: string | null): Promise<void> {
    const known = this.#claims.get(id);
    if (!known) return;
    if (hold === null) known.holds.clear();
    else if (!known.holds.delete(hold)) return;
    if (known.holds.size === 0) this.#claims.delete(id);
  }

  /** Synchronous: what looks and then counts is one step. */
  #look(networks: readonly ClientNetwork[], nowMs: number): ClientLook {
    const timesOf = (key: string) =>
      [...this.#claims.values()]
        .filter(({ keys, atMs }) => keys.includes(key) && atMs > nowMs - clientWindowMs)
        .map(({ atMs }) => atMs)
        .sort((a, b) => a - b);
    const full = networks.flatMap(({ key, width, max }) => {
      const nth = timesOf(key).at(-max);
      return nth === undefined ? [] : [{ width, retryAtMs: nth + clientWindowMs }];
    });
    const longest = full.sort((a, b) => b.retryAtMs - a.retryAtMs)[0] ?? null;
    const counts = networks.map(({ key, max }) => Math.min(max, timesOf(key).length));
    return { counts, full: longest };
  }
}
