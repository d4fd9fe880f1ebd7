import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { profileSchema } from "../../../genesis/validator/content.ts";
import {
  type CommandFacts,
  createValidatorCommand,
  gentxCommand,
  peerCommand,
  registerCommand,
  unjailCommand,
} from "../../../workers/domain/validator/commands.ts";
import { account } from "../../genesis/gentxs.ts";
import { profileOf } from "../../support/registrations.ts";
import { directoryOf, pawd } from "./bench.ts";

const nasty = 'O\'Neil $(touch pwned) `id` "&" ; أرز\\';
const site = "https://wellspring.example";
const facts = (changes: object = {}, binary = directoryOf().binary): CommandFacts => ({
  directory: directoryOf({ binary }),
  site,
  operator: account(0),
  profile: profileSchema.parse(profileOf(0, changes)),
  amount: "5000000",
});
/** What a shell makes of a command when the binary only prints its arguments, one a line. */
function argumentsOf(command: string, name = "simd"): string[] {
  const script = `${name}() { for each in "$@"; do printf '%s\\n' "$each"; done; }\nKEY='my key'\n${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\n");
}
/** The line that makes the gentx, without those around it. */
const madeBy = (command: string) => command.split("\n").find((line) => line.includes("gentx ")) ?? "";

describe("a command for an operator", () => {
  it("is this network's own form: the SDK's, and PAW's top-level gentx", () => {
    const sdk = argumentsOf(madeBy(gentxCommand(facts())));
    expect(sdk.slice(0, 4)).toEqual(["genesis", "gentx", "my key", "5000000upaw"]);
    expect(sdk).toEqual(expect.arrayContaining(["--chain-id", "paw-test-1", "--node-id", "--p2p-port", "26656"]));
    const paw = argumentsOf(madeBy(gentxCommand(facts({}, pawd))), "pawd");
    expect(paw.slice(0, 3)).toEqual(["gentx", "my key", "5000000upaw"]);
    expect(paw).not.toContain("--node-id");
    expect(gentxCommand(facts({}, pawd))).toContain('"$HOME"/.paw/config/gentx/*.json');
  });

  it("passes what operators call themselves as one argument each, whatever a shell would make of it", () => {
    const told = argumentsOf(madeBy(gentxCommand(facts({ moniker: nasty, details: nasty }))));
    expect(told.filter((argument) => argument === nasty)).toHaveLength(2);
    const command = createValidatorCommand(facts({ moniker: nasty }));
    const said = /--argjson said ('(?:[^']|'\\'')*')/.exec(command)?.[1] ?? "";
    const json = execFileSync("sh", ["-c", `printf %s ${said}`], { encoding: "utf8" });
    expect(JSON.parse(json)).toMatchObject({ moniker: nasty, amount: "5000000upaw", "commission-rate": "0.1" });
  });

  it("makes a validator on a running chain by file, or by flags where the binary is older", () => {
    expect(createValidatorCommand(facts())).toContain("simd tx staking create-validator create.json --from");
    const flags = { ...directoryOf().binary, createValidator: "flags" } as const;
    const older = createValidatorCommand(facts({}, flags));
    expect(older).toContain("--amount 5000000upaw");
    expect(older).toContain("--gas-prices 0.025upaw");
  });

  it("opens a node's port and names its address in the part of config.toml that is about peers", () => {
    const home = mkdtempSync(join(tmpdir(), "wellspring-home-"));
    mkdirSync(join(home, ".simd/config"), { recursive: true });
    const file = join(home, ".simd/config/config.toml");
    const before = ["[rpc]", 'laddr = "tcp://127.0.0.1:26657"', "", "[p2p]", 'laddr = "tcp://127.0.0.1:1"'];
    writeFileSync(file, [...before, 'external_address = ""', "", "[mempool]", 'laddr = "x"', ""].join("\n"));
    const id = "a".repeat(40);
    const run = (peer: string) => {
      const command = peerCommand(facts({ peer }), "no_answer") ?? "";
      execFileSync("sh", ["-c", command], { env: { ...process.env, HOME: home } });
      return readFileSync(file, "utf8").split("\n");
    };
    const after = run(`${id}@node.example.org:26656`);
    expect(after.slice(0, 6)).toEqual([
      ...["[rpc]", 'laddr = "tcp://127.0.0.1:26657"', "", "[p2p]", 'laddr = "tcp://0.0.0.0:26656"'],
      'external_address = "node.example.org:26656"',
    ]);
    expect(after.slice(6)).toEqual(["", "[mempool]", 'laddr = "x"', ""]);
    expect(run(`${id}@[2620:fe::9]:26700`)[5]).toBe('external_address = "[2620:fe::9]:26700"');
    rmSync(home, { recursive: true });
    expect(peerCommand(facts({ peer: `${id}@9.9.9.9:26656` }, pawd), "other_node")).toBe(
      "pawd tendermint show-node-id",
    );
    expect(peerCommand(facts({ peer: null }), "no_answer")).toBeNull();
  });

  it("proves a key by a transaction that no chain takes", () => {
    const command = registerCommand(facts());
    expect(command).toContain(
      `tx bank send ${account(0)} ${account(0)} 1upaw --note "$(cat word.txt)" --generate-only --chain-id wellspring-proof`,
    );
    expect(command).toContain("--offline --account-number 0 --sequence 0 --chain-id wellspring-proof");
    expect(execFileSync("sh", ["-n", "-c", command], { encoding: "utf8" })).toBe("");
  });

  it("is not made up where the binary has none", () => {
    expect(unjailCommand(facts())).toContain("tx slashing unjail");
    expect(unjailCommand(facts({}, pawd))).toBeNull();
  });
});
