import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chainTestsBlocked, findGo } from "../support/go.ts";

/** A cold build takes minutes (4 on two quiet cores): what a test hook that may have to build should allow. */
export const buildTimeoutMs = 20 * 60_000;

const sources = import.meta.dirname;
const cache = join(sources, "bin");

/**
 * Whether tests on a real chain can run here. Without a Go that is new enough it says so aloud and answers
 * false; with `CI=true` it throws instead, so that CI can't pass by skipping. For `describe.skipIf(!...)`.
 */
export function goAvailable(): boolean {
  const blocked = chainTestsBlocked(findGo());
  if (blocked === null) return true;
  if (process.env.CI === "true") throw new Error(`The tests on a real chain must run in CI, but ${blocked}.`);
  console.warn(`SKIPPED: tests on a real chain, because ${blocked}. Install it from https://go.dev/dl/.`);
  return false;
}

/**
 * Builds the chain once and answers the binary's path. The cache, `test/devnet/bin/`, is keyed by the sources
 * and the Go version. Processes that ask at the same time wait for the one that builds. Throws with Go's own
 * words when the build fails, and with what to install when there is no Go.
 */
export async function buildDevnet(): Promise<string> {
  const go = findGo();
  const blocked = chainTestsBlocked(go);
  if (go === null || blocked !== null) {
    throw new Error(
      `The test chain is a Go program, but ${blocked}. Install Go 1.23 or later from https://go.dev/dl/ ` +
        "(or your system's package `golang`), check it with `go version`, and run this again. " +
        "`npm start` and `npm test` need no Go: they use the embedded sandbox chain.",
    );
  }
  const key = await sourceHash(go.version);
  const binary = join(cache, `devnet-${key}`);
  if (existsSync(binary)) return binary;
  await mkdir(cache, { recursive: true });
  const lock = join(cache, `${key}.lock`);
  const deadline = Date.now() + buildTimeoutMs;
  while (!(await takeLock(lock))) {
    if (Date.now() > deadline) throw new Error(`Waited ${buildTimeoutMs / 60_000} minutes for another build: ${lock}`);
    await sleep(500);
  }
  const beat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), 5_000);
  try {
    if (!existsSync(binary)) await compile(binary);
  } finally {
    clearInterval(beat);
    await rm(lock, { recursive: true, force: true });
  }
  return binary;
}

async function sourceHash(goVersion: string): Promise<string> {
  const hash = createHash("sha256").update(`${goVersion} ${process.platform} ${process.arch}\n`);
  const names = (await readdir(sources)).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name)).sort();
  for (const name of names.filter((each) => !each.endsWith("_test.go"))) {
    hash.update(`${name}\n`).update(await readFile(join(sources, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** A folder is made atomically. Its holder touches it; one that wasn't touched for 30 s belonged to a dead process. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    await writeFile(join(lock, "pid"), `${process.pid}\n`);
    return true;
  } catch {
    const seen = await stat(lock).catch(() => null);
    if (seen !== null && Date.now() - seen.mtimeMs > 30_000) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

async function compile(binary: string): Promise<void> {
  console.warn("Building the test chain (once; minutes the first time) ...");
  const partial = `${binary}.${process.pid}.partial`;
  const version = "github.com/cosmos/cosmos-sdk/version";
  const flags = `-s -w -X ${version}.Name=devnet -X ${version}.AppName=devnet -X ${version}.Version=0.1.0`;
  const child = spawn("go", ["build", "-ldflags", flags, "-o", partial, "."], {
    cwd: sources,
    stdio: ["ignore", "ignore", "pipe"],
    timeout: buildTimeoutMs,
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-8_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) {
    await rm(partial, { force: true });
    throw new Error(`go build of the test chain failed (exit ${code}):\n${said}`);
  }
  await rename(partial, binary);
  await prune(binary);
}

/** Binaries weigh 70 MB: only the newest and the one before stay. */
async function prune(newest: string): Promise<void> {
  const others = (await readdir(cache)).filter((name) => /^devnet-[0-9a-f]{16}$/.test(name));
  const dated = await Promise.all(
    others.map(async (name) => ({ path: join(cache, name), at: (await stat(join(cache, name))).mtimeMs })),
  );
  const old = dated.filter(({ path }) => path !== newest).sort((a, b) => b.at - a.at);
  await Promise.all(old.slice(1).map(({ path }) => rm(path, { force: true })));
}
