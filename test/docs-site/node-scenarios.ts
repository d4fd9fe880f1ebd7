import type { Scenario } from "../support/promtool.ts";

const target = 'docs="https://faucet.example/docs/paw-testnet-1",instance="127.0.0.1:26660",job="paw-testnet-1"';
const of = `{${target},chain_id="paw-testnet-1"`;
const mine = `${of},validator_address="AA"}`;

const names = {
  scraped: `up{${target}}`,
  syncing: `cometbft_blocksync_syncing${of}}`,
  peers: `cometbft_p2p_peers${of}}`,
  height: `cometbft_consensus_height${of}}`,
  round: `cometbft_consensus_rounds${of}}`,
  power: `cometbft_consensus_validators_power${of}}`,
  missing: `cometbft_consensus_missing_validators_power${of}}`,
  convicted: `cometbft_consensus_byzantine_validators${of}}`,
  signed: `cometbft_consensus_validator_last_signed_height${mine}`,
  missed: `cometbft_consensus_validator_missed_blocks${mine}`,
} as const;
type Name = keyof typeof names;

const last = 120;
const still = (value: number) => `${value}x${last}`;
/** Ten blocks a minute. */
const goesOn = `100+10x${last}`;

/** A validator that signs, with one block missed long ago. */
const well: Readonly<Record<Name, string>> = {
  scraped: still(1),
  syncing: still(0),
  peers: still(5),
  height: goesOn,
  round: still(0),
  power: still(1_000),
  missing: still(0),
  convicted: still(0),
  signed: `99+10x${last}`,
  missed: still(1),
};

const scenario = (name: string, change: Partial<Record<Name, string | null>>, firing: Scenario["firing"]): Scenario => {
  const series = Object.entries<string | null>({ ...well, ...change }).flatMap(([key, values]) =>
    values === null ? [] : [[names[key as Name], values]],
  );
  return { name, series: Object.fromEntries(series) as Record<string, string>, firing };
};

const noValidator = { signed: null, missed: null } as const;
const silent = Object.fromEntries(Object.keys(names).map((name) => [name, "_x120"])) as Record<Name, string>;
/** Signs until minute 10, at height 199. */
const signsTen = `99+10x9 199x${last}`;
const missesFromTen = `1x10 1+10x${last}`;

/** A sample a minute. Each says which alerts fire at a minute: those and no other. */
export const nodeScenarios: readonly Scenario[] = [
  scenario("a validator signs", {}, { 2: [], 60: [] }),
  scenario("a node is no validator", noValidator, { 2: [], 60: [] }),
  scenario("a validator that has never missed a block", { missed: null }, { 60: [] }),
  scenario("the node is down", { ...silent, scraped: still(0) }, { 2: [], 4: ["NodeDown"] }),
  scenario(
    "a node catches up for long",
    { ...noValidator, syncing: still(1), height: still(0) },
    {
      20: [],
      31: ["NodeCatchesUp"],
    },
  ),
  scenario(
    "a validator's node catches up after a restart",
    { syncing: "1x10 0x120", height: "100x10 100+10x110", signed: "99x10 99+10x110" },
    {
      8: [],
      40: [],
    },
  ),
  scenario("no peer is left", { peers: "5x9 0x120" }, { 10: [], 13: ["NoPeers"] }),
  scenario("one peer is left", { peers: "5x9 1x120" }, { 15: [], 21: ["FewPeers"] }),
  scenario(
    "the whole chain stops, and nobody is told to have missed a block",
    { height: "100+10x9 200x120", signed: signsTen },
    { 12: [], 20: ["BlockProductionStopped"], 60: ["BlockProductionStopped"] },
  ),
  scenario(
    "the chain stops after you had missed some blocks: told until it has stood for a while",
    { height: "100+10x9 200x120", signed: "99+10x8 190x120", missed: "1x9 5x120" },
    {
      12: ["ValidatorMissesBlocks"],
      20: ["BlockProductionStopped"],
      60: ["BlockProductionStopped"],
    },
  ),
  scenario(
    "the chain stops under a node that is no validator",
    { ...noValidator, height: "100+10x9 200x120" },
    {
      60: ["BlockProductionStopped"],
    },
  ),
  scenario("a height takes many rounds", { round: "0x9 4x120" }, { 10: [], 12: ["ConsensusRoundHigh"] }),
  scenario("a quarter of the power is missing", { missing: "0x9 250x120" }, { 12: [], 16: ["MissingPower"] }),
  scenario(
    "nearly a third of the power is missing",
    { missing: "0x9 320x120" },
    {
      12: ["MissingPowerNearHalt"],
      16: ["MissingPower", "MissingPowerNearHalt"],
    },
  ),
  scenario("a tenth of the power is missing", { missing: still(100) }, { 60: [] }),
  scenario("a block holds evidence", { convicted: "0x9 1 0x120" }, { 9: [], 12: ["DoubleSigning"], 25: [] }),
  scenario(
    "your validator stops signing, and the chain goes on",
    { signed: signsTen, missed: missesFromTen },
    {
      10: [],
      12: ["ValidatorMissesBlocks"],
      20: ["ValidatorMissesBlocks", "ValidatorSilent"],
      60: ["ValidatorMissesBlocks", "ValidatorSilent"],
    },
  ),
  scenario(
    "since a restart your validator has signed nothing",
    { signed: null, missed: "0+10x120" },
    {
      1: [],
      6: ["ValidatorSilent"],
    },
  ),
  scenario(
    "your validator leaves the set",
    { signed: signsTen, missed: "1x9 1+10x3 31x120" },
    {
      12: ["ValidatorMissesBlocks"],
      40: ["ValidatorLeftSet", "ValidatorMissesBlocks"],
    },
  ),
  scenario(
    "your validator misses three blocks and comes back",
    { signed: "99+10x9 196 209+10x108", missed: "1x9 4x120" },
    {
      10: [],
      12: [],
      30: [],
    },
  ),
];
