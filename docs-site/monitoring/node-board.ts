import type { Board, Panel } from "./dashboard.ts";

const here = 'chain_id="$network", instance=~"$node"';
const of = (name: string, more = "") => `${name}{${here}${more === "" ? "" : `, ${more}`}}`;
const node = "{{instance}}";
const inDocs = (path: string) => `\${docs:raw}/${path}`;
const help = (section: string) => inDocs(`troubleshooting/#${section}`);

const itself: readonly Panel[] = [
  {
    id: 1,
    kind: "stat",
    title: "Answers",
    description: "Whether Prometheus reads the node's numbers.",
    unit: "none",
    queries: [['up{job="$network", instance=~"$node"}', node]],
    red: { below: 1 },
    words: { "0": "silent", "1": "answers" },
    help: help("the-node-is-down"),
  },
  {
    id: 2,
    kind: "stat",
    title: "Catching up",
    description: "Whether it takes blocks from others instead of voting.",
    unit: "none",
    queries: [[of("cometbft_blocksync_syncing"), node]],
    red: 1,
    words: { "0": "no", "1": "yes" },
    help: help("the-node-lags"),
  },
  {
    id: 9,
    kind: "timeseries",
    title: "Peers",
    description: "Nodes that this one is connected to.",
    unit: "none",
    queries: [[of("cometbft_p2p_peers"), node]],
    red: { below: 2 },
    help: help("no-peers"),
  },
];

const chain: readonly Panel[] = [
  {
    id: 3,
    kind: "timeseries",
    title: "Height",
    description: "The block that is being agreed on.",
    unit: "none",
    queries: [[of("cometbft_consensus_height"), node]],
    help: help("stuck-at-a-height"),
  },
  {
    id: 4,
    kind: "timeseries",
    title: "Time between blocks",
    description: "On average over five minutes.",
    unit: "s",
    queries: [
      [
        `rate(${of("cometbft_consensus_block_interval_seconds_sum")}[5m]) / rate(${of("cometbft_consensus_block_interval_seconds_count")}[5m])`,
        node,
      ],
    ],
    help: help("stuck-at-a-height"),
  },
  {
    id: 5,
    kind: "timeseries",
    title: "Round",
    description: "0: agreed at the first try. Growing: validators don't hear each other, or too few are there.",
    unit: "none",
    queries: [[of("cometbft_consensus_rounds"), node]],
    red: 3,
    help: help("stuck-at-a-height"),
  },
  {
    id: 6,
    kind: "timeseries",
    title: "Missing power",
    description: "Of the last block. At a third the chain stops.",
    unit: "percentunit",
    queries: [
      [`${of("cometbft_consensus_missing_validators_power")} / ${of("cometbft_consensus_validators_power")}`, node],
    ],
    red: 0.3,
    help: help("power-is-missing"),
  },
  {
    id: 10,
    kind: "timeseries",
    title: "Validators",
    description: "In the set, and those of them that did not sign the last block.",
    unit: "none",
    queries: [
      [of("cometbft_consensus_validators"), `${node} in the set`],
      [of("cometbft_consensus_missing_validators"), `${node} missing`],
    ],
    help: help("power-is-missing"),
  },
  {
    id: 8,
    kind: "timeseries",
    title: "Evidence of double signing",
    description: "Validators whom the last block convicts.",
    unit: "none",
    queries: [[of("cometbft_consensus_byzantine_validators"), node]],
    red: 1,
    help: help("jailed"),
  },
];

const validator: readonly Panel[] = [
  {
    id: 7,
    kind: "timeseries",
    title: "Blocks since your last signature",
    description: "0 or 1 is well. Nothing: this node is no validator, or has not signed since it started.",
    unit: "none",
    queries: [
      [
        `${of("cometbft_consensus_height")} - ignoring (validator_address) ${of("cometbft_consensus_validator_last_signed_height")}`,
        node,
      ],
    ],
    red: 20,
    help: help("your-validator-misses-blocks"),
  },
  {
    id: 11,
    kind: "timeseries",
    title: "Blocks missed, an hour",
    description: "Nothing until the first one was missed.",
    unit: "none",
    queries: [[`increase(${of("cometbft_consensus_validator_missed_blocks")}[1h])`, node]],
    help: help("your-validator-misses-blocks"),
  },
  {
    id: 12,
    kind: "timeseries",
    title: "Your power",
    description: "As it was when the node last saw its validator in the set.",
    unit: "none",
    queries: [[of("cometbft_consensus_validator_power"), node]],
    help: help("jailed"),
  },
];

const load: readonly Panel[] = [
  {
    id: 13,
    kind: "timeseries",
    title: "Transactions waiting",
    description: "In this node's mempool.",
    unit: "none",
    queries: [[of("cometbft_mempool_size"), node]],
    help: help("a-transaction-is-not-found"),
  },
  {
    id: 14,
    kind: "timeseries",
    title: "Transactions a minute",
    description: "In blocks.",
    unit: "none",
    queries: [[`60 * rate(${of("cometbft_consensus_total_txs")}[5m])`, node]],
    help: help("a-transaction-is-not-found"),
  },
  {
    id: 15,
    kind: "timeseries",
    title: "Time to process a block",
    description: "By the chain's program, on average over five minutes, in milliseconds.",
    unit: "ms",
    queries: [
      [
        `rate(${of("cometbft_state_block_processing_time_sum")}[5m]) / rate(${of("cometbft_state_block_processing_time_count")}[5m])`,
        node,
      ],
    ],
    help: help("the-node-lags"),
  },
];

/** A node's own view, for who runs it. `@chainId@` and `@name@` are filled in from the network's file. */
export const nodeBoard: Board = {
  uid: "wellspring-node",
  title: "A node of @name@",
  choices: [
    {
      name: "network",
      label: "Network",
      query: "label_values(cometbft_consensus_height, chain_id)",
      first: "@chainId@",
    },
    { name: "node", label: "Node", query: 'label_values(up{job="$network"}, instance)', many: true },
    { name: "docs", label: "Docs", query: 'label_values(up{job="$network"}, docs)' },
  ],
  groups: [
    { title: "This node", panels: itself },
    { title: "The chain, as it sees it", panels: chain },
    { title: "Your validator", panels: validator },
    { title: "Load", panels: load },
  ],
  links: [{ title: "Troubleshooting", url: inDocs("troubleshooting/") }],
};
