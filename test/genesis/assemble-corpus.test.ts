import { describe, expect, it } from "vitest";
import { baseAccountOf } from "../../genesis/allocation/account-json.ts";
import { type AllocationTable, allocationsFromJson } from "../../genesis/allocation/table.ts";
import { type Assembly, type AssemblyInput, assemble } from "../../genesis/assemble/assemble.ts";
import { type GenesisFile, readGenesis } from "../../genesis/document/genesis-file.ts";
import { sha256Hex } from "../../genesis/document/hash.ts";
import { genesisText } from "../../genesis/document/write.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { printJson } from "../../genesis/json/print.ts";
import { isObject, type Json, JsonNumber } from "../../genesis/json/value.ts";
import { judgeGenesis } from "../../genesis/rules/judge-genesis.ts";
import { corpusGentxs, corpusText, launchesAvailable } from "./launches.ts";

function made(input: AssemblyInput): Assembly {
  const assembled = assemble(input);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.findings.slice(0, 5)));
  return assembled.assembly;
}

const textOf = (file: GenesisFile) => [...genesisText(file)].join("");

/** Every place in which two documents differ, with what stands there. Lists are compared entry by entry. */
function differences(ours: Json | undefined, theirs: Json | undefined, path = ""): string[] {
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
    const order =
      keys.length === ours.size && [...theirs.keys()].join() !== [...ours.keys()].join() ? [`${path} order`] : [];
    return [...order, ...keys.flatMap((key) => differences(ours.get(key), theirs.get(key), `${path}/${key}`))];
  }
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const most = Math.max(ours.length, theirs.length);
    return Array.from({ length: most }, (_, at) => differences(ours[at], theirs[at], `${path}/${at}`)).flat();
  }
  const shown = (value: Json | undefined) => (value === undefined ? "nothing" : printJson(value, { indent: 0 }));
  return shown(ours) === shown(theirs) ? [] : [`${path}: ${shown(ours)} | ${shown(theirs)}`];
}

const addressOf = (entry: Json) => String(baseAccountOf(entry)?.get("address"));

/** The accounts that a launch added to its base, in the order of their numbers, with their balances at launch. */
function addedAccounts(base: GenesisFile, launched: GenesisFile, prefix: string, denom: string): AllocationTable {
  const had = new Set([...base.accounts].map(addressOf));
  const coins = new Map(
    [...launched.balances].map((each) => [addressOf(each), (each as Map<string, Json>).get("coins")]),
  );
  const entries = [...launched.accounts]
    .map(addressOf)
    .filter((address) => !had.has(address))
    .map(
      (address): Json =>
        new Map<string, Json>([
          ["address", address],
          ["coins", coins.get(address) ?? null],
        ]),
    );
  const read = allocationsFromJson(entries, { prefix, denom });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.table;
}

/** A gentx that the launched file has, and the folder of handed-in files has not, as if it had been a file. */
function gentxOf(genesis: GenesisFile, index: number, name: string) {
  return { name, text: printJson([...genesis.gentxs][index] ?? null) };
}

describe.skipIf(!launchesAvailable())("the assembly of real launches", () => {
  it("gives the bytes of the SDK's own collect-gentxs (sdk-paw-local-1)", () => {
    const base = readGenesis(corpusText("sdk-paw-local-1", "genesis.pre-collect.json"));
    const gentxs = corpusGentxs(["sdk-paw-local-1", "gentxs"]);
    const collected = corpusText("sdk-paw-local-1", "genesis.collected.json");
    const { file } = made({ base, gentxs, style: "gentxs", order: "tool" });
    expect(textOf(file)).toBe(collected);
    expect(sha256Hex(genesisText(file))).toBe("4747db407d6a5682faded34f6a845ff5e9f47f4fd3a67751f76a94b0be92eda7");
    expect(judgeGenesis(file, { base, chainId: "paw-local-1" })).toEqual([]);
  });

  it("orders by operator whatever the files are called, and says the same but for that order", () => {
    const base = readGenesis(corpusText("sdk-paw-local-1", "genesis.pre-collect.json"));
    const gentxs = corpusGentxs(["sdk-paw-local-1", "gentxs"]);
    const renamed = gentxs.map(({ text }, index) => ({ text, name: `${9 - index}.json` }));
    const one = made({ base, gentxs, style: "gentxs", order: "operator" });
    const other = made({ base, gentxs: renamed, style: "gentxs", order: "operator" });
    expect(textOf(one.file)).toBe(textOf(other.file));
    const tool = made({ base, gentxs: renamed, style: "gentxs", order: "tool" });
    expect(textOf(tool.file)).not.toBe(textOf(one.file));
    expect(tool.validatorsHash).toBe(one.validatorsHash);
  });

  it("writes what PAW's own tool writes, and keeps the consensus parameters that it loses (paw-testnet-1)", () => {
    const base = readGenesis(corpusText("paw-testnet-1", "genesis-pre-collect.json"));
    const gentxs = corpusGentxs(["paw-testnet-1"], (name) => name.startsWith("gentx-"));
    const { file } = made({ base, gentxs, style: "staking-state", order: "tool" });
    const theirs = corpusText("paw-testnet-1", "genesis-post-collect.json");
    expect(differences(parseJson(textOf(file)).value, parseJson(theirs).value)).toEqual([
      '/consensus_params/block/max_bytes: "2097152" | "22020096"',
      '/consensus_params/block/max_gas: "100000000" | "-1"',
      '/consensus_params/evidence/max_age_num_blocks: "500000" | "100000"',
      '/consensus_params/evidence/max_age_duration: "1814400000000000" | "172800000000000"',
    ]);
    const lines = (text: string) => text.split("\n");
    const changed = lines(theirs).filter((line, at) => line !== lines(textOf(file))[at]);
    expect(changed).toHaveLength(4);
    expect(judgeGenesis(file, { base })).toEqual([]);
    expect(judgeGenesis(readGenesis(theirs), { base }).map(({ rule }) => rule)).toEqual(
      Array(4).fill("genesis.consensus-announced"),
    );
  });

  it("gives umee's launched genesis, but for account numbers that were left at 0 by hand and a supply left to the chain", () => {
    const base = readGenesis(corpusText("launches", "umee-alpha-mainnet-3", "pre-genesis.json"));
    const text = corpusText("launches", "umee-alpha-mainnet-3", "genesis.json");
    const launched = readGenesis(text);
    const gentxs = corpusGentxs(["launches", "umee-alpha-mainnet-3", "gentxs"]);
    const input = { base, gentxs, style: "gentxs", order: "tool", genesisTime: "2022-01-18T16:00:00Z" } as const;
    const { file } = made({ ...input, allocations: addedAccounts(base, launched, "umee", "uumee") });
    const differing = differences(parseJson(textOf(file)).value, parseJson(text).value);
    const supply = '[{"denom":"uumee","amount":"1000097078000000"}]';
    const [afterwards, ...numbers] = differing.reverse();
    expect(afterwards).toBe(`/app_state/bank/supply/0: ${supply.slice(1, -1)} | nothing`);
    expect(numbers).toHaveLength(194);
    for (const each of numbers)
      expect(each).toMatch(/^\/app_state\/auth\/accounts\/\d+\/account_number: "\d+" \| "0"$/);
    // Nothing else: with the numbers back at 0 and no supply, the bytes are theirs and one newline.
    const likeTheirs = textOf(file)
      .replace(/"account_number": "\d+"/g, '"account_number": "0"')
      .replace(/"supply": \[[^\]]*\]/, '"supply": []');
    expect(`${likeTheirs}\n`).toBe(text);
  });

  it("gives dydx's launched genesis, but for a supply that its launch left to the chain", () => {
    const base = readGenesis(corpusText("launches", "dydx-testnet-1", "pre-genesis.json"));
    const text = corpusText("launches", "dydx-testnet-1", "genesis.json");
    const launched = readGenesis(text);
    const handedIn = corpusGentxs(["launches", "dydx-testnet-1", "gentxs"], (name) => name !== "gentx-nodefleet.json");
    // The file of this name does not parse; the launched genesis has the gentx that replaced it, at its place.
    const gentxs = [...handedIn, gentxOf(launched, 42, "gentx-nodefleet.json")];
    const input = { base, gentxs, style: "gentxs", order: "tool", genesisTime: "2023-06-28T17:00:00Z" } as const;
    const { file } = made({ ...input, allocations: addedAccounts(base, launched, "dydx", "dv4tnt") });
    expect(differences(parseJson(textOf(file)).value, parseJson(text).value)).toEqual([
      '/app_state/bank/supply/0: {"denom":"dv4tnt","amount":"3000000000000004600000000000"} | nothing',
    ]);
  });

  it("refuses a file that is no gentx by its name (dydx)", () => {
    const base = readGenesis(corpusText("launches", "dydx-testnet-1", "pre-genesis.json"));
    const gentxs = corpusGentxs(["launches", "dydx-testnet-1", "gentxs"]);
    const assembled = assemble({ base, gentxs, style: "gentxs", order: "tool" });
    expect(assembled).toMatchObject({ ok: false, findings: [{ rule: "assembly.gentx-form" }] });
    expect(assembled.ok ? "" : assembled.findings[0]?.message).toContain("gentx-nodefleet.json is no gentx");
  });

  it("gives serenity's launched genesis, which holds the gentx of its base too", () => {
    const base = readGenesis(corpusText("launches", "serenity-testnet-001", "pre-genesis.json"));
    const text = corpusText("launches", "serenity-testnet-001", "genesis.json");
    const handedIn = corpusGentxs(["launches", "serenity-testnet-001", "gentxs"]);
    const gentxs = [gentxOf(base, 0, "gentx-0-of-the-base.json"), ...handedIn];
    const { file } = made({ base, gentxs, style: "gentxs", order: "tool" });
    // The published file was indented by four spaces in part, so trees are compared, in their order.
    expect(differences(parseJson(textOf(file)).value, parseJson(text).value)).toEqual([]);
  });

  it.each(["scottie-2", "scottie-3"])("gives the gen_txs of %s as launched", (name) => {
    const base = readGenesis(corpusText("launches", name, "pre-genesis.json"));
    const launched = readGenesis(corpusText("launches", name, "genesis.json"));
    const gentxs = corpusGentxs(["launches", name, "gentxs"]);
    const withBalances = { ...base, balances: launched.balances, accounts: launched.accounts };
    const { file } = made({ base: withBalances, gentxs, style: "gentxs", order: "tool" });
    expect(printJson([...file.gentxs])).toBe(printJson([...launched.gentxs]));
  });

  it("keeps exact numbers: an initial height stays a number, an amount above 2^53 its digits", () => {
    const base = readGenesis(corpusText("sdk-paw-local-1", "genesis.pre-collect.json"));
    expect(base.root.get("initial_height")).toBeInstanceOf(JsonNumber);
    const dydx = readGenesis(corpusText("launches", "dydx-testnet-1", "genesis.json"));
    expect(textOf(dydx)).toContain('"1000000000000000000000000000"');
  });
});
