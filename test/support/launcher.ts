import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root } from "../architecture/tree.ts";

/** A running `npm start`. */
export type Launched = {
  readonly url: string;
  /** All that it has printed so far. */
  output(): string;
  /** Ends it as Ctrl+C does and answers its exit code; what is left of it after 20 s is killed. */
  stop(): Promise<number | null>;
  /** Whether any process of it is left. */
  alive(): boolean;
};

const readyMs = 90_000;
const stopMs = 20_000;

/** The settings under which the launcher runs apart from a developer's own: its port, its folder. */
export function launcherEnv(port: number, stateDir: string): NodeJS.ProcessEnv {
  return { ...process.env, PORT: String(port), WELLSPRING_STATE: stateDir, NO_COLOR: "1" };
}

/** Runs `npm start` on a port with a state folder; resolves when it says that it is ready. */
export async function launch(port: number, stateDir: string): Promise<Launched> {
  const url = `http://127.0.0.1:${port}`;
  // A group of its own, so that the end of it can be seen, and nothing else is ever hit.
  const child = spawn("npm", ["start"], {
    cwd: root,
    env: launcherEnv(port, stateDir),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("npm start could not be spawned");
  let printed = "";
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const signal = (name: NodeJS.Signals) => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false;
    }
  };
  const stop = async () => {
    signal("SIGINT");
    const late = setTimeout(() => signal("SIGKILL"), stopMs);
    const code = await exited;
    // npm may end before what it started does.
    for (const until = Date.now() + stopMs; groupLives(pid) && Date.now() < until; ) await pause(50);
    clearTimeout(late);
    return code;
  };
  const ready = new Promise<void>((resolve, reject) => {
    const watch = (chunk: Buffer) => {
      printed += chunk.toString();
      if (/ready/i.test(printed) && printed.includes(url)) resolve();
    };
    child.stdout.on("data", watch);
    child.stderr.on("data", watch);
    setTimeout(() => reject(new Error(`npm start was not ready in ${readyMs} ms:\n${printed}`)), readyMs).unref();
    void exited.then((code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
  });
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: () => printed, stop, alive: () => groupLives(pid) };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function canSignal(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Whether a process of the group runs. One that ended and waits to be reaped (state Z) does not. */
function groupLives(group: number): boolean {
  if (!existsSync("/proc/self/stat")) return canSignal(group);
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      // `pid (name) state ppid pgrp …`, and the name may hold spaces. Source: proc_pid_stat(5).
      const [state, , pgrp] = readFileSync(`/proc/${entry}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      return Number(pgrp) === group && state !== "Z";
    } catch {
      return false;
    }
  });
}

/** Runs `npm run reset` for a state folder; answers its exit code and what it printed. */
export function resetState(stateDir: string): { code: number | null; output: string } {
  const env = launcherEnv(0, stateDir);
  const run = spawnSync("npm", ["run", "--silent", "reset"], { cwd: root, env, encoding: "utf8", timeout: 30_000 });
  return { code: run.status, output: run.stdout + run.stderr };
}
