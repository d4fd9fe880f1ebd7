import { toBase64, toHex } from "@cosmjs/encoding";
import { moduleAddress, writeAddress } from "../document/address.ts";
import { appState, type GenesisFile, type Items, picked, section } from "../document/genesis-file.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";
import { type Candidate, textOf } from "./candidate.ts";
import { consensusParams, consensusParamsForm, topLevel } from "./top.ts";
import { powerReduction } from "./validators-hash.ts";

const epoch = "1970-01-01T00:00:00Z";
const shares = (tokens: bigint) => `${tokens}.000000000000000000`;
const powerOf = ({ tokens }: Candidate) => String(tokens / powerReduction);
const object = (...entries: readonly (readonly [string, Json])[]): JsonObject => new Map(entries);

/**
 * Style `staking-state`: bonded validators, their delegations, powers and signing infos are written out, the stake
 * lies in the bonded pool, CometBFT's `validators` are named, and `gen_txs` is empty. It is what PAW's own tool
 * writes, byte for byte, but for one thing that is refused: that tool loses the announced consensus parameters and
 * silently writes CometBFT's defaults; here they are kept.
 */
export function stakingState(base: GenesisFile, candidates: readonly Candidate[], prefix: string): GenesisFile {
  const modules = appState(base);
  const state = new Map(modules)
    .set("auth", sortedKeys(section(modules, "auth")))
    .set("bank", picked(section(modules, "bank"), bankKeys).set("params", bankParams(section(modules, "bank"))))
    .set("genutil", object(["gen_txs", []]))
    .set("slashing", slashing(section(modules, "slashing"), candidates, prefix))
    .set("staking", staking(section(modules, "staking"), candidates));
  const root = topLevel({ ...base, shape: "GenesisDoc" }, state)
    .set("initial_height", "1")
    .set("consensus_params", consensusParamsForm(consensusParams(base)))
    .set("validators", candidates.map(cometValidator))
    .set("app_hash", textOf(base.root.get("app_hash")));
  return {
    shape: "GenesisDoc",
    root: picked(root, topKeys),
    accounts: mapped(base.accounts, sortedKeys),
    balances: bonded(base.balances, candidates, prefix),
    gentxs: [],
  };
}

const topKeys = [
  "genesis_time",
  "chain_id",
  "initial_height",
  "consensus_params",
  "validators",
  "app_hash",
  "app_state",
];
const bankKeys = ["params", "balances", "supply", "denom_metadata", "send_enabled"];
const bankParams = (bank: JsonObject) => picked(section(bank, "params"), ["send_enabled", "default_send_enabled"]);

/** The account that holds the bonded stake: every SDK chain derives it from the pool's name. */
export function bondedPool(prefix: string): string {
  return writeAddress(prefix, moduleAddress("bonded_tokens_pool"));
}

function bonded(balances: Items, candidates: readonly Candidate[], prefix: string): Items {
  const stakes = new Map<string, Candidate>(candidates.map((candidate) => [candidate.account, candidate]));
  const total = candidates.reduce((sum, { tokens }) => sum + tokens, 0n);
  const denom = candidates[0]?.denom ?? "";
  return {
    *[Symbol.iterator]() {
      for (const balance of balances) {
        if (!isObject(balance)) continue;
        const address = textOf(balance.get("address"));
        const coins = balance.get("coins");
        yield object(["address", address], ["coins", left(Array.isArray(coins) ? coins : [], stakes.get(address))]);
      }
      yield object(["address", bondedPool(prefix)], ["coins", [coin(denom, total)]]);
    },
  };
}

function left(coins: readonly Json[], stake: Candidate | undefined): Json[] {
  return coins.flatMap((each) => {
    if (!isObject(each)) return [];
    const denom = textOf(each.get("denom"));
    const rest = BigInt(textOf(each.get("amount"))) - (denom === stake?.denom ? stake.tokens : 0n);
    return rest === 0n ? [] : [coin(denom, rest)];
  });
}

const coin = (denom: string, amount: bigint) => object(["denom", denom], ["amount", String(amount)]);

function cometValidator(candidate: Candidate): JsonObject {
  return object(
    ["address", toHex(candidate.consensusAddress).toUpperCase()],
    ["pub_key", object(["type", "tendermint/PubKeyEd25519"], ["value", toBase64(candidate.consensusKey)])],
    ["power", powerOf(candidate)],
    ["name", section(candidate.message, "description").get("moniker") ?? ""],
  );
}

function slashing(module: JsonObject, candidates: readonly Candidate[], prefix: string): JsonObject {
  const infos = candidates.map(({ consensusAddress }) => {
    const address = writeAddress(`${prefix}valcons`, consensusAddress);
    const info = object(
      ["address", address],
      ["start_height", "0"],
      ["index_offset", "0"],
      ["jailed_until", epoch],
      ["tombstoned", false],
      ["missed_blocks_counter", "0"],
    );
    return object(["address", address], ["validator_signing_info", info]);
  });
  return object(
    ["params", picked(section(module, "params"), slashingParams)],
    ["signing_infos", infos],
    ["missed_blocks", []],
  );
}

const slashingParams = [
  "signed_blocks_window",
  "min_signed_per_window",
  "downtime_jail_duration",
  "slash_fraction_double_sign",
  "slash_fraction_downtime",
];

function staking(module: JsonObject, candidates: readonly Candidate[]): JsonObject {
  const total = candidates.reduce((sum, { tokens }) => sum + tokens / powerReduction, 0n);
  return object(
    ["params", picked(section(module, "params"), stakingParams)],
    ["last_total_power", String(total)],
    [
      "last_validator_powers",
      candidates.map((each) => object(["address", each.operatorAddress], ["power", powerOf(each)])),
    ],
    ["validators", candidates.map(stakingValidator)],
    ["delegations", candidates.map(delegation)],
    ["unbonding_delegations", []],
    ["redelegations", []],
    ["exported", false],
  );
}

const stakingParams = [
  "unbonding_time",
  "max_validators",
  "max_entries",
  "historical_entries",
  "bond_denom",
  "min_commission_rate",
];

function delegation({ account, operatorAddress, tokens }: Candidate): JsonObject {
  return object(["delegator_address", account], ["validator_address", operatorAddress], ["shares", shares(tokens)]);
}

function stakingValidator({ operatorAddress, message, tokens }: Candidate): JsonObject {
  return object(
    ["operator_address", operatorAddress],
    ["consensus_pubkey", message.get("pubkey") ?? null],
    ["jailed", false],
    ["status", "BOND_STATUS_BONDED"],
    ["tokens", String(tokens)],
    ["delegator_shares", shares(tokens)],
    ["description", message.get("description") ?? null],
    ["unbonding_height", "0"],
    ["unbonding_time", epoch],
    ["commission", object(["commission_rates", message.get("commission") ?? null], ["update_time", epoch])],
    ["min_self_delegation", message.get("min_self_delegation") ?? "1"],
    ["unbonding_on_hold_ref_count", "0"],
    ["unbonding_ids", []],
  );
}

/** PAW's tool sends the auth module through a Go map, which sorts every object's keys. */
function sortedKeys<Value extends Json>(value: Value): Value;
function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((each) => sortedKeys(each));
  if (!isObject(value)) return value;
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sortedKeys(each)]));
}

function mapped(items: Items, change: (item: Json) => Json): Items {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield change(item);
    },
  };
}
