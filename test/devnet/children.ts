import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";

const running = new Set<ChildProcess>();
const folders = new Set<string>();
let armed = false;

/** Kills the process when this one ends, however it ends short of SIGKILL. */
export function endWithUs(child: ChildProcess): void {
  arm();
  running.add(child);
  child.once("exit", () => running.delete(child));
}

/** Removes the folder when this process ends. */
export function removeWithUs(folder: string): void {
  arm();
  folders.add(folder);
}

/** The folder was removed, or is to be kept after all. */
export function forget(folder: string): void {
  folders.delete(folder);
}

function arm(): void {
  if (armed) return;
  armed = true;
  process.on("exit", sweep);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // Someone else listens: theirs is the orderly end, and "exit" still sweeps after it.
      if (process.listenerCount(signal) > 1) return;
      sweep();
      process.exit(1);
    });
  }
}

function sweep(): void {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
