import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyAllocations } from "../../genesis/allocation/apply.ts";
import { allocationsFromCsv } from "../../genesis/allocation/table.ts";
import { type Assembly, assemble } from "../../genesis/assemble/assemble.ts";
import { type GenesisFile, readGenesis } from "../../genesis/document/genesis-file.ts";
import { genesisText } from "../../genesis/document/write.ts";
import { judgeGenesis } from "../../genesis/rules/judge-genesis.ts";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type Devnet, startChain } from "../devnet/chain.ts";
import { chainEnvironment } from "../devnet/home.ts";
import { settled } from "../devnet/options.ts";
import { someAddress } from "../devnet/payer.ts";

const run = promisify(execFile);
const textOf = (file: GenesisFile) => [...genesisText(file)].join("");

async function gentxsIn(folder: string) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })));
}

/** Our assembly of a devnet's gentxs, on its genesis without them. */
async function assembled(home: string, style: "gentxs" | "staking-state" = "gentxs"): Promise<Assembly> {
  const base = { ...readGenesis(await readFile(join(home, "config/genesis.json"), "utf8")), gentxs: [] };
  const made = assemble({ base, gentxs: await gentxsIn(join(home, "config/gentx")), style, order: "tool" });
  if (!made.ok) throw new Error(JSON.stringify(made.findings));
  return made.assembly;
}

/** `validators_hash` in the header of block 1. */
async function hashInBlockOne(devnet: Devnet): Promise<string> {
  const answer = await fetch(`${devnet.rpcUrl}/block?height=1`, { signal: AbortSignal.timeout(5_000) });
  const { result } = (await answer.json()) as { result: { block: { header: { validators_hash: string } } } };
  return result.block.header.validators_hash;
}

describe.skipIf(!goAvailable())("a genesis of ours beside the real binary", () => {
  let one: Devnet;
  let four: Devnet;
  let folder: string;
  let binary: string;

  const tool = async (home: string, ...args: string[]) => {
    const env = chainEnvironment(settled({}));
    await run(binary, ["genesis", ...args, "--home", home], { env, timeout: 60_000 }).catch(
      ({ stdout, stderr }: { stdout: string; stderr: string }) => {
        throw new Error(`genesis ${args[0]} failed: ${(stdout + stderr).slice(0, 2_000)}`);
      },
    );
  };

  /** A home for the tool alone, with the devnet's genesis. */
  async function toolHome(name: string): Promise<string> {
    const home = join(folder, name);
    await mkdir(join(home, "data"), { recursive: true });
    await cp(join(four.homes[0] ?? "", "config"), join(home, "config"), { recursive: true });
    // The tool makes a node's files sure while it collects.
    await writeFile(join(home, "data/priv_validator_state.json"), '{"height":"0","round":0,"step":0}');
    return home;
  }

  beforeAll(async () => {
    binary = await buildDevnet();
    folder = await mkdtemp(join(tmpdir(), "assemble-"));
    one = await startChain({ blockTimeMs: 500 });
    four = await startChain({ blockTimeMs: 500, validators: 4 });
  }, buildTimeoutMs);
  afterAll(async () => {
    await one?.stop();
    await four?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("has the bytes that collect-gentxs wrote, for one validator and for four", async () => {
    for (const { homes } of [one, four]) {
      const { file } = await assembled(homes[0] ?? "");
      expect(textOf(file)).toBe(await readFile(join(homes[0] ?? "", "config/genesis.json"), "utf8"));
      expect(judgeGenesis(file)).toEqual([]);
    }
  });

  it("foretells validators_hash of block 1, in both styles", async () => {
    for (const devnet of [one, four]) {
      const seen = await hashInBlockOne(devnet);
      expect(seen).toMatch(/^[0-9A-F]{64}$/);
      expect((await assembled(devnet.homes[0] ?? "")).validatorsHash).toBe(seen);
      expect((await assembled(devnet.homes[0] ?? "", "staking-state")).validatorsHash).toBe(seen);
    }
    expect(await hashInBlockOne(one)).not.toBe(await hashInBlockOne(four));
  });

  it("has the tool's bytes for gentxs in odd spellings: camelCase, numbers for text, defaults left out", async () => {
    const home = await toolHome("odd");
    const [first] = await gentxsIn(join(home, "config/gentx"));
    const odd = (first?.text ?? "")
      .replace('"security_contact"', '"securityContact"')
      .replace('"gas_limit":"200000"', '"gasLimit":200000')
      .replace('"SIGN_MODE_DIRECT"', "1")
      .replace('"timeout_height":"0",', "")
      .replace('"0.100000000000000000"', '"0.1"')
      .replace(',"tip":null', "");
    expect(odd).not.toBe(first?.text);
    await writeFile(join(home, "config/gentx", first?.name ?? ""), `${odd}\r\n`);
    const ours = await assembled(home);
    await tool(home, "collect-gentxs", "--gentx-dir", join(home, "config/gentx"));
    expect(textOf(ours.file)).toBe(await readFile(join(home, "config/genesis.json"), "utf8"));
  });

  it("adds accounts as bulk-add-genesis-account does: numbers, vesting, order, supply", async () => {
    const home = await toolHome("accounts");
    const file = join(home, "config/genesis.json");
    // The devnet leaves every number at 0 and the supply to the chain; the tool only adds to a supply that stands.
    const before = readGenesis(await readFile(file, "utf8"));
    const first = allocationsFromCsv([`address,amount\n${someAddress("cosmos", 90)},1\n`], rules);
    if (!first.ok) throw new Error(JSON.stringify(first.faults));
    const base = applyAllocations(before, first.table);
    if (!base.ok) throw new Error(JSON.stringify(base.findings));
    await writeFile(file, textOf(base.file));
    const [plain, delayed, continuous] = [91, 92, 93].map((n) => someAddress("cosmos", n));
    const csv = [
      "address,amount,denom,vesting_amount,vesting_start,vesting_end",
      `${plain},123456789012345678901234567890,,,,`,
      `${delayed},500,stake,400,,1900000000`,
      `${continuous},700,,700,2027-01-01T00:00:00Z,1900000000`,
    ];
    const read = allocationsFromCsv([csv.join("\n")], rules);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const applied = applyAllocations(base.file, read.table);
    if (!applied.ok) throw new Error(JSON.stringify(applied.findings));
    const coins = (amount: string) => [{ denom: "stake", amount }];
    const bulk = [
      { address: plain, coins: coins("123456789012345678901234567890") },
      { address: delayed, coins: coins("500"), vesting_amt: coins("400"), vesting_end: 1_900_000_000 },
      {
        address: continuous,
        coins: coins("700"),
        vesting_amt: coins("700"),
        vesting_start: 1_798_761_600,
        vesting_end: 1_900_000_000,
      },
    ];
    await writeFile(join(home, "bulk.json"), JSON.stringify(bulk));
    await tool(home, "bulk-add-genesis-account", join(home, "bulk.json"));
    expect(textOf(applied.file)).toBe(await readFile(file, "utf8"));
  });

  it("adds accounts to a base whose numbers have holes and repeats, as the tool does", async () => {
    const home = await toolHome("holes");
    const file = join(home, "config/genesis.json");
    const text = await readFile(file, "utf8");
    let at = 0;
    const numbers = ["7", "2", "2", "0", "7"];
    const holed = text.replace(/"account_number": "0"/g, () => `"account_number": "${numbers[at++ % numbers.length]}"`);
    const supplied = applyAllocations(readGenesis(holed), {
      count: 0,
      at: () => {
        throw new Error("none");
      },
    });
    if (!supplied.ok) throw new Error(JSON.stringify(supplied.findings));
    const withSupply = textOf({ ...supplied.file, accounts: readGenesis(holed).accounts });
    await writeFile(file, withSupply);
    const read = allocationsFromCsv(
      [`address,amount\n${someAddress("cosmos", 95)},5\n${someAddress("cosmos", 96)},6`],
      rules,
    );
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const applied = applyAllocations(readGenesis(withSupply), read.table);
    if (!applied.ok) throw new Error(JSON.stringify(applied.findings));
    const entries = [95, 96].map((n) => ({
      address: someAddress("cosmos", n),
      coins: [{ denom: "stake", amount: String(n - 90) }],
    }));
    await writeFile(join(home, "bulk.json"), JSON.stringify(entries));
    await tool(home, "bulk-add-genesis-account", join(home, "bulk.json"));
    expect(textOf(applied.file)).toBe(await readFile(file, "utf8"));
  });
});

const rules = { prefix: "cosmos", denom: "stake" };
