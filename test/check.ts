import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

/** tsc remembers what it has checked: the second run is the one that people wait for. */
const memo = ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/wellspring/tsc.tsbuildinfo"];

/** One tool of `npm run check`: it prints what it found and answers 0 when that is nothing. */
const tools: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ["format and lint", "biome", ["ci", "--colors=off", "."]],
  ["types", "tsc", ["-p", ".", ...memo]],
  ["unused code", "knip", ["--no-progress"]],
];

type Finding = { readonly name: string; readonly code: number; readonly output: string; readonly ms: number };

function run([name, command, args]: (typeof tools)[number]): Promise<Finding> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = (code: number, word = "") =>
      resolve({ name, code, output: Buffer.concat(chunks).toString() + word, ms: performance.now() - started });
    child.on("error", (error) => end(1, error.message));
    child.on("close", (code) => end(code ?? 1));
  });
}

/** `npm run check`: the three tools side by side, and all of their findings, not only the first's. */
async function main(): Promise<number> {
  const findings = await Promise.all(tools.map(run));
  for (const { name, code, output, ms } of findings) {
    if (code !== 0) console.log(output.trimEnd());
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${(ms / 1000).toFixed(1)} s)`);
  }
  return findings.every(({ code }) => code === 0) ? 0 : 1;
}

process.exitCode = await main();
