import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endWithUs } from "./children.ts";
import { chainEnvironment, type NodeHome } from "./home.ts";
import type { DevnetSettings } from "./options.ts";

/** A node that runs, or ran. */
export type NodeProcess = {
  readonly pid: number;
  /** Null while it runs; then its exit code or signal. */
  ended(): string | null;
  /** SIGTERM, and SIGKILL after 10 s. Resolves when it is gone; at once when it already is. */
  stop(): Promise<void>;
  /** SIGKILL. Resolves when it is gone. */
  kill9(): Promise<void>;
};

/** The node's output goes to this file in its folder; restarts append. */
export const logFile = "node.log";

/** Starts a node on a folder that is ready. It does not wait until the node answers. */
export function startNode(binary: string, settings: DevnetSettings, home: NodeHome): NodeProcess {
  const pinned = settings.pinCpu !== null && spawnSync("taskset", ["--version"]).status === 0;
  const pin = pinned ? ["taskset", "-c", String(settings.pinCpu)] : [];
  const [command = binary, ...args] = [...pin, binary, "start", "--home", home.dir];
  const log = openSync(join(home.dir, logFile), "a");
  const child = spawn(command, args, {
    // The node ends when this pipe closes: it can't outlive us, even if we are killed.
    stdio: ["pipe", log, log],
    env: { ...chainEnvironment(settings), DEVNET_EXIT_ON_STDIN: "1" },
  });
  closeSync(log);
  endWithUs(child);
  child.unref();
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  // A chain that was forgotten holds no process up; one that is waited for does.
  const gone = () => {
    child.ref();
    return exited;
  };
  return {
    pid: child.pid ?? 0,
    ended: () => endOf(child),
    async stop() {
      if (endOf(child) !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone();
      clearTimeout(late);
    },
    async kill9() {
      if (endOf(child) !== null) return;
      child.kill("SIGKILL");
      await gone();
    },
  };
}

function endOf(child: ChildProcess): string | null {
  if (child.pid === undefined) return "it could not be started";
  if (child.signalCode !== null) return `signal ${child.signalCode}`;
  return child.exitCode === null ? null : `exit code ${child.exitCode}`;
}

/** The last lines of a node's log, for an error message; "" when there is none. */
export function logTail(home: NodeHome, lines = 60): string {
  try {
    return readFileSync(join(home.dir, logFile), "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "";
  }
}
