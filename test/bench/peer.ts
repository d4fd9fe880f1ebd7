import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DirectSecp256k1HdWallet, makeCosmoshubPath } from "@cosmjs/proto-signing";
import type { Devnet } from "../devnet/chain.ts";
import { endWithUs } from "../devnet/children.ts";
import { freePorts } from "../devnet/ports.ts";
import { dripAmount, type Side } from "./side.ts";

const locked = join(import.meta.dirname, "peer");
const installed = join(import.meta.dirname, "../../node_modules/.cache/wellspring/bench-peer");
const installMsMax = 180_000;
/** It pays each of its distributors in turn before it listens, and waits 3 s and more for each. */
const readyMsMax = 120_000;

/**
 * Its web server takes no host and would listen on every interface: this is loaded before it and keeps it on the
 * loopback. Nothing else of it is changed.
 */
const loopbackOnly = `import { Server } from "node:net";
const { listen } = Server.prototype;
Server.prototype.listen = function (port) { return listen.call(this, { port, host: "127.0.0.1" }); };`;

/** Installs the peer from its own lock file, once. Throws with npm's words when that can't be done. */
export async function installPeer(): Promise<void> {
  const lock = await readFile(join(locked, "package-lock.json"));
  const mark = createHash("sha256").update(lock).digest("hex");
  const markFile = join(installed, "installed");
  if ((await readFile(markFile, "utf8").catch(() => "")) === mark) return;
  await mkdir(installed, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) await copyFile(join(locked, file), join(installed, file));
  const npm = process.env.npm_execpath;
  const [command = "npm", ...args] = npm === undefined ? [] : [process.execPath, npm];
  // Where node_modules is a link, `npm ci` refuses a prefix that leads through it.
  const prefix = await realpath(installed);
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
  await promisify(execFile)(command, [...args, "ci", ...quiet, "--prefix", prefix], {
    cwd: prefix,
    timeout: installMsMax,
  });
  await writeFile(markFile, mark);
}

/**
 * Starts `@cosmjs/faucet` with its defaults (5 distributors, 100,000 gas a transaction), without a cooldown. Its
 * refills are raised so that none is needed after the start. `mnemonic` is of a funded account.
 */
export async function startPeer(devnet: Devnet, mnemonic: string, gasPrice: string): Promise<Side> {
  const [port = 0] = await freePorts(1);
  const payers = await distributors(mnemonic, devnet.prefix);
  const preload = `data:text/javascript,${encodeURIComponent(loopbackOnly)}`;
  const program = join(installed, "node_modules/@cosmjs/faucet/bin/cosmos-faucet");
  const child = spawn(process.execPath, ["--import", preload, program, "start", devnet.rpcUrl], {
    cwd: installed,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      FAUCET_MNEMONIC: mnemonic,
      FAUCET_PORT: String(port),
      FAUCET_ADDRESS_PREFIX: devnet.prefix,
      FAUCET_TOKENS: devnet.denom,
      [`FAUCET_CREDIT_AMOUNT_${devnet.denom.toUpperCase()}`]: String(dripAmount),
      FAUCET_GAS_PRICE: `${gasPrice}${devnet.denom}`,
      FAUCET_COOLDOWN_TIME: "0",
      FAUCET_REFILL_FACTOR: "1000000",
      FAUCET_REFILL_THRESHOLD: "1000",
    },
  });
  endWithUs(child);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let [words, firstError] = ["", ""];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2_000);
      firstError ||= /^.*Error: .*$/m.exec(chunk.toString())?.[0] ?? "";
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await gone;
  };
  const endMs = Date.now() + readyMsMax;
  while (!(await fetch(`${url}/healthz`).catch(() => null))?.ok) {
    if (child.exitCode !== null || Date.now() > endMs) {
      await stop();
      throw new Error(`the peer did not start: ${words}`);
    }
    await sleep(200);
  }
  firstError = "";
  const drip = async (address: string): Promise<string | null> => {
    const answer = await fetch(`${url}/credit`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ address, denom: devnet.denom }),
      signal: AbortSignal.timeout(90_000),
    });
    const said = (await answer.text()).slice(0, 120);
    return answer.ok && said === "ok" ? null : `HTTP ${answer.status} ${said}: ${firstError}`.slice(0, 300);
  };
  return { name: "peer", pid: child.pid ?? 0, payers, drip, stop };
}

/** Accounts 1 to 5 of its path; account 0 holds the tokens. Derived here so that its transactions are known. */
async function distributors(mnemonic: string, prefix: string): Promise<string[]> {
  const hdPaths = Array.from({ length: 5 }, (_, index) => makeCosmoshubPath(index + 1));
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix, hdPaths });
  return (await wallet.getAccounts()).map(({ address }) => address);
}
