import type { Coin } from "../../domain/shared/coin.ts";

/** What `/status` tells. */
export type NodeStatus = {
  readonly chainId: string;
  readonly height: number;
  readonly hash: string;
  readonly timeMs: number;
  readonly earliestHeight: number;
  readonly earliestHash: string;
};

/** A block's header, as far as the driver needs it. Hashes are upper-case hex. */
export type BlockMeta = {
  readonly height: number;
  /** Recomputed from the header by the adapter wherever the header allows it, never only claimed. */
  readonly hash: string;
  /** The hash of the block before; "" at the first height. */
  readonly lastHash: string;
  readonly timeMs: number;
  /** Merkle root of the transactions' SHA-256: header field `data_hash`. */
  readonly dataHash: string;
};

/** A block: its header and its transactions in order. */
export type Block = BlockMeta & { readonly txs: readonly Uint8Array[] };

/** One entry of `/block_results`. */
export type TxResult = {
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly gasUsed: bigint;
  /**
   * Refused before it ran: the chain took neither its sequence nor a fee, and may include the same bytes again
   * later. It counts as not included. Source: cosmos-sdk baseapp/baseapp.go, runTx, where the ante handler fails.
   */
  readonly refused?: boolean;
};

/** An account as the state after block `height` holds it. */
export type AccountState = { readonly accountNumber: bigint; readonly sequence: bigint; readonly height: number };

/**
 * One CometBFT endpoint. A method throws {@link NodeFailed} when the node can't be reached, is too slow, or
 * its answer doesn't parse; null means that the node answered and does not have what was asked.
 */
export interface CosmosNode {
  /** For the log: host and port, never credentials. */
  readonly name: string;
  status(): Promise<NodeStatus>;
  /** Headers from `min` to `max` (at most 20), ascending; those that the node lacks are left out. */
  metas(min: number, max: number): Promise<readonly BlockMeta[]>;
  block(height: number): Promise<Block | null>;
  /** In the order of the block's transactions; null where results are discarded or pruned. */
  results(height: number): Promise<readonly TxResult[] | null>;
  /** Account number and sequence, and the height of the state they were read from; null: no such account. */
  account(address: string): Promise<AccountState | null>;
  balance(address: string, denoms: readonly string[]): Promise<Coin[]>;
  /** Gas used by a simulated run; null when the node refuses to simulate it, for whatever reason. */
  simulate(bytes: Uint8Array): Promise<bigint | null>;
  /** `broadcast_tx_sync`. An answer is no evidence. */
  broadcast(bytes: Uint8Array): Promise<{ readonly code: number; readonly codespace: string; readonly log: string }>;
}

/** One endpoint gave no usable answer. */
export class NodeFailed extends Error {
  override name = "NodeFailed";
}
