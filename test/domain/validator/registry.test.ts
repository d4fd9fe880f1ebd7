import { describe, expect, it } from "vitest";
import { allocationsFromCsv } from "../../../genesis/allocation/table.ts";
import { allApproved, allocationsCsv } from "../../../workers/domain/validator/allocations-csv.ts";
import { assetList, chainJson, registryName } from "../../../workers/domain/validator/chain-registry.ts";
import { suggestChain } from "../../../workers/domain/validator/keplr.ts";
import { addrBook, type KnownPeer, peersText } from "../../../workers/domain/validator/peers.ts";
import { account } from "../../genesis/gentxs.ts";
import { directoryOf, factsOf, registrationOf } from "./bench.ts";

const peer = (host: string, seed = false, provider = ""): KnownPeer => ({
  peer: { nodeId: "a".repeat(40), host, port: 26656 },
  text: `${"a".repeat(40)}@${host}:26656`,
  seed,
  provider,
});
const chain = (view = null, binary = directoryOf().binary) =>
  chainJson({
    facts: factsOf(),
    directory: directoryOf({ binary }),
    view,
    peers: [peer("9.9.9.9", true, "own rack"), peer("node.alder.org")],
    site: "https://w.example",
  });
/** What chain.schema.json knows at the top; it takes nothing else (cosmos/chain-registry, 2026). */
const known = new Set(
  (
    "$schema chain_name chain_type chain_id pre_fork_chain_name pretty_name website status network_type bech32_prefix " +
    "bech32_config daemon_name node_home key_algos slip44 alternative_slip44s fees staking codebase images logo_URIs " +
    "description peers apis explorers keywords extra_codecs"
  ).split(" "),
);
const keysOf = (value: object) => Object.keys(value).sort();

describe("chain.json, by the rules of the chain registry's schema", () => {
  it("has the fields that are asked for, in their forms, and none that is unknown", () => {
    const made = chain();
    expect(Object.keys(made).filter((key) => !known.has(key))).toEqual([]);
    expect(made.$schema).toMatch(/^(\.\.\/)+chain\.schema\.json$/);
    expect(made.chain_name).toMatch(/^[a-z0-9]+$/);
    expect(made).toMatchObject({
      chain_type: "cosmos",
      network_type: "testnet",
      slip44: 118,
      key_algos: ["secp256k1"],
    });
    expect(["live", "upcoming", "killed"]).toContain(made.status);
  });

  it("tells peers, fees, endpoints and the explorer as their parts of the schema say", () => {
    const made = chain();
    expect(made.peers.seeds.map(keysOf)).toEqual([["address", "id", "provider"]]);
    expect(made.peers.persistent_peers.map(keysOf)).toEqual([["address", "id"]]);
    expect(made.fees.fee_tokens[0]).toEqual({
      ...{ denom: "upaw", fixed_min_gas_price: 0.025, low_gas_price: 0.025 },
      ...{ average_gas_price: 0.025, high_gas_price: 0.025 },
    });
    expect(made.staking).toEqual({ staking_tokens: [{ denom: "upaw" }] });
    expect(made.apis).toEqual({
      rpc: [{ address: "https://rpc.example" }],
      rest: [{ address: "https://rest.example" }],
    });
    expect(made.explorers).toEqual([{ tx_page: ["https://scan.example/tx/$", "{txHash}"].join("") }]);
    expect(made.codebase).toEqual({});
    const released = { ...directoryOf().binary, source: "https://github.com/example/simd" };
    expect(chain(null, released).codebase).toEqual({ git_repo: "https://github.com/example/simd" });
  });

  it("names a network by letters and digits alone", () => {
    expect(["paw-testnet-1", "Hub_9000-4", "---", "x"].map(registryName)).toEqual([
      "pawtestnet",
      "hub9000",
      "testnet",
      "x",
    ]);
  });
});

describe("assetlist.json, by the rules of the chain registry's schema", () => {
  it("has base and display among the units of each token", () => {
    const { assets, chain_name, $schema } = assetList(factsOf());
    expect([$schema, chain_name]).toEqual(["../../assetlist.schema.json", "pawtest"]);
    expect(assets).toHaveLength(2);
    for (const { base, display, denom_units, name } of assets) {
      const units = denom_units.map(({ denom }) => denom);
      expect(units).toContain(base);
      expect(units).toContain(display);
      expect(new Set(units).size).toBe(units.length);
      expect(name.length).toBeLessThanOrEqual(30);
    }
    expect(assets[0]).toMatchObject({
      denom_units: [{ exponent: 0 }, { denom: "paw", exponent: 6 }],
      type_asset: "sdk.coin",
    });
  });
});

describe("what wallets and nodes are told", () => {
  it("Keplr gets every field that a ChainInfo needs", () => {
    const facts = factsOf();
    const info = suggestChain(facts, facts.wallet!, "upaw");
    expect(keysOf(info)).toEqual(
      [
        "bech32Config",
        "bip44",
        "chainId",
        "chainName",
        "currencies",
        "feeCurrencies",
        "rest",
        "rpc",
        "stakeCurrency",
      ].sort(),
    );
    expect(info.feeCurrencies[0]?.gasPriceStep).toEqual({ low: 0.025, average: 0.025, high: 0.025 });
    expect(keysOf(info.bech32Config)).toHaveLength(6);
  });

  it("an address book has addresses in digits, each in a bucket that there is", () => {
    const book = addrBook([peer("9.9.9.9"), peer("node.alder.org"), peer("2a00::1")], "0".repeat(24));
    expect(book.addrs.map(({ addr }) => addr.ip)).toEqual(["9.9.9.9", "2a00::1"]);
    for (const { buckets, bucket_type } of book.addrs) {
      expect(bucket_type).toBe(1);
      expect(buckets.every((bucket) => bucket >= 0 && bucket < 256)).toBe(true);
    }
    expect(peersText([])).toBe("");
  });

  it("the export misses nobody, however many there are", async () => {
    const one = registrationOf();
    const names = Array.from({ length: 1_234 }, (_, at) => `paw1${String(at).padStart(5, "0")}`);
    const page = async ({ after, limit }: { after: string; limit: number }) =>
      names
        .filter((name) => name > after)
        .slice(0, limit)
        .map((operator) => ({ ...one, operator }));
    expect((await allApproved({ page })).map(({ operator }) => operator)).toEqual(names);
  });

  it("the exported allocations are a list that the ceremony reads", () => {
    const allocation = { denom: "upaw", amount: 5_000_000n };
    const csv = allocationsCsv([
      registrationOf({ allocation }),
      registrationOf({ operator: account(1) }),
      registrationOf({ operator: account(2), allocation, state: "rejected" }),
    ]);
    expect(csv).toBe(`address,amount,denom\n${account(0)},5000000,upaw\n`);
    const read = allocationsFromCsv([csv], { prefix: "paw", denom: "upaw" });
    expect(read.ok && read.table.at(0)).toMatchObject({ address: account(0), coins: [allocation] });
  });
});
