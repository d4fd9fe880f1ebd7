import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../sandbox/free-port.ts";

/** A Prometheus of our own. */
export type Prometheus = {
  /** What its HTTP API answers at a path below /api/v1/. */
  ask<Data>(path: string): Promise<Data>;
  stop(): Promise<void>;
};

/** Starts Prometheus on the `prometheus.yml` of a folder. Rejects with its own words when it ends. */
export async function startPrometheus(folder: string): Promise<Prometheus> {
  const port = await freePort();
  const options = [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn("prometheus", options, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const gone = new Promise<void>((done) => child.once("close", () => done()));
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await gone;
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => null);
    if (ready?.ok === true) return { ask: (path) => ask(port, path), stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`Prometheus did not start: ${said}`);
}

async function ask<Data>(port: number, path: string): Promise<Data> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
  return ((await answer.json()) as { data: Data }).data;
}
