import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type DevnetOptions, pawShape } from "../devnet/options.ts";
import { assertBoots, type Ground, operatorsGround } from "./boots.ts";

const run = promisify(execFile);
/** For making operators and one boot; in all less than two minutes. */
const bootMs = 30_000;
const blockTimeMs = 300;

type Summary = {
  readonly out: string;
  readonly answerSha256: string;
  readonly validatorsHash: string;
  readonly validators: number;
};

/** `npm run genesis -- assemble` as an operator calls it, and what it prints. */
async function assembled({ baseFile, gentxFolder, root }: Ground, style: string): Promise<Summary> {
  const out = join(root, `${style}.json`);
  const files = ["--genesis", baseFile, "--gentxs", gentxFolder, "--out", out];
  const args = ["run", "-s", "genesis", "--", "assemble", ...files, "--style", style, "--json"];
  const { stdout } = await run("npm", args, { timeout: 30_000 });
  return JSON.parse(stdout) as Summary;
}

async function withOperators(options: DevnetOptions, use: (ground: Ground) => Promise<void>): Promise<void> {
  const ground = await operatorsGround({ blockTimeMs, indexer: "null", ...options });
  try {
    await use(ground);
  } finally {
    await ground.remove();
  }
}

describe.skipIf(!goAvailable())("a genesis that the command assembled boots on real nodes", () => {
  it("is preceded by the chain's build", () => buildDevnet(), buildTimeoutMs);

  it.each([
    { validators: 4, said: "style gentxs, the SDK's shape", styles: ["gentxs"], shape: {} },
    { validators: 7, said: "both styles, PAW's shape", styles: ["staking-state", "gentxs"], shape: pawShape },
  ])(
    "of $validators gentxs ($said): all take part, one application hash, hashes as foretold",
    ({ validators, styles, shape }) =>
      withOperators({ ...shape, validators }, async (ground) => {
        for (const style of styles) {
          const summary = await assembled(ground, style);
          expect(summary.validators).toBe(validators);
          const booted = await assertBoots(ground, summary.out, summary);
          expect(booted.appHash).toMatch(/^[0-9A-F]{64}$/);
          console.warn(
            `${style}: ${validators} nodes, ${booted.ms.toFixed(0)} ms, up to ${booted.memoryMb.toFixed(0)} MB each`,
          );
        }
      }),
    2 * bootMs,
  );

  it(
    "and the assertion fails where it doesn't: another hash foretold, a validator away, a gentx that the chain refuses",
    () =>
      withOperators({ validators: 4 }, async (ground) => {
        const summary = await assembled(ground, "gentxs");
        for (const other of [{ validatorsHash: "0".repeat(64) }, { answerSha256: "0".repeat(64) }]) {
          const [name] = Object.keys(other);
          await expect(assertBoots(ground, summary.out, { ...summary, ...other })).rejects.toThrow(`${name} is`);
        }
        const three = { ...ground, nodes: ground.nodes.slice(1) };
        await expect(assertBoots(three, summary.out, summary, 4_000)).rejects.toThrow(/at most [0-3] signed one/);
        const broken = (await readFile(summary.out, "utf8")).replace('"sequence": "0"', '"sequence": "1"');
        await writeFile(summary.out, broken);
        await expect(assertBoots(ground, summary.out, summary)).rejects.toThrow(/Node [0-3] ended/);
      }),
    bootMs,
  );
});
