import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildDevnet } from "./build.ts";
import { forget, removeWithUs } from "./children.ts";
import { type DevnetAccount, makeHomes, type NodeHome, newAccount } from "./home.ts";
import { logTail, type NodeProcess, startNode } from "./node-process.ts";
import { type DevnetOptions, type DevnetSettings, settled } from "./options.ts";
import { freePorts } from "./ports.ts";

/** A real chain that runs on this machine. */
export type Devnet = {
  readonly chainId: string;
  readonly prefix: string;
  readonly denom: string;
  /** CometBFT RPC of the first node. It stays the same over restarts and resets. */
  readonly rpcUrl: string;
  /** CometBFT RPC of every node. */
  readonly rpcUrls: readonly string[];
  /** Prometheus' numbers of every node. */
  readonly metricsUrls: readonly string[];
  /** An account with {@link fundedAmount} base units from genesis on; the same after a reset. */
  readonly funded: DevnetAccount;
  /** The first node's process. It changes with every restart. */
  pid(): number;
  /** Every node's folder. */
  readonly homes: readonly string[];
  /** The first node's newest block. Throws when it doesn't answer. */
  height(): Promise<number>;
  /** Resolves with the first height seen that is at least `height`. Throws after `timeoutMs` (default 30 s). */
  waitForHeight(height: number, timeoutMs?: number): Promise<number>;
  /** Ends the nodes in order and removes their folders, unless `homeDir` was given. For good. */
  stop(): Promise<void>;
  /** SIGKILL to one node, or to all. */
  kill9(node?: number): Promise<void>;
  /** Starts the nodes that don't run, on what they stored. Resolves when a new block is there. */
  restart(): Promise<void>;
  /** The same chain id begins again at block 1, with new hashes, the same accounts and addresses. */
  resetChain(): Promise<void>;
};

/** What {@link Devnet.funded} has at genesis, in base units. */
export const fundedAmount = 1_000_000_000_000_000n;

/**
 * Builds the chain if need be, makes a genesis and starts the nodes. Resolves when the first node shows
 * block 2, so that queries work. Throws with the end of the log when a node ends or makes no block in 60 s.
 */
export async function startChain(options: DevnetOptions = {}): Promise<Devnet> {
  const asked = settled(options);
  const binary = await buildDevnet();
  const root = options.homeDir ?? (await mkdtemp(join(tmpdir(), "devnet-")));
  if (options.homeDir === undefined) removeWithUs(root);
  const funded = await newAccount(binary, asked, root);
  const accounts = [...asked.accounts, { address: funded.address, amount: fundedAmount }];
  const settings = { ...asked, accounts };
  const ports = await freePorts(settings.validators * 3);
  const homes = Array.from({ length: settings.validators }, (_, index) => ({
    dir: join(root, `node-${index}`),
    rpcPort: ports[index * 3] ?? 0,
    p2pPort: ports[index * 3 + 1] ?? 0,
    metricsPort: ports[index * 3 + 2] ?? 0,
  }));
  const chain = new RunningChain(binary, settings, homes, funded);
  const devnet = chain.handle(async () => {
    await chain.stopNodes();
    if (options.homeDir !== undefined) return;
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
    forget(root);
  });
  try {
    await makeHomes(binary, settings, homes);
    await chain.start(2);
  } catch (error) {
    await devnet.stop();
    throw error;
  }
  return devnet;
}

class RunningChain {
  private readonly binary: string;
  private readonly settings: DevnetSettings;
  private readonly homes: readonly NodeHome[];
  private readonly urls: readonly string[];
  private readonly funded: DevnetAccount;
  private nodes: NodeProcess[] = [];

  constructor(binary: string, settings: DevnetSettings, homes: readonly NodeHome[], funded: DevnetAccount) {
    this.funded = funded;
    this.binary = binary;
    this.settings = settings;
    this.homes = homes;
    this.urls = homes.map(({ rpcPort }) => `http://127.0.0.1:${rpcPort}`);
  }

  handle(stop: () => Promise<void>): Devnet {
    const { chainId, prefix, denom } = this.settings;
    return {
      chainId,
      prefix,
      denom,
      rpcUrl: this.urls[0] ?? "",
      rpcUrls: this.urls,
      metricsUrls: this.homes.map(({ metricsPort }) => `http://127.0.0.1:${metricsPort}/metrics`),
      funded: this.funded,
      homes: this.homes.map(({ dir }) => dir),
      pid: () => this.nodes[0]?.pid ?? 0,
      height: () => heightOf(this.urls[0] ?? ""),
      waitForHeight: (height, timeoutMs = 30_000) => this.reach(height, timeoutMs),
      stop,
      kill9: async (node) => {
        await Promise.all(
          this.nodes.filter((_, index) => node === undefined || index === node).map((each) => each.kill9()),
        );
      },
      restart: () => this.restart(),
      resetChain: async () => {
        await this.stopNodes();
        await makeHomes(this.binary, this.settings, this.homes);
        await this.start(2);
      },
    };
  }

  async start(height: number): Promise<void> {
    this.nodes = this.homes.map((home, index) => {
      const node = this.nodes[index];
      return node !== undefined && node.ended() === null ? node : startNode(this.binary, this.settings, home);
    });
    await this.reach(height, 60_000);
  }

  async stopNodes(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** The store may be ahead of what was seen before the kill, so "one more block" is counted from what it shows. */
  private async restart(): Promise<void> {
    await this.start(1);
    await this.reach((await heightOf(this.urls[0] ?? "")) + 1, 60_000);
  }

  private async reach(height: number, timeoutMs: number): Promise<number> {
    const deadline = Date.now() + timeoutMs;
    let word = "";
    while (Date.now() < deadline) {
      try {
        const seen = await heightOf(this.urls[0] ?? "");
        if (seen >= height) return seen;
        word = `it is at height ${seen}`;
      } catch (error) {
        word = `it doesn't answer: ${error instanceof Error ? error.message : error}`;
        this.throwIfEnded();
      }
      await sleep(Math.min(100, this.settings.blockTimeMs / 2));
    }
    throw new Error(`The node is not at height ${height} after ${timeoutMs} ms; ${word}\n${this.tail(0)}`);
  }

  private throwIfEnded(): void {
    this.nodes.forEach((node, index) => {
      const end = node.ended();
      if (end !== null) throw new Ended(`Node ${index} of the test chain ended (${end}):\n${this.tail(index)}`);
    });
  }

  private tail(index: number): string {
    const home = this.homes[index];
    return home === undefined ? "" : logTail(home);
  }
}

/** A node ended while it was waited for. */
class Ended extends Error {
  override name = "NodeEnded";
}

async function heightOf(rpcUrl: string): Promise<number> {
  const answer = await fetch(`${rpcUrl}/status`, { signal: AbortSignal.timeout(5_000) });
  const { result } = (await answer.json()) as { result: { sync_info: { latest_block_height: string } } };
  return Number(result.sync_info.latest_block_height);
}
