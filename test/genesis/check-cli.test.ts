import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { UsageError } from "../../genesis/cli/arguments.ts";
import { run } from "../../genesis/cli/check.ts";
import { readGenesisFile } from "../../genesis/cli/safe-file.ts";
import { account, chainId, consensusKey, gentx } from "./gentxs.ts";

const root = mkdtempSync(join(tmpdir(), "wellspring-check-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};
const folder = join(root, "gentxs");
mkdirSync(folder);
mkdirSync(join(folder, "sub.json"));
const good = put("gentxs/b.json", gentx(undefined, 1));
put("gentxs/_a.json", gentx());
const twin = put(
  "gentxs/c.json",
  gentx((message) => Object.assign(message, { pubkey: consensusKey(0) }), 2),
);
put("gentxs/notes.txt", "no gentx");
const bad = put(
  "bad.json",
  gentx((message) => Object.assign(message.commission, { rate: "2", max_rate: "3" })),
);
const genesis = put(
  "genesis.json",
  JSON.stringify({
    chain_id: chainId,
    app_state: {
      auth: { accounts: [0, 1, 2].map((number) => ({ address: account(number), sequence: "0" })) },
      bank: {
        balances: [0, 1, 2].map((number) => ({
          address: account(number),
          coins: [{ denom: "upaw", amount: "500000000" }],
        })),
      },
      staking: { params: { bond_denom: "upaw", max_validators: 100 } },
    },
  }),
);
const network = ["--chain-id", chainId, "--prefix", "paw"];

/** Runs the verb and answers its exit code and what it printed. */
async function check(...args: string[]) {
  const log = vi.spyOn(console, "log").mockReturnValue(undefined);
  try {
    const code = await run(args);
    return { code, lines: log.mock.calls.map(([line]) => String(line)) };
  } finally {
    log.mockRestore();
  }
}
const json = async (...args: string[]) => {
  const { code, lines } = await check("--json", ...args);
  return { code, verdicts: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe("the command check", () => {
  it("prints a line of JSON a file, by base name, in byte order of names, and answers 0 when all pass", async () => {
    expect(await json(...network, folder)).toEqual({
      code: 0,
      verdicts: ["_a.json", "b.json", "c.json"].map((file) => ({ file, ok: true })),
    });
  });

  it("with a genesis it reads chain id, prefix and denom there, and the later of two alike fails", async () => {
    const { code, verdicts } = await json("--genesis", genesis, folder);
    expect(code).toBe(1);
    expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(verdicts[2]).toMatchObject({ file: "c.json", rule: "duplicate-consensus-key" });
    expect((await json("--genesis", genesis, twin, good)).code).toBe(0);
  });

  it("tells the first failure, or all of them with --all", async () => {
    const { code, verdicts } = await json(...network, bad);
    expect(code).toBe(1);
    expect(Object.keys(verdicts[0]!)).toEqual(["file", "ok", "rule", "message"]);
    const [all] = (await json(...network, "--all", bad)).verdicts;
    expect(all).toMatchObject({ failures: [{}, {}], warnings: [] });
  });

  it("with --only-fatal it judges by what a node refuses", async () => {
    const small = put(
      "small.json",
      gentx((message) => Object.assign(message.value, { amount: "5" })),
    );
    expect((await json(...network, small)).verdicts[0]).toMatchObject({ rule: "power-unit" });
    expect((await json(...network, "--only-fatal", small)).code).toBe(0);
  });

  it("tells people what is wrong and what to do", async () => {
    const { lines } = await check(...network, bad, good);
    expect(lines.join("\n")).toMatch(/FAIL {2}bad\.json {2}"alder", power 500/);
    expect(lines.join("\n")).toContain("Give rates between 0 and 1");
    expect(lines.at(-1)).toContain("1 of 2 pass");
  });

  it("never prints a secret that was pasted", async () => {
    const secret = put("secret.json", JSON.stringify({ priv_key: { value: "c2VjcmV0" } }));
    const { lines } = await check(...network, secret);
    expect(lines.join()).not.toContain("c2VjcmV0");
    expect(lines.join()).toContain("secret");
  });

  it.each([
    ["no chain", ["--prefix", "paw", good], "--chain-id"],
    ["no prefix", ["--chain-id", chainId, good], "--prefix"],
    ["no file", network, "no file"],
    ["an unknown option", [...network, "--nonsense", good], "nonsense"],
    ["a file that isn't there", [...network, "/nowhere/x.json"], "can't be read"],
  ])("asked with %s it says how to ask", async (_, args, says) => {
    await expect(run(args)).rejects.toThrow(UsageError);
    await expect(run(args)).rejects.toThrow(says);
  });

  it("answers 1 and 2 by its exit code, too", () => {
    const cli = (...args: string[]) =>
      spawnSync(process.execPath, ["genesis/cli.ts", ...args], { encoding: "utf8", timeout: 20_000 });
    expect(cli("check", ...network, bad).status).toBe(1);
    expect(cli("check", bad).status).toBe(2);
    expect(cli("nonsense").status).toBe(2);
  });
});

describe("a genesis file that others could swap is refused", () => {
  it("when it is a symlink, open to everybody, or in a folder that is", async () => {
    const link = join(root, "link.json");
    symlinkSync(genesis, link);
    await expect(readGenesisFile(link)).rejects.toThrow("symlink");
    const open = put("open.json", "{}");
    chmodSync(open, 0o666);
    await expect(readGenesisFile(open)).rejects.toThrow("everybody may write it");
    mkdirSync(join(root, "open"));
    chmodSync(join(root, "open"), 0o1777);
    await expect(readGenesisFile(put("open/genesis.json", "{}"))).rejects.toThrow("everybody may write its folder");
    await expect(readGenesisFile(folder)).rejects.toThrow("no plain file");
    await expect(readGenesisFile(join(root, "none.json"))).rejects.toThrow("ENOENT");
  });

  it("and read when it is none of that", async () => {
    expect(await readGenesisFile(genesis)).toEqual(readFileSync(genesis));
  });
});
