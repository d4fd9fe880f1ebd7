import { spawn, spawnSync } from "node:child_process";
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
  const signal = (name: NodeJS.Signals | 0) => {
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
  return { url, output: () => printed, stop, alive: () => signal(0) };
}

/** Runs `npm run reset` for a state folder; answers its exit code and what it printed. */
export function resetState(stateDir: string): { code: number | null; output: string } {
  const env = launcherEnv(0, stateDir);
  const run = spawnSync("npm", ["run", "--silent", "reset"], { cwd: root, env, encoding: "utf8", timeout: 30_000 });
  return { code: run.status, output: run.stdout + run.stderr };
}
