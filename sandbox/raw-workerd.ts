import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { migrationsTable, readMigrations } from "./migrations.ts";
import { writeCapnp } from "./raw/capnp.ts";

const root = new URL("..", import.meta.url).pathname;
const readyMsMax = 20_000;

/** How to run the Worker in a bare workerd. */
export type RawWorkerdOptions = {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Whole network files; the first is the default. */
  readonly networks: readonly { readonly chainId: string }[];
  readonly faucetMnemonic: string;
  /** Durable Objects, D1 and the log `workerd.log` are kept here. Start again on it to go on after a kill. */
  readonly stateDir: string;
  /** Further settings, such as GENERATION or DEPLOYMENT_ID. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Options of V8: a benchmark takes its heap down to what the platform grants. */
  readonly v8Flags?: readonly string[];
};

/** A running workerd. */
export type RawWorkerd = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Of workerd itself, not of a wrapper. */
  readonly pid: number;
  /** SIGKILL; resolves when the process is gone. What it had made durable is on disk. */
  kill9(): Promise<void>;
  /** SIGTERM; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Runs the Worker's cron now. */
  scheduled(): Promise<void>;
  /** Rows of a statement on the read model. */
  query(sql: string): Promise<Record<string, unknown>[]>;
};

/**
 * Runs the bundle that is deployed in workerd itself: real Durable Object storage on disk that survives `kill -9`,
 * and no proxy of wrangler's before it. Resolves when /healthz answers; rejects with workerd's own words otherwise.
 */
export async function startRawWorkerd(options: RawWorkerdOptions): Promise<RawWorkerd> {
  const port = options.port === 0 ? await freePort() : options.port;
  const controlPort = await freePort();
  const stateDir = resolve(options.stateDir);
  const storageDir = join(stateDir, "objects");
  mkdirSync(storageDir, { recursive: true, mode: 0o700 });
  const configFile = join(stateDir, "workerd.capnp");
  const settings = {
    NETWORKS: options.networks.map((network) => network.chainId).join(","),
    NETWORK_FILES: JSON.stringify(options.networks),
    FAUCET_MNEMONIC: options.faucetMnemonic,
    ...options.settings,
  };
  const bundleFile = await bundle();
  const v8 = options.v8Flags === undefined ? {} : { v8Flags: options.v8Flags };
  const config = { port, controlPort, bundleFile, storageDir, settings, compatibilityDate: compatibilityDate(), ...v8 };
  writeFileSync(configFile, writeCapnp(config), { mode: 0o600 });
  const child = spawn(workerdBinary(), ["serve", "--experimental", configFile], { stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const control = `http://127.0.0.1:${controlPort}`;
  const lastWords = keepLog(child, join(stateDir, "workerd.log"));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  try {
    await untilUp(child, `http://127.0.0.1:${port}/healthz`, lastWords);
    await migrate(control);
    await post(`${control}/scheduled`, "");
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    kill9: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    scheduled: async () => {
      await post(`${control}/scheduled`, "");
    },
    query: (sql) => query(control, [{ sql }]),
  };
}

let bundled: Promise<string> | null = null;

/** The bundle as `wrangler deploy` would upload it; made once a process. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    const outDir = mkdtempSync(join(tmpdir(), "wellspring-bundle-"));
    process.once("exit", () => rmSync(outDir, { recursive: true, force: true }));
    const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");
    const quiet = {
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    };
    await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", outDir], {
      cwd: root,
      env: { ...process.env, ...quiet, WRANGLER_SEND_ERROR_REPORTS: "false" },
    });
    return join(outDir, "main.js");
  })();
  return bundled;
}

/** Wrangler brings workerd; its package exports the path of the binary for this machine. */
function workerdBinary(): string {
  const wrangler = createRequire(join(root, "node_modules/wrangler/package.json"));
  const { default: path }: { default: string } = wrangler("workerd");
  return path;
}

function compatibilityDate(): string {
  const toml = readFileSync(join(root, "wrangler.toml"), "utf8");
  const date = /^compatibility_date = "(.+)"$/m.exec(toml)?.[1];
  if (!date) throw new Error("wrangler.toml has no compatibility_date");
  return date;
}

/** Writes the process's output to a file; answers its last lines on demand. */
function keepLog(child: ChildProcess, file: string): () => string {
  const out = createWriteStream(file, { flags: "a", mode: 0o600 });
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      out.write(chunk);
      tail = (tail + chunk.toString("utf8")).slice(-2_000);
    });
  }
  child.once("close", () => out.end());
  return () => tail;
}

async function untilUp(child: ChildProcess, url: string, lastWords: () => string): Promise<void> {
  const endMs = Date.now() + readyMsMax;
  while (Date.now() < endMs) {
    if (child.exitCode !== null) throw new Error(`workerd ended with ${child.exitCode}:\n${lastWords()}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`workerd did not answer within ${readyMsMax} ms:\n${lastWords()}`);
}

async function migrate(control: string): Promise<void> {
  await query(control, [{ sql: migrationsTable }]);
  const rows = await query(control, [{ sql: "SELECT name FROM d1_migrations" }]);
  const applied = new Set(rows.map((row) => row.name));
  for (const { name, statements } of readMigrations().filter((migration) => !applied.has(migration.name))) {
    const done = { sql: "INSERT INTO d1_migrations(name) VALUES (?)", params: [name] };
    await query(control, [...statements.map((sql) => ({ sql })), done]);
  }
}

type Query = { readonly sql: string; readonly params?: readonly string[] };

/** Runs the statements in one transaction; answers the rows of the first. */
async function query(control: string, queries: readonly Query[]): Promise<Record<string, unknown>[]> {
  const answer = await post(`${control}/query`, JSON.stringify(queries));
  if (!Array.isArray(answer)) throw new Error(`D1: ${JSON.stringify(answer)}`);
  const [first] = answer as { results: Record<string, unknown>[] }[];
  return first?.results ?? [];
}

async function post(url: string, body: string): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer.json();
}
