import { z } from "zod";
import type { Block1, Commit, EndpointLook, LaunchEyes, LaunchLook, Round } from "../../domain/ceremony/launch.ts";
import { blockJson } from "./answers.ts";
import { askNode } from "./ask-node.ts";
import { signersOf } from "./commit.ts";
import { metaOf } from "./header.ts";
import { JsonRpc } from "./json-rpc.ts";
import { NodeFailed } from "./node.ts";
import { ownStatus } from "./own-status.ts";

/** A launch is watched by many: no endpoint is waited for longer, and none is asked for more than this. */
const limits = { timeoutMs: 4_000, answerBytesMax: 4 * 1024 * 1024 };
/** The newest commits that are shown. */
const commitsMost = 5;

const votes = z.array(z.string().max(400)).max(10_000);
/** `consensus_state`. Source: cometbft v0.38 consensus/types/round_state.go and height_vote_set.go. */
const consensusJson = z.object({
  round_state: z.object({
    "height/round/step": z.string().regex(/^\d{1,18}\/\d{1,9}\/\d{1,2}$/),
    height_vote_set: z.array(z.object({ round: z.int(), prevotes: votes, precommits: votes })).max(1_000),
  }),
});

/** Looks at a launch through a network's CometBFT endpoints; who is of another chain is passed over. They come from the network file, never from a stranger. */
export class CosmosLaunch implements LaunchEyes {
  readonly #chainId: string;
  readonly #nodes: readonly JsonRpc[];

  constructor(chainId: string, endpoints: readonly string[]) {
    this.#chainId = chainId;
    this.#nodes = endpoints.map((endpoint) => new JsonRpc(endpoint, limits));
  }

  async look(): Promise<LaunchLook> {
    const looks = await Promise.all(this.#nodes.map((one) => lookAt(one, this.#chainId)));
    const reached = looks.flatMap((one, at) => (one.reached ? [{ height: one.height, at }] : []));
    const best = reached.sort((a, b) => b.height - a.height)[0];
    const node = best && this.#nodes[best.at];
    if (best === undefined || node === undefined) return { endpoints: looks, commits: [], round: null };
    const first = Math.max(1, best.height - commitsMost + 1);
    const heights = Array.from({ length: best.height - first + 1 }, (_, at) => first + at);
    const commits = await Promise.all(heights.map((height) => commitOf(node, this.#chainId, height)));
    return {
      endpoints: looks,
      commits: commits.filter((commit) => commit !== null),
      round: await roundOf(node),
    };
  }
}

async function lookAt(node: JsonRpc, chainId: string): Promise<EndpointLook> {
  try {
    const { sync_info } = await ownStatus(node, chainId);
    const height = sync_info.latest_block_height;
    return { name: node.name, reached: true, height, block1: height > 0 ? await block1Of(node) : null };
  } catch (error) {
    if (!(error instanceof NodeFailed)) throw error;
    return { name: node.name, reached: false, why: error.message.slice(0, 200) };
  }
}

/** Block 1, if the node still has it; a header whose hash is not its own is no block. */
async function block1Of(node: JsonRpc): Promise<Block1 | null> {
  const found = await askNode(node, "block", blockJson, { height: "1" }).catch(() => null);
  if (!found?.block) return null;
  const { header } = found.block;
  const { hash } = metaOf(header);
  if (hash !== found.block_id.hash) return null;
  return { hash, chainId: header.chain_id, validatorsHash: header.validators_hash.toUpperCase() };
}

async function commitOf(node: JsonRpc, chainId: string, height: number): Promise<Commit | null> {
  const signers = await signersOf(node, chainId, height).catch(() => null);
  return signers && { height, signers };
}

async function roundOf(node: JsonRpc): Promise<Round | null> {
  const found = await askNode(node, "consensus_state", consensusJson).catch(() => null);
  if (found === null) return null;
  const [height, round] = found.round_state["height/round/step"].split("/").map(Number);
  const set = found.round_state.height_vote_set.find((one) => one.round === round);
  if (height === undefined || round === undefined || set === undefined) return null;
  return { height, round, prevoters: votersIn(set.prevotes), precommitters: votersIn(set.precommits) };
}

/**
 * Who voted for a block: `Vote{<index>:<address> <height>/<round>/<type> <block hash> …`, address and hash by their
 * first 6 bytes. A vote for no block has a hash of zeros. Source: cometbft v0.38 types/vote.go, String.
 */
function votersIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, head, block] = /^Vote\{\d+:([0-9A-F]{12}) \S+ ([0-9A-F]{12})/.exec(line) ?? [];
    return head === undefined || block === "000000000000" ? [] : [head];
  });
}
