import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { adminKeys, adminRoles } from "./admin-keys.ts";
import { logKey } from "./ceremony-network.ts";
import { networkOf } from "./test-networks.ts";

/** A network of such a house. */
export type NetworkSpec = {
  /** That part of the network file. */
  readonly faucet?: Readonly<Record<string, unknown>>;
  /** Default 200; "manual": a block is made by hand alone. */
  readonly blockTimeMs?: number | "manual";
  /** What the faucet holds, in usand; default plenty. */
  readonly amount?: bigint;
};

/** The deployed bundle in a bare workerd, on sandbox chains. */
export type RawHouse<Id extends string> = {
  readonly chains: Readonly<Record<Id, SandboxChain>>;
  readonly stateDir: string;
  readonly worker: RawWorkerd;
  /** Ends the Worker and starts it on the same storage, with further settings; `between` runs while it is down. */
  restart(settings: Readonly<Record<string, string>>, between: () => void): Promise<void>;
  stop(): Promise<void>;
};

/** What every network pays, in usand. */
export const rawDrip = 1_000_000n;

/**
 * Starts a chain for each network, and one Worker that serves all of them. `more` are whole network files whose chains
 * are not started, as those with a ceremony.
 */
export async function startRawHouse<Id extends string>(
  specs: Readonly<Record<Id, NetworkSpec>>,
  more: readonly { readonly chainId: string }[] = [],
): Promise<RawHouse<Id>> {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-house-"));
  const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
  const [account] = await wallet.getAccounts();
  const chains = {} as Record<Id, SandboxChain>;
  const networks: { readonly chainId: string }[] = [];
  for (const [chainId, spec] of Object.entries(specs) as [Id, NetworkSpec][]) {
    const { faucet = {}, blockTimeMs = 200, amount = 10n ** 18n } = spec;
    const genesis = [{ address: account?.address ?? "", coins: [{ denom: "usand", amount }] }];
    chains[chainId] = await startSandboxChain({ chainId, prefix: "sand", denom: "usand", genesis, blockTimeMs });
    networks.push(networkOf(chainId, chains[chainId].rpcUrl, faucet));
  }
  networks.push(...more);
  const start = (changed: Readonly<Record<string, string>>) => {
    const settings = {
      CHALLENGE_SECRET: "the challenge secret of tests, long enough",
      ADMIN_KEYS: (["operator", "viewer", "coordinator", "both"] as const)
        .map((who) => adminKeyEntry(adminKeys[who], adminRoles[who]))
        .join(","),
      LOG_KEY: logKey,
      ...changed,
    };
    return startRawWorkerd({ port: 0, networks, faucetMnemonic: wallet.mnemonic, stateDir, settings });
  };
  const stopChains = async () => {
    for (const chain of Object.values<SandboxChain>(chains)) await chain.stop();
    rmSync(stateDir, { recursive: true, force: true });
  };
  let worker = await start({}).catch(async (error: unknown) => {
    await stopChains();
    throw error;
  });
  return {
    chains,
    stateDir,
    get worker() {
      return worker;
    },
    restart: async (settings, between) => {
      await worker.stop();
      between();
      worker = await start(settings);
    },
    stop: async () => {
      await worker.stop();
      await stopChains();
    },
  };
}
