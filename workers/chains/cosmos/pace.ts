import type { BlockMeta, CosmosNode } from "./node.ts";

/** So many headers are looked at, and the figure is kept for as many blocks. */
const SPAN = 20;
/** Fewer gaps than this say too little: the first block of a chain bears the genesis time. */
const GAPS_MIN = 3;
/** Taken until the chain has shown its pace. A figure too low only makes timeouts longer, in blocks. */
const FALLBACK_MS = 1000;

/** A chain's median time between blocks, measured now and then. */
export class Pace {
  #blockMs = FALLBACK_MS;
  #from = 0;
  #until = 0;

  /** The pace at this height in whole ms, at least 1. Throws NodeFailed where it has to ask. */
  async at(height: number, earliest: number, node: CosmosNode): Promise<number> {
    if (height >= this.#from && height < this.#until) return this.#blockMs;
    const gaps = gapsOf(await node.metas(Math.max(1, earliest, height - SPAN + 1), height));
    this.#from = height;
    this.#until = height + Math.max(1, gaps.length);
    if (gaps.length >= GAPS_MIN) this.#blockMs = median(gaps);
    return this.#blockMs;
  }

  /** What was measured last. */
  get last(): number {
    return this.#blockMs;
  }
}

function gapsOf(metas: readonly BlockMeta[]): number[] {
  return metas.flatMap((meta, index) => {
    const before = metas[index - 1];
    return before?.height === meta.height - 1 ? [meta.timeMs - before.timeMs] : [];
  });
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)] ?? FALLBACK_MS));
}
