import { describe, expect, it } from "vitest";
import { assemble } from "../../genesis/assemble/assemble.ts";
import { type GenesisFile, readGenesis } from "../../genesis/document/genesis-file.ts";
import { networkOf } from "../../genesis/review/concentration.ts";
import { diffGenesis } from "../../genesis/review/diff.ts";
import { diffText } from "../../genesis/review/diff-text.ts";
import { launchReport } from "../../genesis/review/report.ts";
import { reportText } from "../../genesis/review/report-text.ts";
import { displayed, percent, share } from "../../genesis/review/units.ts";
import type { ReviewedValidator } from "../../genesis/review/validators.ts";
import { account, address, type Otherwise, sampleGenesis, sampleGentx } from "./sample.ts";

const genesis = (otherwise: Otherwise = {}) => readGenesis(sampleGenesis(otherwise));
const base = genesis();

function assembled(
  gentxs: ReturnType<typeof sampleGentx>[],
  style: "gentxs" | "staking-state" = "gentxs",
): GenesisFile {
  const made = assemble({ base, gentxs, style, order: "operator" });
  if (!made.ok) throw new Error(JSON.stringify(made.findings));
  return made.assembly.file;
}

const lines = (a: GenesisFile, b: GenesisFile) => diffText(diffGenesis(a, b)).split("\n");

describe("a diff", () => {
  it("says that two files mean the same, whatever their layout and shape", () => {
    const other = readGenesis(JSON.stringify(JSON.parse(sampleGenesis()), null, 4));
    expect(diffText(diffGenesis(base, other))).toBe("The two files mean the same.");
    const {
      consensus: { params },
      app_name: _,
      app_version: __,
      ...doc
    } = JSON.parse(sampleGenesis());
    const older = readGenesis(JSON.stringify({ ...doc, initial_height: "1", app_hash: "", consensus_params: params }));
    expect(diffGenesis(base, older).changes.map(({ subject }) => subject)).toEqual(["app_name", "app_version"]);
  });

  it("tells accounts, balances and supply in display units", () => {
    const after = genesis({
      "app_state.auth.accounts": [account(1), account(2), account(4)],
      "app_state.bank.balances": [
        { address: address(1), coins: [{ denom: "upaw", amount: "10000000000" }] },
        { address: address(2), coins: [{ denom: "upaw", amount: "10500000001" }] },
        { address: address(4), coins: [{ denom: "upaw", amount: "5" }] },
      ],
      "app_state.bank.supply": [],
    });
    expect(lines(base, after)).toEqual([
      "Supply (1)",
      "  upaw: 30,000 PAW → 20,500.000006 PAW",
      "Accounts added (1)",
      `  ${address(4)}: BaseAccount`,
      "Accounts removed (1)",
      `  ${address(3)}: was BaseAccount`,
      "Balances (3)",
      `  ${address(2)}: 10,000 PAW → 10,500.000001 PAW`,
      `  ${address(3)}: was 10,000 PAW`,
      `  ${address(4)}: 0.000005 PAW`,
    ]);
  });

  it("tells times, parameters by module, and consensus parameters, old and new", () => {
    const after = genesis({
      genesis_time: "2027-01-02T01:30:00Z",
      "app_state.mint.params": { mint_denom: "upaw", blocks_per_year: "7" },
      "app_state.staking.params": { bond_denom: "upaw", max_validators: 50 },
      "consensus.params.block.max_gas": "100",
    });
    expect(lines(base, after)).toEqual([
      "Document (1)",
      "  genesis time: 2027-01-01T00:00:00Z → 2027-01-02T01:30:00Z (1 d 1 h 30 min later)",
      "Consensus parameters (1)",
      "  consensus.block.max_gas: -1 → 100",
      "Module parameters (2)",
      "  mint.params.blocks_per_year: 7",
      "  staking.params.max_validators: 100 → 50",
    ]);
  });

  it("tells validators added, removed and changed, in both styles alike", () => {
    const before = assembled([sampleGentx(1), sampleGentx(2)]);
    const after = [sampleGentx(2, { rate: "0.050000000000000000", tokens: "6000000" }), sampleGentx(3)];
    const told = [
      "Validators added (1)",
      `  "val3" ${address(3, "pawvaloper")}: 5 PAW, 10% commission`,
      "Validators removed (1)",
      `  "val1" ${address(1, "pawvaloper")}: was 5 PAW, 10% commission`,
      "Validators changed (2)",
      `  "val2" ${address(2, "pawvaloper")} stake: 5 PAW → 6 PAW`,
      `  "val2" ${address(2, "pawvaloper")} commission: 10% → 5%`,
    ];
    expect(lines(before, assembled(after))).toEqual(told);
    const written = lines(before, assembled(after, "staking-state"));
    expect(written.filter((line) => line.includes("val"))).toEqual(told.filter((line) => line.includes('"val')));
  });

  it("keeps a bounded number of changes of each kind, and counts them all", () => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      address: address(n),
      coins: [{ denom: "upaw", amount: "1" }],
    }));
    const after = genesis({ "app_state.bank.balances": many });
    const diff = diffGenesis(base, after, 10);
    expect(diff.counts.balance).toBe(200);
    expect(diff.changes.filter(({ kind }) => kind === "balance")).toHaveLength(10);
    expect(diffText(diff, 5)).toContain("… and 195 more");
  });
});

describe("a report", () => {
  it("names the power, who can stop the chain, where it lies, commissions and odd parameters", () => {
    const made = assembled([
      sampleGentx(1, { tokens: "6000000", host: "5.5.5.1" }),
      sampleGentx(2, { tokens: "3000000", host: "5.5.5.9", rate: "0.200000000000000000" }),
      sampleGentx(3, { tokens: "1000000", host: "node.example.com" }),
    ]);
    const providers = new Map([2, 3].map((n) => [address(n, "pawvaloper"), "Cloudy"] as const));
    const report = launchReport(made, { base: genesis({ "consensus.params.block.max_gas": "7" }), providers });
    expect(report.validators.map(({ name, share: part }) => `${name} ${part}`)).toEqual([
      "val1 60.00%",
      "val2 30.00%",
      "val3 10.00%",
    ]);
    expect(report.overThird).toEqual(["val1"]);
    expect(report.overTwoThirds).toEqual(["val1", "val2"]);
    expect(report.subnets.map(({ name, share: part }) => `${name} ${part}`)).toEqual([
      "5.5.5.0/24 90.00%",
      "example.com 10.00%",
    ]);
    expect(report.providers).toMatchObject([{ name: "Cloudy", share: "40.00%", monikers: ["val2", "val3"] }]);
    expect(report.commission).toEqual({
      lowest: "0.100000000000000000",
      median: "0.100000000000000000",
      highest: "0.200000000000000000",
    });
    expect(report.commissionAtMax).toEqual(["val2"]);
    expect(report.supply).toEqual([{ denom: "upaw", amount: "30000000000", shown: "30,000 PAW" }]);
    expect(report.oddParameters).toMatchObject([{ subject: "consensus.block.max_gas", before: "7", after: "-1" }]);
    expect(report.warnings).toEqual([
      '"val1" alone holds more than a third of the power.',
      "5.5.5.0/24 holds 90.00% of the power in 2 validators.",
      "Cloudy holds 40.00% of the power in 2 validators.",
    ]);
    expect(reportText(report)).toContain("Commission: 10% to 20%, median 10%");
  });

  it("needs more than a third and more than two thirds, not just as much", () => {
    const report = launchReport(assembled([1, 2, 3].map((n) => sampleGentx(n))));
    expect(report.overThird).toHaveLength(2);
    expect(report.overTwoThirds).toHaveLength(3);
  });

  it("knows networks by address, and nothing of private ones", () => {
    const of = (host: string) => networkOf({ host } as ReviewedValidator);
    expect(of("8.8.4.4")).toBe("8.8.4.0/24");
    // In every spelling: who writes an address otherwise is in the same place.
    for (const host of ["2a00::1", "2a00::2:3", "2A00:0000:0:7::1".toLowerCase()])
      expect(of(host)).toBe("2a00:0:0::/48");
    expect(of("2620:00fe::9")).toBe("2620:fe:0::/48");
    expect(of("a.b.example.com")).toBe("example.com");
    for (const host of [
      "127.0.0.1",
      "10.1.2.3",
      "192.168.0.4",
      "172.16.0.1",
      "100.64.0.1",
      "::1",
      "fd00::1",
      "2001:db8::1",
      "localhost",
      "",
    ]) {
      expect(of(host)).toBe("");
    }
    expect(of("172.32.0.1")).toBe("172.32.0.0/24");
  });

  it("shows amounts without rounding, by the genesis' own metadata or by the letter u", () => {
    const metadata = [
      {
        base: "upaw",
        display: "paw",
        symbol: "Paw",
        denom_units: [
          { denom: "upaw", exponent: 0 },
          { denom: "paw", exponent: 9 },
        ],
      },
    ];
    const report = launchReport(genesis({ "app_state.bank.denom_metadata": metadata }));
    expect(report.supply[0]?.shown).toBe("30 Paw");
    expect(displayed(123456789012345678901234567890n, { symbol: "X", exponent: 18 })).toBe(
      "123,456,789,012.34567890123456789 X",
    );
    expect(displayed(5n, { symbol: "PAW", exponent: 6 })).toBe("0.000005 PAW");
    expect([percent("0.050000000000000000"), percent("1.0"), percent("0.123400"), percent("x")]).toEqual([
      "5%",
      "100%",
      "12.34%",
      "x",
    ]);
    expect(share(1n, 3n)).toBe("33.33%");
    expect(share(0n, 0n)).toBe("0.00%");
  });
});
