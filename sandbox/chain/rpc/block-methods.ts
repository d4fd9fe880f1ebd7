import type { Block } from "../block.ts";
import type { Chain } from "../chain.ts";
import { eventsOf } from "../events.ts";
import { blockAnswer, commitAnswer, headerAnswer, hex, metaAnswer, resultAnswer } from "./answers.ts";
import type { Method, Outcome } from "./method.ts";
import type { Value } from "./params.ts";

/** Headers in one `blockchain` answer. */
const metasMax = 20;

const byHeight = [["height", "int"]] as const;

/** What reads blocks: cometbft rpc/core/blocks.go. */
export const blockMethods: Record<string, Method> = {
  block: { signature: byHeight, call: at((chain, block) => blockAnswer(block, chain.validator)) },
  header: { signature: byHeight, call: at((_chain, block) => ({ header: headerAnswer(block.header) })) },
  commit: { signature: byHeight, call: at(commitAt) },
  block_results: { signature: byHeight, call: at(resultsAt) },
  blockchain: {
    signature: [
      ["minHeight", "int"],
      ["maxHeight", "int"],
    ],
    call: metas,
  },
};

/** Finds the block asked for, the newest when none is, with CometBFT's words for one that isn't there. */
function at(answer: (chain: Chain, block: Block) => object): Method["call"] {
  return (chain, values) => {
    const asked = values.get("height");
    const height = typeof asked === "number" ? asked : chain.height;
    if (height <= 0) return { ok: false, fault: `height must be greater than 0, but got ${height}` };
    if (height > chain.height) {
      const fault = `height ${height} must be less than or equal to the current blockchain height ${chain.height}`;
      return { ok: false, fault };
    }
    const block = chain.blocks.get(height);
    if (block === undefined) {
      return { ok: false, fault: `height ${height} is not available, lowest height is ${chain.blocks.base}` };
    }
    return { ok: true, result: answer(chain, block) };
  };
}

function commitAt(chain: Chain, { header, id }: Block): object {
  const next = chain.blocks.get(header.height + 1)?.lastCommit ?? null;
  const seen = () => chain.validator.precommit(header.chainId, header.height, id, header.timeNs);
  return {
    signed_header: { header: headerAnswer(header), commit: commitAnswer(next ?? seen(), chain.validator) },
    canonical: next !== null,
  };
}

function resultsAt(chain: Chain, block: Block): object {
  const results = block.txs.map((tx, index) => {
    const result = block.results[index];
    if (result === undefined) throw new Error(`block ${block.header.height} has no result ${index}`);
    return resultAnswer(result, eventsOf(tx, result, chain.settings.prefix));
  });
  const appHash = chain.blocks.get(block.header.height + 1)?.header.appHash ?? chain.appHash;
  return {
    height: `${block.header.height}`,
    txs_results: results.length === 0 ? null : results,
    finalize_block_events: [],
    validator_updates: null,
    consensus_param_updates: null,
    app_hash: hex(appHash),
  };
}

function metas(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  const asked = [values.get("minHeight"), values.get("maxHeight")].map((value) =>
    typeof value === "number" ? value : 0,
  );
  const [min = 0, max = 0] = asked;
  if (min < 0 || max < 0) return { ok: false, fault: "heights must be non-negative" };
  const top = Math.min(chain.height, max === 0 ? chain.height : max);
  const bottom = Math.max(chain.blocks.base, min === 0 ? 1 : min, top - metasMax + 1);
  if (bottom > top) return { ok: false, fault: `min height ${bottom} can't be greater than max height ${top}` };
  const found: object[] = [];
  for (let height = top; height >= bottom; height--) {
    const block = chain.blocks.get(height);
    if (block !== undefined) found.push(metaAnswer(block));
  }
  return { ok: true, result: { last_height: `${chain.height}`, block_metas: found } };
}
