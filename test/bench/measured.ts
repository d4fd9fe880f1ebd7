import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { endWithUs } from "../devnet/children.ts";

/** A process that ran to its end, and what it took. */
export type Measured = {
  readonly ms: number;
  /** The most memory it had resident, seen every 20 ms; NaN where there is no /proc. */
  readonly peakMb: number;
  readonly out: string;
};

const outMax = 100_000;

/** Runs a command to its end. Throws with its own words when it fails or takes longer than `timeoutMs`. */
export function measured(
  command: string,
  args: readonly string[],
  { env = process.env, timeoutMs = 600_000 }: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: timeoutMs });
    endWithUs(child);
    let [out, said, peakMb] = ["", "", Number.NaN];
    const watch = setInterval(() => {
      const seen = peakOf(child.pid ?? 0);
      if (seen !== null) peakMb = seen;
    }, 20);
    child.stdout.on("data", (chunk: Buffer) => {
      out = (out + chunk.toString()).slice(-outMax);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-outMax);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      const ms = performance.now() - begun;
      if (code === 0) resolve({ ms, peakMb, out });
      else reject(new Error(`${command} ${args[0]} ended with ${code ?? signal}: ${(said + out).slice(-2_000)}`));
    });
  });
}

/** The kernel keeps the high-water mark, so only what came in the last milliseconds can be missed. */
function peakOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
