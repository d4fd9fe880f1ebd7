import type { TxResult } from "./run.ts";
import type { Decoded } from "./tx.ts";

/** A transaction that waits for a block. */
export type Pending = {
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly decoded: Decoded;
  readonly gas: bigint;
};

/** CometBFT's answer to a transaction: the application's result, or its own error text. */
export type CheckAnswer =
  | { readonly ok: true; readonly hash: string; readonly result: TxResult }
  | { readonly ok: false; readonly fault: string };

/** Hashes remembered beside the mempool: config.toml `mempool.cache_size`. */
const cacheMax = 10_000;

/** First in, first out, with a cache of hashes seen: cometbft mempool/clist_mempool.go. */
export class Mempool {
  readonly #txsMax: number;
  readonly #pending = new Map<string, Pending>();
  readonly #cache = new Set<string>();
  #bytes = 0;

  constructor(txsMax: number) {
    this.#txsMax = txsMax;
  }

  get size(): number {
    return this.#pending.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** In order of arrival. */
  list(): readonly Pending[] {
    return [...this.#pending.values()];
  }

  /** CometBFT's words when there is no room, or the transaction was seen before; null: go on, it's now seen. */
  admit(hash: string): string | null {
    if (this.#pending.size >= this.#txsMax) {
      return `mempool is full: number of txs ${this.size} (max: ${this.#txsMax}), total txs bytes ${this.#bytes} (max: 1073741824)`;
    }
    if (this.#cache.has(hash)) return "tx already exists in cache";
    this.remember(hash);
    return null;
  }

  /** Adds a transaction that passed its check. One that is still pending stays where it is. */
  add(pending: Pending): void {
    if (this.#pending.has(pending.hash)) return;
    this.#pending.set(pending.hash, pending);
    this.#bytes += pending.bytes.length;
  }

  /** Takes a transaction out. */
  remove(hash: string): void {
    const pending = this.#pending.get(hash);
    if (pending === undefined) return;
    this.#pending.delete(hash);
    this.#bytes -= pending.bytes.length;
  }

  /** Marks as seen; the oldest mark goes when there are too many. */
  remember(hash: string): void {
    this.#cache.delete(hash);
    this.#cache.add(hash);
    if (this.#cache.size <= cacheMax) return;
    for (const oldest of this.#cache) {
      this.#cache.delete(oldest);
      return;
    }
  }

  /** Lets a refused transaction be sent again. */
  forget(hash: string): void {
    this.#cache.delete(hash);
  }

  /** Empties mempool and cache, as `unsafe_flush_mempool`. */
  flush(): void {
    this.#pending.clear();
    this.#cache.clear();
    this.#bytes = 0;
  }
}
