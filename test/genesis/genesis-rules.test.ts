import { describe, expect, it } from "vitest";
import { readGenesis } from "../../genesis/document/genesis-file.ts";
import { judgeGenesis } from "../../genesis/rules/judge-genesis.ts";
import { account, address, type Otherwise, sampleGenesis } from "./sample.ts";

const base = readGenesis(sampleGenesis());
const judged = (otherwise: Otherwise, expected = {}) => judgeGenesis(readGenesis(sampleGenesis(otherwise)), expected);
const rulesOf = (otherwise: Otherwise, expected = {}) => judged(otherwise, expected).map(({ rule }) => rule);
const balance = (n: number, amount: string, denom = "upaw") => ({ address: address(n), coins: [{ denom, amount }] });

describe("the rules of a genesis", () => {
  it("say nothing against a good one", () => {
    expect(judgeGenesis(base, { base, chainId: "paw-sample-1", nowMs: Date.parse("2026-12-31T00:00:00Z") })).toEqual(
      [],
    );
  });

  it.each<[string, string, Otherwise]>([
    [
      "an initial height as text, which loses the consensus parameters",
      "genesis.initial-height",
      { initial_height: "1" },
    ],
    ["an initial height above 1", "genesis.initial-height", { initial_height: 5 }],
    ["no chain id", "genesis.chain-id", { chain_id: "" }],
    ["a chain id of 51 bytes", "genesis.chain-id", { chain_id: "x".repeat(51) }],
    ["a time with an offset, which starts a day early", "genesis.time", { genesis_time: "2027-01-01T00:00:00+02:00" }],
    ["no time", "genesis.time", { genesis_time: undefined }],
    ["a mint denom of another name", "genesis.denom", { "app_state.mint.params.mint_denom": "atom" }],
    ["stake left in the mint module", "genesis.denom-leftover", { "app_state.mint.params.mint_denom": "stake" }],
    [
      "stake left in a deposit",
      "genesis.denom-leftover",
      { "app_state.gov.params.min_deposit": [{ denom: "stake", amount: "1" }] },
    ],
    [
      "stake left in a module nobody knows",
      "genesis.denom-leftover",
      { "app_state.dex": { a: [{ fee_denom: "stake" }] } },
    ],
    ["no bond denom", "genesis.denom", { "app_state.staking.params.bond_denom": "" }],
    ["a supply unlike the balances", "genesis.supply", { "app_state.bank.supply": [{ denom: "upaw", amount: "1" }] }],
    [
      "a supply of a denom that nobody has",
      "genesis.supply",
      {
        "app_state.bank.supply": [
          { denom: "uother", amount: "1" },
          { denom: "upaw", amount: "30000000000" },
        ],
      },
    ],
    [
      "a balance twice",
      "genesis.duplicate",
      { "app_state.bank.balances": [balance(1, "1"), balance(1, "1")], "app_state.bank.supply": [] },
    ],
    ["an account twice", "genesis.duplicate", { "app_state.auth.accounts": [account(1), account(2), account(1)] }],
    [
      "an amount with a leading zero",
      "genesis.entry",
      { "app_state.bank.balances": [balance(1, "010")], "app_state.bank.supply": [] },
    ],
    [
      "an address that is none",
      "genesis.entry",
      { "app_state.bank.balances": [{ address: "paw1x", coins: [] }], "app_state.bank.supply": [] },
    ],
    [
      "addresses of two chains",
      "genesis.prefix",
      {
        "app_state.bank.balances": [{ address: address(1, "cosmos"), coins: [] }, balance(2, "1")],
        "app_state.bank.supply": [],
      },
    ],
    ["a block of no bytes", "genesis.consensus-bounds", { "consensus.params.block.max_bytes": "0" }],
    ["a block above 100 MB", "genesis.consensus-bounds", { "consensus.params.block.max_bytes": "104857601" }],
    ["a gas limit below -1", "genesis.consensus-bounds", { "consensus.params.block.max_gas": "-2" }],
    ["evidence that ages at once", "genesis.consensus-bounds", { "consensus.params.evidence.max_age_num_blocks": "0" }],
    ["evidence without an age", "genesis.consensus-bounds", { "consensus.params.evidence.max_age_duration": "0" }],
    ["evidence above a block", "genesis.consensus-bounds", { "consensus.params.evidence.max_bytes": "22020097" }],
    ["an unknown kind of key", "genesis.consensus-bounds", { "consensus.params.validator.pub_key_types": ["rsa"] }],
    ["no kind of key", "genesis.consensus-bounds", { "consensus.params.validator.pub_key_types": [] }],
    [
      "a height of vote extensions below 0",
      "genesis.consensus-bounds",
      { "consensus.params.abci.vote_extensions_enable_height": "-1" },
    ],
  ])("find %s", (_, rule, otherwise) => {
    const findings = judged(otherwise);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(new Set(findings.map((finding) => finding.rule)).size).toBe(1);
    for (const { message, remedy } of findings) {
      expect(message.length).toBeGreaterThan(20);
      expect(remedy.length).toBeGreaterThan(5);
    }
  });

  it("hold the file against what was announced: chain id, time, parameters, modules", () => {
    expect(rulesOf({}, { chainId: "paw-other-1" })).toEqual(["genesis.chain-id"]);
    expect(rulesOf({}, { nowMs: Date.parse("2027-01-01T00:00:00Z") })).toEqual(["genesis.time"]);
    expect(rulesOf({ "consensus.params.block.max_gas": "7" }, { base })).toEqual(["genesis.consensus-announced"]);
    expect(judged({ "consensus.params.block.max_gas": "7" }, { base })[0]).toMatchObject({
      value: '"7"',
      message: expect.stringContaining('announced as "-1"'),
    });
    expect(rulesOf({ "app_state.gov": undefined }, { base })).toEqual(["genesis.modules-kept"]);
  });

  it("let pass what the SDK lets pass: an empty supply, unlimited block bytes, a stake that is the bond denom", () => {
    expect(rulesOf({ "app_state.bank.supply": [] })).toEqual([]);
    expect(rulesOf({ "consensus.params.block.max_bytes": "-1" })).toEqual([]);
    const stake = {
      "app_state.staking.params.bond_denom": "stake",
      "app_state.mint.params.mint_denom": "stake",
      "app_state.gov.params.min_deposit": [{ denom: "stake", amount: "1" }],
    };
    expect(rulesOf(stake)).toEqual([]);
  });
});
