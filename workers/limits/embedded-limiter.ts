import {
  type ClientCount,
  type ClientLimiter,
  type ClientLook,
  type ClientNetwork,
  LimiterUnreachable,
} from "../domain/access/client.ts";
import type { ClientCounts } from "../domain/access/client-counts.ts";
import type { Log } from "../domain/claim/ports.ts";

/** Objects a network; each answers about a thousand questions a second. Claims are found by it: it never changes. */
const shards = 64;
const triesMost = 3;
const pauseMs = 50;

/**
 * Counts in Durable Objects, found by the client's widest prefix: all networks of one client meet in one object, so
 * that one transaction counts them. Another object, found by the claim's id, knows where the claim is counted: the
 * dispenser, which gives back what failed, keeps no client's address.
 */
export class EmbeddedLimiter implements ClientLimiter {
  readonly #object: (name: string) => ClientCounts;
  readonly #scope: string;
  readonly #log: Log;

  /** `scope` is whose claims are counted: the chain id. `object` answers a new stub at each call. */
  constructor(scope: string, object: (name: string) => ClientCounts, log: Log) {
    this.#scope = scope;
    this.#object = object;
    this.#log = log;
  }

  async take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount> {
    const shard = shardOf(networks[0]?.key ?? "");
    const held = { claim: id, hold: `${shard}:${crypto.randomUUID()}` };
    if (networks.length === 0) return { ok: true, hold: held.hold };
    try {
      const verdict = await this.#ask(shard, (object) => object.take(held, networks, nowMs));
      if (!verdict.ok) return verdict;
      await this.#ask(shardOf(id), (object) => object.note(held, shard, nowMs));
      return { ok: true, hold: held.hold };
    } catch (error) {
      throw new LimiterUnreachable(String(error).slice(0, 300), { cause: error });
    }
  }

  async look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook> {
    if (networks.length === 0) return { counts: [], full: null };
    try {
      return await this.#ask(shardOf(networks[0]?.key ?? ""), (object) => object.look(networks, nowMs));
    } catch (error) {
      throw new LimiterUnreachable(String(error).slice(0, 300), { cause: error });
    }
  }

  async giveBack(id: string, hold: string | null): Promise<void> {
    try {
      const counting = hold === null ? await this.#ask(shardOf(id), (object) => object.noted(id)) : shardIn(hold);
      for (const shard of counting) await this.#ask(shard, (object) => object.release(id, hold));
      if (counting.length > 0) await this.#ask(shardOf(id), (object) => object.forget(id, hold));
    } catch (error) {
      this.#log("client_give_back_failed", { claim: id, error: String(error).slice(0, 300) });
    }
  }

  /** A lost reply is asked again, of a new stub: one that threw stays broken. */
  async #ask<T>(shard: number, question: (object: ClientCounts) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await question(this.#object(`${this.#scope}/${shard}`));
      } catch (error) {
        if (attempt >= triesMost) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
      }
    }
  }
}

/** FNV-1a, 32 bits: it spreads keys over objects, and no limit rests on it. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % shards;
}

/** The shard that a hold of ours names; none for another limiter's. */
function shardIn(hold: string): number[] {
  const shard = /^([0-9]{1,2}):/.exec(hold)?.[1];
  return shard === undefined ? [] : [Number(shard)];
}
