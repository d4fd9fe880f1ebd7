import { describe, expect, it } from "vitest";
import { allocationsFromCsv } from "../../genesis/allocation/table.ts";
import { type AssemblyInput, assemble } from "../../genesis/assemble/assemble.ts";
import { readGenesis } from "../../genesis/document/genesis-file.ts";
import { goTime } from "../../genesis/document/rfc3339.ts";
import { genesisText } from "../../genesis/document/write.ts";
import { address, type Otherwise, sampleGenesis, sampleGentx } from "./sample.ts";

const input = (gentxs: AssemblyInput["gentxs"], otherwise: Otherwise = {}): AssemblyInput => ({
  base: readGenesis(sampleGenesis(otherwise)),
  gentxs,
  style: "gentxs",
  order: "operator",
});

function refusal(asked: AssemblyInput) {
  const assembled = assemble(asked);
  return assembled.ok ? [] : assembled.findings.map(({ rule }) => rule);
}

describe("an assembly", () => {
  it("refuses what no judge can mend, each by its rule", () => {
    const [one, two] = [sampleGentx(1), sampleGentx(2)];
    const sameKey = { ...two, text: two.text.replace(/"key":"[^"]+"/, /"key":"[^"]+"/.exec(one.text)?.[0] ?? "") };
    expect(refusal(input([]))).toEqual(["assembly.gentxs"]);
    expect(refusal(input([one, { ...one, name: "again.json" }]))).toEqual([
      "assembly.operator",
      "assembly.consensus-key",
    ]);
    expect(refusal(input([one, sameKey]))).toEqual(["assembly.consensus-key"]);
    expect(refusal(input([sampleGentx(1, { tokens: "10000000001" })]))).toEqual(["assembly.balance"]);
    expect(refusal(input([sampleGentx(9)]))).toEqual(["assembly.balance"]);
    expect(refusal(input([{ ...one, text: one.text.replace('"upaw"', '"stake"') }]))).toContain("assembly.denom");
    expect(refusal(input([sampleGentx(1, { tokens: "999999" })]))).toEqual(["assembly.power"]);
    expect(refusal(input([{ ...one, text: one.text.replace('"memo"', '"mem0"') }]))).toEqual(["assembly.gentx-form"]);
    expect(refusal(input([{ ...one, text: one.text.replace("5000000", "0010000000") }]))).toEqual([
      "assembly.gentx-form",
    ]);
    const send = one.text.replace("staking.v1beta1.MsgCreateValidator", "bank.v1beta1.MsgSend");
    expect(refusal(input([{ ...one, text: send }]))).toEqual(["assembly.gentx-form"]);
    expect(refusal({ ...input([one], { "app_state.staking.validators": [{}] }), style: "staking-state" })).toEqual([
      "assembly.base",
    ]);
    expect(refusal({ ...input([one, sampleGentx(2, { tokens: "1" })]), style: "staking-state" })).toEqual([
      "assembly.power",
    ]);
  });

  it("writes the same bytes for the same input, and drops gentxs that the base had", () => {
    const gentxs = [sampleGentx(2), sampleGentx(1)];
    const old = { "app_state.genutil.gen_txs": [JSON.parse(sampleGentx(3).text)] };
    const texts = [input(gentxs), input([...gentxs].reverse(), old)].map((asked) => {
      const assembled = assemble(asked);
      return assembled.ok ? [...genesisText(assembled.assembly.file)].join("") : "";
    });
    expect(texts[0]).toBe(texts[1]);
    expect(JSON.parse(texts[0] ?? "").app_state.genutil.gen_txs).toHaveLength(2);
  });

  it("lets an allocation pay for a gentx", () => {
    const read = allocationsFromCsv([`address,amount\n${address(9)},5000000`], { prefix: "paw", denom: "upaw" });
    if (!read.ok) throw new Error("not read");
    const assembled = assemble({ ...input([sampleGentx(9)]), allocations: read.table });
    expect(assembled.ok && assembled.assembly.validators.map(({ power }) => power)).toEqual([5n]);
  });

  it("foretells a set without those that have no power or no room", () => {
    const gentxs = [sampleGentx(1, { tokens: "999999" }), sampleGentx(2), sampleGentx(3, { tokens: "7000000" })];
    const hash = (asked: AssemblyInput) => {
      const assembled = assemble(asked);
      return assembled.ok ? assembled.assembly.validatorsHash : "";
    };
    expect(hash(input(gentxs))).toBe(hash(input(gentxs.slice(1))));
    const room = { "app_state.staking.params.max_validators": 1 };
    expect(hash(input(gentxs, room))).toBe(hash(input(gentxs.slice(2))));
    expect(hash(input(gentxs))).not.toBe(hash(input(gentxs.slice(2))));
  });

  it("writes times as Go does", () => {
    expect(goTime("2022-04-14T17:00:00.000000Z")).toBe("2022-04-14T17:00:00Z");
    expect(goTime("2022-04-14T17:00:00.120+00:00")).toBe("2022-04-14T17:00:00.12Z");
    expect(goTime("2022-04-14T17:00:00+02:00")).toBe("2022-04-14T17:00:00+02:00");
    expect(goTime("tomorrow")).toBeNull();
    expect(goTime("2022-13-14T17:00:00Z")).toBeNull();
  });
});
