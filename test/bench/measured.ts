import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { endWithUs } from "../devnet/children.ts";

/** A process that ran to its end, and what it took. */
export type Measured = {
  readonly ms: number;
  /** CPU time of all its threads, in ticks of 10 ms; NaN where there is no /proc. It moves less with a machine's load. */
  readonly cpuMs: number;
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
    const [begun, cpuBefore] = [performance.now(), childrensCpuMs()];
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
      if (code === 0) resolve({ ms, cpuMs: childrensCpuMs() - cpuBefore, peakMb, out });
      else reject(new Error(`${command} ${args[0]} ended with ${code ?? signal}: ${(said + out).slice(-2_000)}`));
    });
  });
}

/** What children that ended have used: one after the other, or it is nobody's. */
function childrensCpuMs(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    // After the name in parentheses: the 14th and 15th fields are ended children's user and system time (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return Number.NaN;
  }
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
