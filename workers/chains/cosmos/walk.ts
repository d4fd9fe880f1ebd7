import type { Found, Outcome, Point, Walk } from "../../domain/chain/driver.ts";
import type { Log } from "../../domain/claim/ports.ts";
import type { CosmosCodec, DecodedTx } from "./codec.ts";
import { EMPTY_HASH, hashTxs } from "./merkle.ts";
import type { BlockMeta, CosmosNode } from "./node.ts";
import { readOutcome, UNKNOWN } from "./outcome.ts";

/** CometBFT gives at most so many headers a call. Source: cometbft v0.38 rpc/core/blocks.go. */
const METAS_MAX = 20;

/** What a walk is asked for. */
export type WalkOrder = {
  readonly from: Point;
  readonly through: number;
  readonly limit: number;
  readonly watch: ReadonlySet<string>;
  readonly mark: string;
};

/** What a walk uses besides a node. */
export type WalkTools = {
  readonly codec: Pick<CosmosCodec, "decode">;
  readonly log: Log;
  /** The driver's notation of what a transaction of this signer used up. */
  readonly reserves: (signer: string, sequence: bigint) => string;
};

/**
 * One walk along the chain's blocks. It may be carried on by another endpoint where one fails, because every step
 * is proved by hashes: a block counts when its header follows the last one, and its transactions when their root
 * is the header's. What is missing, short or doesn't fit proves nothing, and the walk stops before it.
 */
export class Walker {
  readonly #order: WalkOrder;
  readonly #tools: WalkTools;
  readonly #end: number;
  readonly #found: Found[] = [];
  #cursor: Point;
  #timeMs = 0;
  #broken: Walk["broken"];

  constructor(order: WalkOrder, tools: WalkTools) {
    this.#order = order;
    this.#tools = tools;
    this.#cursor = order.from;
    this.#end = Math.min(order.through, order.from.height + order.limit);
  }

  /** Nothing is left to read, or it is known that the chain is another one. */
  get over(): boolean {
    return this.#broken !== undefined || this.#cursor.height >= this.#end;
  }

  get moved(): boolean {
    return this.#cursor.height > this.#order.from.height;
  }

  /** `timeMs` is 0 while no block was read. */
  result(): Walk {
    const walk = { cursor: this.#cursor, timeMs: this.#timeMs, found: this.#found };
    return this.#broken ? { ...walk, broken: this.#broken } : walk;
  }

  /** Walks on from where it stands, by one node. Throws NodeFailed; what was read until then stays. */
  async on(node: CosmosNode): Promise<void> {
    while (!this.over) {
      const first = this.#cursor.height + 1;
      const last = Math.min(this.#end, first + METAS_MAX - 1);
      const metas = await node.metas(first, last);
      for (let height = first; height <= last; height += 1) {
        const meta = metas[height - first];
        if (meta?.height !== height) {
          this.#stop(node, height, "header missing");
          return;
        }
        if (!(await this.#take(node, meta, meta === metas.at(-1)))) return;
      }
    }
  }

  /** Whether the walk may go on. `newest`: the node showed no header above. */
  async #take(node: CosmosNode, meta: BlockMeta, newest: boolean): Promise<boolean> {
    if (meta.lastHash !== this.#cursor.hash) {
      this.#refuse(node, meta);
      return false;
    }
    if (meta.dataHash !== EMPTY_HASH && meta.dataHash !== "" && !(await this.#read(node, meta, newest))) return false;
    this.#cursor = { height: meta.height, hash: meta.hash };
    this.#timeMs = meta.timeMs;
    return true;
  }

  /** Only a header right above the anchor tells of another chain; further on two nodes may be mixed up. */
  #refuse(node: CosmosNode, meta: BlockMeta): void {
    if (!this.moved) this.#broken = { expected: this.#order.from, seenHash: meta.lastHash };
    this.#stop(node, meta.height, `it follows ${meta.lastHash}, not ${this.#cursor.hash}`);
  }

  /** Reads a block with transactions. Whether it was whole. */
  async #read(node: CosmosNode, meta: BlockMeta, newest: boolean): Promise<boolean> {
    const { height } = meta;
    const block = await node.block(height);
    if (!block) return this.#stop(node, height, "block missing");
    if (block.height !== height || block.hash !== meta.hash) return this.#stop(node, height, "another block came");
    const { hashes, dataHash } = hashTxs(block.txs);
    if (dataHash !== meta.dataHash) return this.#stop(node, height, "its transactions are not those of its header");
    const met = block.txs
      .map((bytes, index) => ({ index, hash: hashes[index] ?? "", tx: this.#tools.codec.decode(bytes) }))
      .filter(({ hash, tx }) => this.#order.watch.has(hash) || tx?.memo.startsWith(this.#order.mark));
    if (met.length === 0) return true;
    const results = await node.results(height);
    const usable = results?.length === block.txs.length;
    // A node shows a block a moment before it has run it: cometbft state/execution.go, ApplyBlock.
    if (!usable && newest) return this.#stop(node, height, "no results yet");
    if (!usable) this.#tools.log("results_missing", { endpoint: node.name, height });
    for (const { index, hash, tx } of met) {
      const result = usable ? results[index] : undefined;
      if (result?.refused) this.#tools.log("refused_in_block", { hash, height, reason: result.log.slice(0, 300) });
      else this.#found.push(this.#met(hash, meta, tx, result ? readOutcome(result) : UNKNOWN));
    }
    return true;
  }

  #met(hash: string, meta: BlockMeta, tx: DecodedTx | null, outcome: Outcome): Found {
    return {
      hash,
      height: meta.height,
      blockTimeMs: meta.timeMs,
      outcome,
      memo: tx?.memo ?? "",
      signer: tx?.signer ?? "",
      reserves: this.#tools.reserves(tx?.signer ?? "", tx?.sequence ?? 0n),
      fee: tx?.fee ?? [],
      payments: tx?.payments ?? [],
    };
  }

  #stop(node: CosmosNode, height: number, reason: string): false {
    this.#tools.log("walk_stopped", { endpoint: node.name, height, reason });
    return false;
  }
}
