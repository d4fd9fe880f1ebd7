import { heightParam, internalError, type Params, type RpcAnswer, type RpcCall } from "./rpc-call.ts";

/** Sends the call on with some parameters changed. */
type Send = (call: RpcCall, changes: Params) => Promise<RpcAnswer>;

type View = { readonly call: RpcCall; readonly height: number; readonly send: Send };

/** What CometBFT checks against its newest block (rpc/core/env.go, getHeight). */
const atHeight = ["block", "block_results", "commit", "consensus_params", "header", "validators"];

/**
 * The calls that are answered as of an older block. Not among them: broadcasts, which a lagging node passes on
 * like any other; the mempool; blocks by hash.
 */
export const staleMethods: readonly string[] = [
  ...atHeight,
  "abci_info",
  "abci_query",
  "blockchain",
  "status",
  "tx",
  "tx_search",
];

/**
 * Answers a call as a node would whose newest block is `height`, at least 1 and older than the newest. State
 * is read at that height; a simulation still runs on the newest state, as the SDK keeps no older one for it.
 */
export async function answerAsOf(height: number, call: RpcCall, send: Send): Promise<RpcAnswer> {
  const view = { call, height, send };
  if (atHeight.includes(call.method)) return olderBlock(view);
  if (call.method === "abci_query") return olderState(view);
  if (call.method === "blockchain") return olderHeaders(view);
  const answer = await send(call, {});
  if (answer.result === undefined) return answer;
  if (call.method === "status") return olderStatus(view, answer);
  if (call.method === "abci_info") return olderInfo(view, answer);
  if (call.method === "tx" && Number(answer.result.height) > height) {
    return internalError(call.id, `tx (${answer.result.hash}) not found`);
  }
  if (call.method === "tx_search") {
    const txs = (answer.result.txs as { height: string }[]).filter((tx) => Number(tx.height) <= height);
    return { ...answer, result: { ...answer.result, txs, total_count: String(txs.length) } };
  }
  return answer;
}

async function olderBlock({ call, height, send }: View): Promise<RpcAnswer> {
  const asked = heightParam(call.params);
  if (asked <= height) return send(call, asked === 0 ? { height: String(height) } : {});
  return internalError(
    call.id,
    `height ${asked} must be less than or equal to the current blockchain height ${height}`,
  );
}

/** baseapp/abci.go, CreateQueryContext: a height beyond the newest is code 26 of `sdk`. */
async function olderState({ call, height, send }: View): Promise<RpcAnswer> {
  const asked = heightParam(call.params);
  if (asked <= height) return send(call, asked === 0 ? { height: String(height) } : {});
  const log = "cannot query with height in the future; please provide a valid height: invalid height";
  const empty = { info: "", index: "0", key: null, value: null, proofOps: null, height: "0" };
  return { jsonrpc: "2.0", id: call.id, result: { response: { code: 26, log, ...empty, codespace: "sdk" } } };
}

async function olderHeaders({ call, height, send }: View): Promise<RpcAnswer> {
  const lowest = Math.max(1, heightParam(call.params, "minHeight"));
  const highest = Math.min(heightParam(call.params, "maxHeight") || height, height);
  if (lowest > highest) {
    return internalError(call.id, `min height ${lowest} can't be greater than max height ${highest}`);
  }
  const answer = await send(call, { maxHeight: String(highest) });
  if (answer.result === undefined) return answer;
  return { ...answer, result: { ...answer.result, last_height: String(height) } };
}

async function olderStatus({ call, height, send }: View, answer: RpcAnswer): Promise<RpcAnswer> {
  const block = await blockAt(call, height, send);
  const sync = {
    ...(answer.result?.sync_info as object),
    latest_block_hash: block.block_id.hash,
    latest_app_hash: block.block.header.app_hash,
    latest_block_height: String(height),
    latest_block_time: block.block.header.time,
  };
  return { ...answer, result: { ...answer.result, sync_info: sync } };
}

/** The application's hash after a block stands in the header of the next one. */
async function olderInfo({ call, height, send }: View, answer: RpcAnswer): Promise<RpcAnswer> {
  const next = await blockAt(call, height + 1, send);
  const response = {
    ...(answer.result?.response as object),
    last_block_height: String(height),
    last_block_app_hash: Buffer.from(next.block.header.app_hash, "hex").toString("base64"),
  };
  return { ...answer, result: { ...answer.result, response } };
}

type BlockResult = {
  readonly block_id: { readonly hash: string };
  readonly block: { readonly header: { readonly app_hash: string; readonly time: string } };
};

async function blockAt(call: RpcCall, height: number, send: Send): Promise<BlockResult> {
  const { result } = await send({ id: call.id, method: "block", params: {} }, { height: String(height) });
  if (result === undefined) throw new Error(`The node has no block ${height}`);
  return result as BlockResult;
}
