import type { Block } from "../block.ts";
import type { Chain } from "../chain.ts";
import { query } from "../queries.ts";
import { base64, hex, time } from "./answers.ts";
import type { Method, Outcome } from "./method.ts";
import type { Value } from "./params.ts";

/** CometBFT's version whose answers these are. */
const cometVersion = "0.38.20";

/** What tells of the node and asks the application. */
export const nodeMethods: Record<string, Method> = {
  health: { signature: [], call: () => ({ ok: true, result: {} }) },
  status: { signature: [], call: status },
  net_info: { signature: [], call: () => ({ ok: true, result: { listening: true, n_peers: "0", peers: [] } }) },
  validators: {
    signature: [
      ["height", "int"],
      ["page", "int"],
      ["per_page", "int"],
    ],
    call: validators,
  },
  genesis: { signature: [], call: genesis },
  abci_info: { signature: [], call: abciInfo },
  abci_query: {
    signature: [
      ["path", "text"],
      ["data", "hex"],
      ["height", "int"],
      ["prove", "bool"],
    ],
    call: abciQuery,
  },
};

function status(chain: Chain): Outcome {
  const { blocks, validator } = chain;
  const result = {
    node_info: {
      protocol_version: { p2p: "8", block: "11", app: "0" },
      id: Buffer.from(validator.address).toString("hex"),
      listen_addr: "tcp://127.0.0.1:0",
      network: chain.settings.chainId,
      version: cometVersion,
      channels: "40202122233038606100",
      moniker: "sandbox",
      other: { tx_index: chain.settings.indexer ? "on" : "off", rpc_address: "tcp://127.0.0.1:0" },
    },
    sync_info: {
      ...edge("latest", blocks.get(blocks.height)),
      ...edge("earliest", blocks.get(blocks.base)),
      catching_up: false,
    },
    validator_info: { address: hex(validator.address), pub_key: publicKey(chain), voting_power: `${validator.power}` },
  };
  return { ok: true, result };
}

/** The one validator that there is, at every height. */
function validators(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  const { address, power } = chain.validator;
  const asked = values.get("height");
  const one = { address: hex(address), pub_key: publicKey(chain), voting_power: `${power}`, proposer_priority: "0" };
  const height = typeof asked === "number" ? asked : chain.height;
  return { ok: true, result: { block_height: `${height}`, validators: [one], count: "1", total: "1" } };
}

function edge(name: "latest" | "earliest", block: Block | undefined): object {
  return {
    [`${name}_block_hash`]: block === undefined ? "" : hex(block.id.hash),
    [`${name}_app_hash`]: block === undefined ? "" : hex(block.header.appHash),
    [`${name}_block_height`]: `${block?.header.height ?? 0}`,
    [`${name}_block_time`]: time(block?.header.timeNs ?? 0n),
  };
}

function publicKey({ validator }: Chain): object {
  return { type: "tendermint/PubKeyEd25519", value: base64(validator.publicKey) };
}

/** The genesis file, with what the bank holds and nothing else of the application. */
function genesis(chain: Chain): Outcome {
  const { limits } = chain.settings;
  const balances = chain.genesis.accounts
    .filter(([, { coins }]) => coins.size > 0)
    .map(([address, { coins }]) => ({
      address,
      coins: [...coins].map(([denom, amount]) => ({ denom, amount: `${amount}` })),
    }));
  const result = {
    genesis: {
      genesis_time: time(chain.genesis.timeNs),
      chain_id: chain.genesis.chainId,
      initial_height: "1",
      consensus_params: {
        block: { max_bytes: `${limits.blockBytesMax}`, max_gas: `${limits.blockGasMax}` },
        evidence: { max_age_num_blocks: "100000", max_age_duration: "172800000000000", max_bytes: "1048576" },
        validator: { pub_key_types: ["ed25519"] },
        version: { app: "0" },
        abci: { vote_extensions_enable_height: "0" },
      },
      app_hash: "",
      app_state: { bank: { balances } },
    },
  };
  return { ok: true, result };
}

function abciInfo(chain: Chain): Outcome {
  const response = {
    data: "sandbox",
    version: "1",
    last_block_height: `${chain.height}`,
    last_block_app_hash: base64(chain.appHash),
  };
  return { ok: true, result: { response } };
}

function abciQuery(chain: Chain, values: ReadonlyMap<string, Value>): Outcome {
  const path = values.get("path");
  const data = values.get("data");
  const asked = values.get("height");
  const answer = query(
    chain,
    typeof path === "string" ? path : "",
    data instanceof Uint8Array ? data : new Uint8Array(),
    typeof asked === "number" ? asked : 0,
  );
  const response = {
    code: answer.refusal?.code ?? 0,
    log: answer.refusal?.log ?? "",
    info: "",
    index: "0",
    key: null,
    value: answer.value.length === 0 ? null : base64(answer.value),
    proofOps: null,
    height: `${answer.height}`,
    codespace: answer.refusal?.codespace ?? "",
  };
  return { ok: true, result: { response } };
}
