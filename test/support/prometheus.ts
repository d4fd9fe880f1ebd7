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
  const told = (await answer.json()) as { status: string; data: Data; error?: string };
  if (told.status !== "success") throw new Error(`Prometheus refused ${path}: ${told.error}`);
  return told.data;
}

/** A target as Prometheus sees it. */
export type Target = {
  readonly health: string;
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
};

/** A rule as Prometheus sees it. */
export type Ruled = { readonly name: string; readonly health: string; readonly state: string };

/** The targets, once each was scraped, and the rules, once each was evaluated. Waits 45 s at most for either. */
export async function whenSettled({ ask }: Prometheus): Promise<{ targets: Target[]; rules: Ruled[] }> {
  const targets = await until(
    async () => (await ask<{ activeTargets: Target[] }>("targets")).activeTargets,
    (all) => all.length > 0 && all.every(({ health }) => health !== "unknown"),
  );
  const rules = await until(
    async () => (await ask<{ groups: { rules: Ruled[] }[] }>("rules")).groups.flatMap((group) => group.rules),
    (all) => all.every(({ health }) => health !== "unknown"),
  );
  return { targets, rules };
}

async function until<Value>(look: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; ; tries += 1) {
    const value = await look();
    if (good(value) || tries > 90) return value;
    await sleep(500);
  }
}

/** The answers to a dashboard's questions, by question; its choices are made. Throws where one is no PromQL. */
export async function askAll(
  { ask }: Prometheus,
  questions: readonly string[],
  choices: Readonly<Record<string, string>>,
): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  for (const question of questions) {
    const made = question.replace(/\$(\w+)/g, (whole, name: string) => choices[name] ?? whole);
    const { result } = await ask<{ result: unknown[] }>(`query?query=${encodeURIComponent(made)}`);
    answers.set(question, result.length);
  }
  return answers;
}
