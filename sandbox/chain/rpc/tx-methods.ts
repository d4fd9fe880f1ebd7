import type { Chain } from "../chain.ts";
import { placedTx, searchTxs } from "../tx-search.ts";
import { base64, hex, placedAnswer } from "./answers.ts";
import type { Method, Outcome } from "./method.ts";
import type { Value } from "./params.ts";

const indexerOff: Outcome = { ok: false, fault: "transaction indexing is disabled" };
const perPageDefault = 30;
const perPageMax = 100;
/** maxQueryLength of cometbft rpc/core/env.go. */
const queryMax = 512;

/** What sends and finds transactions: cometbft rpc/core/mempool.go and tx.go. */
export const txMethods: Record<string, Method> = {
  broadcast_tx_sync: { signature: [["tx", "bytes"]], call: (chain, values) => broadcast(chain, values, true) },
  broadcast_tx_async: { signature: [["tx", "bytes"]], call: (chain, values) => broadcast(chain, values, false) },
  num_unconfirmed_txs: {
    signature: [],
    call: (chain) => ({ ok: true, result: pendingCounts(chain, chain.mempool.size) }),
  },
  unconfirmed_txs: { signature: [["limit", "int"]], call: unconfirmed },
  tx: {
    signature: [
      ["hash", "bytes"],
      ["prove", "bool"],
    ],
    call: findTx,
  },
  tx_search: {
    signature: [
      ["query", "text"],
      ["prove", "bool"],
      ["page", "int"],
      ["per_page", "int"],
      ["order_by", "text"],
    ],
    call: search,
  },
};

function broadcast(chain: Chain, values: ReadonlyMap<string, Value>, wait: boolean): Outcome {
  const tx = values.get("tx");
  const answer = chain.submit(tx instanceof Uint8Array ? tx : new Uint8Array());
  if (!answer.ok) return answer;
  const { code, log, codespace } = wait ? answer.result : { code: 0, log: "", codespace: "" };
  return { ok: true, result: { code, data: "", log, codespace, hash: answer.hash } };
}

function pendingCounts({ mempool }: Chain, count: number): object {
  return { n_txs: `${count}`, total: `${mempool.size}`, total_bytes: `${mempool.bytes}`, txs: null };
}

function unconfirmed(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  const pending = chain.mempool.list().slice(0, perPage(values.get("limit")));
  const txs = pending.map(({ bytes }) => base64(bytes));
  return { ok: true, result: { ...pendingCounts(chain, txs.length), txs } };
}

function findTx(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  if (!chain.settings.indexer) return indexerOff;
  const given = values.get("hash");
  const hash = hex(given instanceof Uint8Array ? given : new Uint8Array());
  const place = chain.blocks.find(hash);
  const found =
    place === undefined ? null : placedTx(chain.blocks.get(place.height), place.index, chain.settings.prefix);
  return found === null ? { ok: false, fault: `tx (${hash}) not found` } : { ok: true, result: placedAnswer(found) };
}

function search(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  if (!chain.settings.indexer) return indexerOff;
  const query = values.get("query");
  if (typeof query !== "string" || query.length > queryMax) {
    return { ok: false, fault: "maximum query length exceeded" };
  }
  const found = searchTxs(chain.blocks, query, chain.settings.prefix);
  if (found === null) return { ok: false, fault: `failed to parse query: ${query}` };
  const order = values.get("order_by") ?? "";
  if (order !== "" && order !== "asc" && order !== "desc") {
    return { ok: false, fault: "expected order_by to be either `asc` or `desc` or empty" };
  }
  const size = perPage(values.get("per_page"));
  const page = values.get("page") ?? 1;
  const pages = Math.max(1, Math.ceil(found.length / size));
  if (typeof page !== "number" || page < 1 || page > pages) {
    return { ok: false, fault: `page should be within [1, ${pages}] range, given ${page}` };
  }
  const sorted = order === "desc" ? found.toReversed() : found;
  const txs = sorted.slice((page - 1) * size, page * size).map(placedAnswer);
  return { ok: true, result: { txs, total_count: `${found.length}` } };
}

function perPage(given: Value | undefined): number {
  return typeof given === "number" && given >= 1 ? Math.min(given, perPageMax) : perPageDefault;
}
