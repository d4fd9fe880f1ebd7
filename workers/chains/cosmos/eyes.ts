import { sha256 } from "@cosmjs/crypto";
import { fromBase64 } from "@cosmjs/encoding";
import { z } from "zod";
import type {
  AccountSeen,
  BlockSeen,
  ChainEyes,
  EndpointSeen,
  SeenBlock,
  Sighting,
  Signing,
  StatusLook,
  TransactionSeen,
} from "../../domain/status/network-status.ts";
import { blockJson } from "./answers.ts";
import { askNode } from "./ask-node.ts";
import { signersOf } from "./commit.ts";
import { headerJson, heightText, metaOf } from "./header.ts";
import { JsonRpc } from "./json-rpc.ts";
import { upperHex } from "./merkle.ts";
import { NodeFailed } from "./node.ts";
import { ownStatus } from "./own-status.ts";
import { RpcNode } from "./rpc-node.ts";

/** No endpoint is waited for longer by somebody who looks, and none may say more. */
const limits = { timeoutMs: 4_000, answerBytesMax: 8 * 1024 * 1024 };
const blocksMost = 10;
/** CometBFT's most validators in one page. */
const validatorsPage = "100";

const uint = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const metasJson = z.object({
  block_metas: z
    .array(z.object({ block_id: z.object({ hash: z.string() }), header: headerJson, num_txs: heightText }).nullable())
    .max(100),
});
const netInfoJson = z.object({ n_peers: heightText });
const validatorsJson = z.object({
  validators: z.array(z.object({ address: z.string(), voting_power: uint })).max(100),
  total: heightText,
});
const txJson = z.object({
  hash: z.string(),
  height: heightText,
  tx_result: z.object({
    code: z.int().default(0),
    log: z.string().default(""),
    gas_wanted: z.string().default("0"),
    gas_used: z.string().default("0"),
  }),
});

/** What a node says of what it does not have. Source: cometbft v0.38 rpc/core/{env,tx}.go. */
const absent = /is not available, lowest height|must be less than or equal to|must be greater than 0|not found/;
const notIndexed = /indexing is disabled/;

type Node = { readonly rpc: JsonRpc; readonly state: RpcNode };

/** See {@link ChainEyes}. The endpoints come from the network file, never from a stranger. */
export class CosmosEyes implements ChainEyes {
  readonly #chainId: string;
  readonly #nodes: readonly Node[];
  readonly #denoms: readonly string[];
  /** Nodes whose status named our chain: a node is asked for it once, and a foreign one tells of nothing. */
  readonly #own = new Set<Node>();

  constructor(chainId: string, endpoints: readonly string[], denoms: readonly string[]) {
    this.#chainId = chainId;
    this.#denoms = denoms;
    this.#nodes = endpoints.map((endpoint) => ({ rpc: new JsonRpc(endpoint, limits), state: new RpcNode(endpoint) }));
  }

  async look(): Promise<StatusLook> {
    const endpoints = await Promise.all(this.#nodes.map(({ rpc }) => this.#seen(rpc)));
    const furthest = endpoints
      .flatMap((one, at) => (one.reached && one.height > 0 ? [{ height: one.height, at }] : []))
      .sort((a, b) => b.height - a.height)[0];
    const node = furthest && this.#nodes[furthest.at]?.rpc;
    if (furthest === undefined || node === undefined) return { endpoints, blocks: [], peers: null, signing: null };
    const [blocks, peers, signing] = await Promise.all([
      blocksOf(node, furthest.height).catch(() => []),
      askNode(node, "net_info", netInfoJson).then(
        ({ n_peers }) => n_peers,
        () => null,
      ),
      signingOf(node, this.#chainId, furthest.height).catch(() => null),
    ]);
    return { endpoints, blocks, peers, signing };
  }

  block(height: number): Promise<Sighting<BlockSeen>> {
    return this.#first(async ({ rpc }) => {
      const { block, block_id } = await askNode(rpc, "block", blockJson, { height: String(height) });
      if (!block) throw new NodeFailed(`block: ${height} not found`);
      const txHashes = (block.data.txs ?? []).map((tx) => upperHex(sha256(fromBase64(tx))));
      const { header } = block;
      const { hash, timeMs } = metaOf(header);
      if (hash !== block_id.hash) throw new NodeFailed(`block ${height}: its hash is not that of its header`);
      return { height, hash, timeMs, txs: txHashes.length, proposer: header.proposer_address.toUpperCase(), txHashes };
    });
  }

  transaction(hash: string): Promise<Sighting<TransactionSeen>> {
    return this.#first(async ({ rpc }) => {
      // Bytes in JSON-RPC's parameters are base64.
      const bytes = Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      const found = await askNode(rpc, "tx", txJson, { hash: btoa(String.fromCharCode(...bytes)), prove: false });
      const { code, log, gas_wanted: gasWanted, gas_used: gasUsed } = found.tx_result;
      return { hash, height: found.height, code, log: log.slice(0, 500), gasWanted, gasUsed };
    });
  }

  account(address: string): Promise<Sighting<AccountSeen>> {
    return this.#first(async ({ state }) => {
      const [account, balances] = await Promise.all([state.account(address), state.balance(address, this.#denoms)]);
      const { accountNumber = null, sequence = null } = account ?? {};
      return { address, balances, accountNumber, sequence };
    });
  }

  async #seen(node: JsonRpc): Promise<EndpointSeen> {
    try {
      const { sync_info } = await ownStatus(node, this.#chainId);
      const { latest_block_height: height, catching_up: catchingUp } = sync_info;
      return { name: node.name, reached: true, height, catchingUp };
    } catch (error) {
      if (!(error instanceof NodeFailed)) throw error;
      return { name: node.name, reached: false, why: error.message.slice(0, 200) };
    }
  }

  /** The first endpoint's answer; one that has what was asked beats one that has not. */
  async #first<T>(ask: (node: Node) => Promise<T>): Promise<Sighting<T>> {
    let last: Sighting<T> = { ok: false, why: "unreachable", detail: "No endpoint answers." };
    for (const node of this.#nodes) {
      try {
        if (!this.#own.has(node)) {
          await ownStatus(node.rpc, this.#chainId);
          this.#own.add(node);
        }
        return { ok: true, value: await ask(node) };
      } catch (error) {
        if (!(error instanceof NodeFailed)) throw error;
        const detail = error.message.slice(0, 200);
        if (notIndexed.test(detail)) last = { ok: false, why: "not_indexed", detail };
        else if (absent.test(detail)) last = { ok: false, why: "absent", detail };
      }
    }
    return last;
  }
}

async function blocksOf(node: JsonRpc, height: number): Promise<SeenBlock[]> {
  const range = { minHeight: String(Math.max(1, height - blocksMost + 1)), maxHeight: String(height) };
  const { block_metas } = await askNode(node, "blockchain", metasJson, range);
  return block_metas
    .flatMap((meta) => (meta === null ? [] : [meta]))
    .map(({ header, num_txs: txs }) => {
      const { hash, timeMs } = metaOf(header);
      return { height: header.height, hash, timeMs, txs, proposer: header.proposer_address.toUpperCase() };
    })
    .sort((a, b) => b.height - a.height);
}

/** At the tip a commit is one node's own view: the block before it is asked about, where there is one. */
async function signingOf(node: JsonRpc, chainId: string, tip: number): Promise<Signing | null> {
  const height = Math.max(1, tip - 1);
  const [{ validators, total }, signers] = await Promise.all([
    askNode(node, "validators", validatorsJson, { height: String(height), page: "1", per_page: validatorsPage }),
    signersOf(node, chainId, height),
  ]);
  // A larger set takes more pages than a look is worth: then nothing is said rather than a part.
  if (total !== validators.length) return null;
  const signed = new Set(signers);
  const sum = (some: typeof validators) => some.reduce((all, { voting_power }) => all + voting_power, 0n);
  const signing = validators.filter(({ address }) => signed.has(address.toUpperCase()));
  return {
    validators: validators.length,
    signing: signing.length,
    power: sum(validators),
    signingPower: sum(signing),
  };
}
