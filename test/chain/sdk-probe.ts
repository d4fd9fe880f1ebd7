import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { buildDevnet } from "../devnet/build.ts";
import { endWithUs, forget, removeWithUs } from "../devnet/children.ts";
import { chainEnvironment } from "../devnet/home.ts";
import { type DevnetOptions, settled } from "../devnet/options.ts";

/** What a text is read as; `test/devnet/probe.go` says what each means. */
export type Kind = "dec" | "int" | "coin" | "coins" | "json" | "sorted" | "gentx";

/** What the SDK made of a text: its own writing of it, or its own words. */
export type Told = { readonly ok: boolean; readonly value: string; readonly error: string };

const told = z.strictObject({ ok: z.boolean(), value: z.string(), error: z.string() });
const timeoutMs = 300_000;

/**
 * Asks the real binary what it makes of texts: one process, an answer each, in their order. Texts are sent as JSON,
 * so that any character may stand in them but half of one. Gentxs are tried on the genesis in `genesisFile`.
 */
export async function askSdk(
  kind: Kind,
  texts: readonly string[],
  options: DevnetOptions & { readonly genesisFile?: string } = {},
): Promise<Told[]> {
  const { genesisFile, ...chain } = options;
  const binary = await buildDevnet();
  const home = await mkdtemp(join(tmpdir(), "wellspring-probe-"));
  removeWithUs(home);
  const genesis = genesisFile === undefined ? [] : ["--genesis", genesisFile];
  const child = spawn(binary, ["probe", "--home", home, ...genesis], {
    env: chainEnvironment(settled(chain)),
    stdio: ["pipe", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  endWithUs(child);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  // It may end before it has read everything; its words then say why.
  child.stdin.on("error", () => undefined);
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    child.stdin.end(texts.map((text) => `${JSON.stringify({ kind, text })}\n`).join(""));
    const answers: Told[] = [];
    for await (const line of createInterface(child.stdout)) answers.push(told.parse(JSON.parse(line)));
    const code = await ended;
    if (code !== 0 || answers.length !== texts.length) {
      throw new Error(`probe answered ${answers.length} of ${texts.length} and ended with ${code}: ${said}`);
    }
    return answers;
  } finally {
    await rm(home, { recursive: true, force: true });
    forget(home);
  }
}
