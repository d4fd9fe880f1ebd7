import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allocationsFromCsv } from "../../genesis/allocation/table.ts";
import { assemble } from "../../genesis/assemble/assemble.ts";
import { readGenesis } from "../../genesis/document/genesis-file.ts";
import { nodeAnswer } from "../../genesis/document/node-answer.ts";
import { readLongGenesis } from "../../genesis/document/read-long.ts";
import { canonicalGenesis, genesisText } from "../../genesis/document/write.ts";
import { address, type Otherwise, sampleGenesis, sampleGentx } from "./sample.ts";

const cli = join(import.meta.dirname, "../../genesis/cli.ts");
type Ran = { code: number; out: string; err: string };
const command = (...args: string[]) =>
  new Promise<Ran>((resolve) => {
    execFile(process.execPath, [cli, ...args], { timeout: 60_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });

/** The gentxs of these tests aren't signed. */
const unsigned = ["signature", "signer-key", "one-signer"].flatMap((rule) => ["--allow", rule]);

describe("the command assemble", () => {
  let folder: string;
  let at: (name: string) => string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "assemble-command-"));
    at = (name) => join(folder, name);
    await mkdir(at("gentxs"));
    for (const gentx of [sampleGentx(1), sampleGentx(9)]) await writeFile(at(`gentxs/${gentx.name}`), gentx.text);
    await writeFile(at("a.csv"), `address,amount\n${address(9)},5000000\n${address(7)},3\n`);
    await base();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const base = (otherwise: Otherwise = {}) => writeFile(at("base.json"), sampleGenesis(otherwise));
  const assembling = (...more: string[]) =>
    command("assemble", "--genesis", at("base.json"), "--gentxs", at("gentxs"), "--out", at("out.json"), ...more);

  it("streams to the same bytes as the whole file in memory, and prints its hashes", async () => {
    const ran = await assembling("--allocations", at("a.csv"), "--json", ...unsigned);
    expect(ran.code).toBe(0);
    const read = allocationsFromCsv([await readFile(at("a.csv"), "utf8")], { prefix: "paw", denom: "upaw" });
    const made = read.ok
      ? assemble({
          base: readGenesis(sampleGenesis()),
          gentxs: [sampleGentx(1), sampleGentx(9)],
          allocations: read.table,
          style: "gentxs",
          order: "operator",
        })
      : null;
    if (!made?.ok) throw new Error("not made");
    const text = await readFile(at("out.json"), "utf8");
    expect(text).toBe([...genesisText(made.assembly.file)].join(""));
    const summary = JSON.parse(ran.out);
    const sha256 = async (data: string) =>
      Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(data))).toString("hex");
    expect(summary.sha256).toBe(await sha256(text));
    expect(summary.canonicalSha256).toBe(await sha256([...canonicalGenesis(made.assembly.file)].join("")));
    expect(summary.answerSha256).toBe(await sha256([...canonicalGenesis(nodeAnswer(made.assembly.file))].join("")));
    expect(summary.validatorsHash).toBe(made.assembly.validatorsHash);
    expect(summary.supply).toEqual({ upaw: "30005000003" });
  });

  it("reads a genesis piece by piece as it reads it whole, in both shapes", () => {
    for (const otherwise of [
      {},
      { app_name: undefined, app_version: undefined, consensus: undefined, initial_height: "1" },
    ]) {
      const text = sampleGenesis({ ...otherwise, "app_state.genutil.gen_txs": [JSON.parse(sampleGentx(1).text)] });
      const bytes = new TextEncoder().encode(text);
      for (const size of [1, 100, 1_000_000]) {
        const source = {
          *chunks(begin = 0, end = bytes.length) {
            for (let from = begin; from < end; from += size) yield bytes.subarray(from, Math.min(from + size, end));
          },
        };
        const long = readLongGenesis(source);
        const whole = readGenesis(text);
        expect(long.shape).toBe(whole.shape);
        expect([...genesisText(long)].join("")).toBe([...genesisText(whole)].join(""));
      }
    }
  });

  it("never writes over a file without --force, and leaves nothing half written", async () => {
    await writeFile(at("out.json"), "mine");
    const ran = await assembling("--allocations", at("a.csv"), ...unsigned);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("exists already") });
    expect(await readFile(at("out.json"), "utf8")).toBe("mine");
    expect((await assembling("--allocations", at("a.csv"), "--force", ...unsigned)).code).toBe(0);
    expect(await readFile(at("out.json"), "utf8")).toContain("paw-sample-1");
    expect((await readdir(folder)).sort()).toEqual(["a.csv", "base.json", "gentxs", "out.json"]);
  });

  it("writes nothing while the judge, the list or a rule has something to say, and says it", async () => {
    const judged = await assembling("--allocations", at("a.csv"));
    expect(judged).toMatchObject({ code: 1, err: expect.stringContaining("gentx-1.json") });
    const unpaid = await assembling(...unsigned);
    expect(unpaid).toMatchObject({ code: 1, err: expect.stringContaining("assembly.balance") });
    await writeFile(at("a.csv"), `address,amount\n${address(9)},05\n`);
    const listed = await assembling("--allocations", at("a.csv"), ...unsigned);
    expect(listed).toMatchObject({ code: 1, err: expect.stringContaining("line 2") });
    await base({ "app_state.mint.params.mint_denom": "stake" });
    await writeFile(at("a.csv"), `address,amount\n${address(9)},5000000\n`);
    const ruled = await assembling("--allocations", at("a.csv"), ...unsigned);
    expect(ruled).toMatchObject({ code: 1, err: expect.stringContaining("genesis.denom-leftover") });
    expect(await readdir(folder)).not.toContain("out.json");
    const allowed = await assembling("--allocations", at("a.csv"), "--allow", "genesis.denom-leftover", ...unsigned);
    expect(allowed).toMatchObject({ code: 0, err: expect.stringContaining("Allowed:") });
  });

  it("takes allocations as JSON, another time and the other style", async () => {
    const entries = [9, 7].map((n) => ({ address: address(n), coins: [{ denom: "upaw", amount: "5000000" }] }));
    await writeFile(at("a.json"), JSON.stringify(entries, null, 2));
    const how = ["--genesis-time", "2028-01-01T00:00:00.500Z", "--style", "staking-state"];
    expect((await assembling("--allocations", at("a.json"), ...how, ...unsigned)).code).toBe(0);
    const made = JSON.parse(await readFile(at("out.json"), "utf8"));
    expect(made.genesis_time).toBe("2028-01-01T00:00:00.5Z");
    expect(made.validators).toHaveLength(2);
    expect(made.app_state.genutil.gen_txs).toEqual([]);
  });

  it("tells a diff by its exit code, and sums a file up", async () => {
    await assembling("--allocations", at("a.csv"), ...unsigned);
    expect(await command("diff", at("base.json"), at("base.json"))).toMatchObject({ code: 0 });
    const diff = await command("diff", at("base.json"), at("out.json"));
    expect(diff).toMatchObject({ code: 1, out: expect.stringContaining("Validators added (2)") });
    const report = await command("report", at("out.json"), "--base", at("base.json"), "--json");
    expect(JSON.parse(report.out)).toMatchObject({ chainId: "paw-sample-1", totalPower: "10", oddParameters: [] });
    expect(await command("diff", at("base.json"))).toMatchObject({ code: 2 });
    await writeFile(at("bad.json"), '{"app_state": {"auth": {"accounts": [1,]}}}');
    expect(await command("report", at("bad.json"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("no genesis"),
    });
  });
});
