import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isFree } from "./free-port.ts";
import { migrationsTable, readMigrations } from "./migrations.ts";

const root = new URL("..", import.meta.url).pathname;
const cron = "* * * * *";
const cronMs = 60_000;

/** How to serve the Worker for development. */
export type DevServerOptions = {
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Whole network files; the first is the default. */
  readonly networks: readonly { readonly chainId: string }[];
  readonly faucetMnemonic: string;
  /** Durable Objects and D1 are kept here between starts. */
  readonly stateDir: string;
  /** Further settings, such as ADMIN_KEYS. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** A running development server. */
export type DevServer = {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
};

/** The port is held by someone else. */
export class PortTaken extends Error {
  override name = "PortTaken";
}

/**
 * Serves the Worker and the page as `wrangler dev` does, with the read model migrated and cron run each minute.
 * Resolves when it answers. Throws {@link PortTaken}. Not for load: wrangler's proxy is the limit there.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { port, networks, faucetMnemonic } = options;
  if (!(await isFree(port))) throw new PortTaken(`port ${port} of 127.0.0.1 is taken`);
  const stateDir = resolve(options.stateDir);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  hushWrangler();
  // What builds the site (docs-site/build.js) makes guides of these networks too.
  process.env.NETWORK_FILES = JSON.stringify(networks);
  // Wrangler reads its environment when it is loaded.
  const { getPlatformProxy, unstable_startWorker: startWorker } = await import("wrangler");
  const config = join(root, "wrangler.toml");
  const proxy = await getPlatformProxy<{ DB: Database }>({
    configPath: writeDatabaseConfig(config, stateDir),
    envFiles: [],
    persist: { path: join(stateDir, "v3") },
  });
  try {
    await migrate(proxy.env.DB);
  } finally {
    await proxy.dispose();
  }
  const text = (value: string) => ({ type: "secret_text" as const, value });
  const worker = await startWorker({
    config,
    envFiles: [],
    bindings: {
      NETWORKS: text(networks.map((network) => network.chainId).join(",")),
      NETWORK_FILES: text(process.env.NETWORK_FILES),
      FAUCET_MNEMONIC: text(faucetMnemonic),
      // A puzzle lives for minutes: those of the last start are asked for anew.
      CHALLENGE_SECRET: text(randomBytes(32).toString("hex")),
      ...Object.fromEntries(Object.entries(options.settings ?? {}).map(([name, value]) => [name, text(value)])),
    },
    dev: {
      server: { hostname: "127.0.0.1", port },
      inspector: false,
      watch: false,
      logLevel: "warn",
      persist: stateDir,
    },
  });
  await worker.ready;
  const url = `http://127.0.0.1:${port}`;
  await runCron(url);
  // One that fails is made good by the next.
  const timer = setInterval(() => void runCron(url).catch(() => undefined), cronMs);
  return {
    url,
    stop: async () => {
      clearInterval(timer);
      await worker.dispose();
    },
  };
}

/** Local cron never fires by itself, and wrangler's `worker.scheduled` looks for the Worker in the wrong place. */
async function runCron(url: string): Promise<void> {
  const path = `/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`;
  const answer = await fetch(url + path, { signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`cron answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
}

/** A configuration with the database alone: the proxy has no Worker, and would warn of objects without one. */
function writeDatabaseConfig(config: string, dir: string): string {
  const toml = readFileSync(config, "utf8");
  const date = /^compatibility_date = .*$/m.exec(toml)?.[0];
  const database = /^\[\[d1_databases\]\]\n(?:\w.*\n)+/m.exec(toml)?.[0];
  if (!date || !database) throw new Error("wrangler.toml has no compatibility_date or no d1_databases");
  const file = join(dir, "database.toml");
  writeFileSync(file, `name = "wellspring"\n${date}\n${database}`);
  return file;
}

/** What of D1 the migrations use. */
type Database = {
  exec(sql: string): Promise<unknown>;
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
};
type Statement = {
  bind(...values: string[]): Statement;
  all(): Promise<{ results: Record<string, unknown>[] }>;
};

async function migrate(db: Database): Promise<void> {
  await db.exec(migrationsTable);
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map((row) => row.name));
  for (const { name, statements } of readMigrations().filter((migration) => !applied.has(migration.name))) {
    const done = db.prepare("INSERT INTO d1_migrations(name) VALUES (?)").bind(name);
    await db.batch([...statements.map((statement) => db.prepare(statement)), done]);
  }
}

/** No banner, no metrics, no look at the network. */
function hushWrangler(): void {
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_LOG: "warn",
  });
}
