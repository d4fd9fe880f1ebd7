import { fromBase64, toBase64, toHex } from "@cosmjs/encoding";
import type { z } from "zod";
import type { Coin } from "../../domain/shared/coin.ts";
import { blockchainJson, blockJson, broadcastJson, queryJson, resultsJson, statusJson } from "./answers.ts";
import { readAnswer } from "./ask-node.ts";
import { type Header, metaOf, timeMs } from "./header.ts";
import { JsonRpc } from "./json-rpc.ts";
import {
  type AccountState,
  type Block,
  type BlockMeta,
  type CosmosNode,
  NodeFailed,
  type NodeStatus,
  type TxResult,
} from "./node.ts";
import {
  accountQuery,
  appSimulateQuery,
  balanceQuery,
  readAccount,
  readAppSimulation,
  readBalance,
  readSimulation,
  type StateQuery,
  simulateQuery,
} from "./state-queries.ts";

/** A block of 22 MB is the largest that CometBFT makes by default, and base64 makes it a third longer. */
const LIMITS = { timeoutMs: 5_000, answerBytesMax: 32 * 1024 * 1024 };

/** The SDK's code for a transaction that the mempool already holds. Source: cosmos-sdk types/errors/errors.go. */
const IN_MEMPOOL = { code: 19, codespace: "sdk" };

/** What a node says of a block that it does not have. Source: cometbft v0.38 rpc/core/env.go, getHeight. */
const NO_BLOCK = /is not available, lowest height|must be less than or equal to|can't be greater than max height/;

/** Likewise of results that were discarded or pruned. Source: cometbft v0.38 state/errors.go. */
const NO_RESULTS = /could not find results|is not persisting/;

type QueryAnswer = z.output<typeof queryJson>["response"];

/** One CometBFT endpoint (0.34 to 0.38) with a Cosmos SDK application behind it, over JSON-RPC. */
export class RpcNode implements CosmosNode {
  readonly #rpc: JsonRpc;
  #simulatesByApp = false;

  constructor(endpoint: string, limits = LIMITS) {
    this.#rpc = new JsonRpc(endpoint, limits);
  }

  get name(): string {
    return this.#rpc.name;
  }

  async status(): Promise<NodeStatus> {
    const { node_info, sync_info } = readAnswer(statusJson, "status", await this.#rpc.call("status"));
    return {
      chainId: node_info.network,
      height: sync_info.latest_block_height,
      hash: sync_info.latest_block_hash,
      timeMs: timeMs(sync_info.latest_block_time),
      earliestHeight: sync_info.earliest_block_height,
      earliestHash: sync_info.earliest_block_hash,
    };
  }

  async metas(min: number, max: number): Promise<readonly BlockMeta[]> {
    const range = { minHeight: String(min), maxHeight: String(max) };
    const answer = await this.#rpc.call("blockchain", range);
    if ("error" in answer && NO_BLOCK.test(answer.error)) return [];
    const { block_metas } = readAnswer(blockchainJson, "blockchain", answer);
    return block_metas
      .flatMap((meta) => (meta ? [proved(meta.header, meta.block_id.hash)] : []))
      .filter(({ height }) => height >= min && height <= max)
      .sort((a, b) => a.height - b.height);
  }

  async block(height: number): Promise<Block | null> {
    const answer = await this.#rpc.call("block", { height: String(height) });
    if ("error" in answer && NO_BLOCK.test(answer.error)) return null;
    const { block, block_id } = readAnswer(blockJson, "block", answer);
    if (!block) return null;
    return { ...proved(block.header, block_id.hash), txs: (block.data.txs ?? []).map((tx) => fromBase64(tx)) };
  }

  async results(height: number): Promise<readonly TxResult[] | null> {
    const answer = await this.#rpc.call("block_results", { height: String(height) });
    if ("error" in answer && (NO_BLOCK.test(answer.error) || NO_RESULTS.test(answer.error))) return null;
    const { txs_results } = readAnswer(resultsJson, "block_results", answer);
    return (txs_results ?? []).map((result) => {
      const { code, codespace, log } = result;
      return { code, codespace, log, gasUsed: BigInt(result.gas_used), refused: code !== 0 && !ran(result) };
    });
  }

  async account(address: string): Promise<AccountState | null> {
    const { code, codespace, log, value, height } = await this.#query(accountQuery(address));
    if (code !== 0) {
      if (/not found/i.test(log)) return null;
      throw new NodeFailed(`account: ${codespace}/${code} ${log.slice(0, 200)}`);
    }
    return { ...understood("account", () => readAccount(fromBase64(value ?? ""))), height };
  }

  async balance(address: string, denoms: readonly string[]): Promise<Coin[]> {
    const coins = await Promise.all(
      denoms.map(async (denom): Promise<Coin> => {
        const { code, codespace, log, value } = await this.#query(balanceQuery(address, denom));
        if (code !== 0) throw new NodeFailed(`balance: ${codespace}/${code} ${log.slice(0, 200)}`);
        return { denom, amount: understood("balance", () => readBalance(fromBase64(value ?? ""))) };
      }),
    );
    return coins.filter(({ amount }) => amount > 0n);
  }

  async simulate(bytes: Uint8Array): Promise<bigint | null> {
    if (!this.#simulatesByApp) {
      const { code, log, value } = await this.#query(simulateQuery(bytes));
      if (code === 0) return understood("simulate", () => readSimulation(fromBase64(value ?? "")));
      if (!log.includes("unknown query path")) return null;
      this.#simulatesByApp = true;
    }
    const { code, value } = await this.#query(appSimulateQuery(bytes));
    return code === 0 ? understood("simulate", () => readAppSimulation(fromBase64(value ?? ""))) : null;
  }

  async broadcast(bytes: Uint8Array): Promise<{ code: number; codespace: string; log: string }> {
    const answer = await this.#rpc.call("broadcast_tx_sync", { tx: toBase64(bytes) });
    if (!("error" in answer)) return readAnswer(broadcastJson, "broadcast_tx_sync", answer);
    if (/already exists in cache/.test(answer.error)) return { ...IN_MEMPOOL, log: "tx already exists in cache" };
    return { code: -1, codespace: "rpc", log: answer.error };
  }

  async #query({ path, data }: StateQuery): Promise<QueryAnswer> {
    const answer = await this.#rpc.call("abci_query", { path, data: toHex(data), prove: false });
    return readAnswer(queryJson, path, answer).response;
  }
}

/** The header's facts. A node whose hash isn't that of its own header is broken or lies. */
function proved(header: Header, claimed: string): BlockMeta {
  const meta = metaOf(header);
  if (meta.hash !== claimed) throw new NodeFailed(`block ${meta.height}: its hash is not that of its header`);
  return meta;
}

/**
 * Whether the chain got as far as the messages: only then are sequence and fee spent. The SDK shows it by the ante
 * handler's event (cosmos-sdk v0.46 on; base64 keys before CometBFT 0.38), and in words where a message failed.
 */
function ran({ log, events }: NonNullable<z.output<typeof resultsJson>["txs_results"]>[number]): boolean {
  const keys = (events ?? []).flatMap(({ type, attributes }) => (type === "tx" ? (attributes ?? []) : []));
  return (
    keys.some(({ key }) => key === "acc_seq" || key === "YWNjX3NlcQ==") || log.startsWith("failed to execute message")
  );
}

function understood<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new NodeFailed(`${what}: ${error instanceof Error ? error.message : "does not parse"}`, { cause: error });
  }
}
