import {
  type AccountState,
  type Block,
  type BlockMeta,
  type CosmosNode,
  NodeFailed,
  type NodeStatus,
  type TxResult,
} from "../../workers/chains/cosmos/node.ts";
import type { Coin } from "../../workers/domain/shared/coin.ts";
import type { Step } from "./faults.ts";
import { DENOM, type SimChain } from "./sim-chain.ts";
import { decodeTx } from "./sim-codec.ts";

export const CHAIN_ID = "sim-1";

/** What is wrong with one endpoint, and until when. */
export type Health = { lag: number; lagUntilMs: number; downUntilMs: number; noResultsUntilMs: number };

export function healthy(): Health {
  return { lag: 0, lagUntilMs: 0, downUntilMs: 0, noResultsUntilMs: 0 };
}

/** What a node needs of the world around it. */
export type NodeWorld = {
  readonly chain: () => SimChain;
  readonly nowMs: () => number;
  /** Runs a call of the dispenser's as a step at which faults may strike. */
  readonly call: <T>(step: Step, work: () => T) => Promise<T>;
  readonly onBroadcast: (bytes: Uint8Array) => void;
};

/** One endpoint as one life of the dispenser sees it. */
export class SimNode implements CosmosNode {
  readonly name: string;
  readonly #world: NodeWorld;
  readonly #health: Health;

  constructor(name: string, health: Health, world: NodeWorld) {
    this.name = name;
    this.#health = health;
    this.#world = world;
  }

  status(): Promise<NodeStatus> {
    return this.#ask("status", (chain, view) => {
      const [tip, first] = [chain.block(view), chain.block(1)];
      if (!tip || !first) throw new NodeFailed("no blocks");
      const { height, hash, timeMs } = tip;
      return { chainId: CHAIN_ID, height, hash, timeMs, earliestHeight: 1, earliestHash: first.hash };
    });
  }

  metas(min: number, max: number): Promise<readonly BlockMeta[]> {
    return this.#ask("headers", (chain, view) => chain.blocks.slice(min - 1, Math.min(max, view, min + 19)));
  }

  block(height: number): Promise<Block | null> {
    return this.#ask("block", (chain, view) => (height <= view ? (chain.block(height) ?? null) : null));
  }

  results(height: number): Promise<readonly TxResult[] | null> {
    return this.#ask("block", (chain, view) => {
      if (height > view || this.#world.nowMs() < this.#health.noResultsUntilMs) return null;
      return chain.block(height)?.results ?? null;
    });
  }

  account(address: string): Promise<AccountState | null> {
    return this.#ask("account", (chain, view) => {
      const account = chain.account(address, view);
      return account ? { accountNumber: 7n, sequence: BigInt(account.sequence), height: view } : null;
    });
  }

  balance(address: string, denoms: readonly string[]): Promise<Coin[]> {
    return this.#ask("account", (chain, view) =>
      denoms.map((denom) => ({ denom, amount: denom === DENOM ? (chain.account(address, view)?.balance ?? 0n) : 0n })),
    );
  }

  simulate(bytes: Uint8Array): Promise<bigint | null> {
    return this.#ask("simulate", (chain) => BigInt(chain.gasOf(decodeTx(bytes))));
  }

  broadcast(bytes: Uint8Array): Promise<{ code: number; codespace: string; log: string }> {
    return this.#ask("broadcast", (chain) => {
      this.#world.onBroadcast(bytes);
      return chain.check(bytes);
    });
  }

  #ask<T>(step: Step, work: (chain: SimChain, view: number) => T): Promise<T> {
    return this.#world.call(step, () => {
      const now = this.#world.nowMs();
      if (now < this.#health.downUntilMs) throw new NodeFailed("connection refused");
      const chain = this.#world.chain();
      const lag = now < this.#health.lagUntilMs ? this.#health.lag : 0;
      return work(chain, Math.max(1, chain.height - lag));
    });
  }
}
