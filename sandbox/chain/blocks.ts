import type { Block } from "./block.ts";
import { txHash } from "./tx.ts";

/** Transactions kept at most, whatever their blocks' number. */
const keepTxBytes = 268_435_456;

/** The blocks that are served, and where each transaction is. */
export class Blocks {
  readonly #keep: number;
  readonly #blocks = new Map<number, Block>();
  readonly #places = new Map<string, { height: number; index: number }>();
  #base = 0;
  #height = 0;
  #txBytes = 0;

  constructor(keepBlocks: number) {
    this.#keep = keepBlocks;
  }

  /** Lowest height served; 0 when there is none. */
  get base(): number {
    return this.#base;
  }

  /** Highest height served; 0 when there is none. */
  get height(): number {
    return this.#height;
  }

  /** Undefined when pruned or not made yet. */
  get(height: number): Block | undefined {
    return this.#blocks.get(height);
  }

  /** Where a transaction of a served block is, by its upper-case hash. */
  find(hash: string): { height: number; index: number } | undefined {
    return this.#places.get(hash);
  }

  /** Adds the next block and drops the oldest beyond what is kept. */
  add(block: Block): void {
    const { height } = block.header;
    this.#blocks.set(height, block);
    this.#height = height;
    if (this.#base === 0) this.#base = height;
    this.#txBytes += block.sizeBytes;
    for (const [index, tx] of block.txs.entries()) this.#places.set(txHash(tx), { height, index });
    while (this.#blocks.size > this.#keep || (this.#txBytes > keepTxBytes && this.#blocks.size > 1)) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#blocks.get(this.#base);
    if (oldest === undefined) throw new Error(`no block at base ${this.#base}`);
    this.#blocks.delete(this.#base);
    this.#txBytes -= oldest.sizeBytes;
    for (const tx of oldest.txs) {
      const hash = txHash(tx);
      if (this.#places.get(hash)?.height === this.#base) this.#places.delete(hash);
    }
    this.#base += 1;
  }
}
