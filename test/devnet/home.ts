import { spawn } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DevnetSettings } from "./options.ts";
import { setToml } from "./toml.ts";

/** One node's folder and ports; without a port for Prometheus it tells that no numbers. */
export type NodeHome = {
  readonly dir: string;
  readonly rpcPort: number;
  readonly p2pPort: number;
  readonly metricsPort?: number;
};

/** A validator's own coins, and how many of them it stakes. */
const validatorCoins = 1_000_000_000_000n;
const stakedCoins = 500_000_000_000n;

/** The environment that every command of one chain shares. */
export function chainEnvironment(settings: DevnetSettings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DEVNET_PREFIX: settings.prefix,
    DEVNET_DENOM: settings.denom,
    DEVNET_MAX_MESSAGES: String(settings.maxMessages),
    DEVNET_MAX_GAS: String(settings.maxGas),
  };
}

/** What operators have before a ceremony: folders with keys, a genesis without validators, and their gentxs. */
export type Operators = {
  /** The nodes with their ids, in the order of their homes. */
  readonly nodes: readonly { readonly home: NodeHome; readonly id: string }[];
  /** The genesis with every account in it and no gentx. */
  readonly baseFile: string;
  /** Where the gentxs lie, one for each home, as the real binary made and signed them. */
  readonly gentxFolder: string;
};

/**
 * Makes the nodes' folders from nothing: keys, a genesis with every account, and a gentx for each. What was in the
 * folders is removed. Throws with the command's own words when one fails.
 */
export async function makeOperators(
  binary: string,
  settings: DevnetSettings,
  homes: readonly NodeHome[],
): Promise<Operators> {
  const run = (home: NodeHome, ...args: string[]) =>
    runCommand(binary, [...args, "--home", home.dir], chainEnvironment(settings));
  await Promise.all(homes.map(({ dir }) => rm(dir, { recursive: true, force: true })));
  const made = await Promise.all(
    homes.map(async (home, index) => {
      const chain = ["--chain-id", settings.chainId, "--default-denom", settings.denom];
      await run(home, "init", `validator-${index}`, ...chain);
      const added = await run(home, "keys", "add", "val", "--keyring-backend", "test", "--output", "json");
      const id = (await run(home, "comet", "show-node-id")).trim();
      return { home, id, address: (JSON.parse(added) as { address: string }).address };
    }),
  );
  const validators = made.map(({ address }) => ({ address, amount: validatorCoins }));
  const [first] = homes;
  if (first === undefined) throw new Error("A devnet needs at least one node");
  const baseFile = genesisOf(first);
  await addAccounts(baseFile, settings.denom, [...validators, ...settings.accounts]);
  const gentxFolder = join(first.dir, "config", "gentx");
  await mkdir(gentxFolder, { recursive: true });
  await Promise.all(
    made.map(async ({ home, id }, index) => {
      if (home !== first) await copyFile(baseFile, genesisOf(home));
      const stake = `${stakedCoins}${settings.denom}`;
      const signer = ["--chain-id", settings.chainId, "--keyring-backend", "test", "--moniker", `validator-${index}`];
      const peer = ["--ip", "127.0.0.1", "--p2p-port", String(home.p2pPort), "--node-id", id];
      const file = join(gentxFolder, `gentx-${index}.json`);
      await run(home, "genesis", "gentx", "val", stake, ...signer, ...peer, "--output-document", file);
    }),
  );
  return { nodes: made.map(({ home, id }) => ({ home, id })), baseFile, gentxFolder };
}

/** Puts a genesis into every node's folder and configures the nodes, each with the others as its peers. */
export async function settleHomes(
  { nodes }: Pick<Operators, "nodes">,
  settings: DevnetSettings,
  genesis: string,
): Promise<void> {
  await Promise.all(
    nodes.map(async ({ home }) => {
      await writeFile(genesisOf(home), genesis);
      const peers = nodes
        .filter((other) => other.home !== home)
        .map(({ id, home: { p2pPort } }) => `${id}@127.0.0.1:${p2pPort}`);
      await configure(home, settings, peers);
    }),
  );
}

/** Makes folders that are ready to start on what the chain's own tool collected; see {@link makeOperators}. */
export async function makeHomes(binary: string, settings: DevnetSettings, homes: readonly NodeHome[]): Promise<void> {
  const operators = await makeOperators(binary, settings, homes);
  const [first] = operators.nodes;
  if (first === undefined) throw new Error("A devnet needs at least one node");
  const collect = ["genesis", "collect-gentxs", "--gentx-dir", operators.gentxFolder, "--home", first.home.dir];
  await runCommand(binary, collect, chainEnvironment(settings));
  await settleHomes(operators, settings, await readFile(operators.baseFile, "utf8"));
}

/** An account with a key of its own. */
export type DevnetAccount = { readonly address: string; readonly mnemonic: string };

/** Makes a key that is stored nowhere (coin type 118, first account). */
export async function newAccount(binary: string, settings: DevnetSettings, root: string): Promise<DevnetAccount> {
  const args = ["keys", "add", "funded", "--dry-run", "--output", "json", "--home", join(root, "keys")];
  const { address, mnemonic } = JSON.parse(await runCommand(binary, args, chainEnvironment(settings))) as DevnetAccount;
  return { address, mnemonic };
}

const genesisOf = (home: NodeHome) => join(home.dir, "config", "genesis.json");

type Genesis = { app_state: { auth: { accounts: object[] }; bank: { balances: object[] } } };

/** One write instead of a command an account. The bank module adds up the supply, as it is left empty. */
async function addAccounts(file: string, denom: string, accounts: DevnetSettings["accounts"]): Promise<void> {
  const genesis = JSON.parse(await readFile(file, "utf8")) as Genesis;
  for (const { address, amount } of accounts) {
    const type = "/cosmos.auth.v1beta1.BaseAccount";
    genesis.app_state.auth.accounts.push({ "@type": type, address, pub_key: null, account_number: "0", sequence: "0" });
    genesis.app_state.bank.balances.push({ address, coins: [{ denom, amount: amount.toString() }] });
  }
  await writeFile(file, JSON.stringify(genesis, null, 2));
}

async function configure(home: NodeHome, settings: DevnetSettings, peers: readonly string[]): Promise<void> {
  const folder = join(home.dir, "config");
  const { blockTimeMs } = settings;
  // The waits for proposal and votes follow the block time down, so that one lost round doesn't cost seconds;
  // not below what several nodes on one busy core need.
  const round = `"${Math.min(3000, Math.max(500, blockTimeMs * 2))}ms"`;
  const votes = `"${Math.min(1000, Math.max(300, blockTimeMs))}ms"`;
  const config = setToml(await readFile(join(folder, "config.toml"), "utf8"), {
    "rpc.laddr": `"tcp://127.0.0.1:${home.rpcPort}"`,
    "rpc.pprof_laddr": '""',
    "p2p.laddr": `"tcp://127.0.0.1:${home.p2pPort}"`,
    "p2p.persistent_peers": `"${peers.join(",")}"`,
    "p2p.addr_book_strict": "false",
    "p2p.allow_duplicate_ip": "true",
    "p2p.pex": "false",
    "consensus.timeout_commit": `"${blockTimeMs}ms"`,
    "consensus.timeout_propose": round,
    "consensus.timeout_prevote": votes,
    "consensus.timeout_precommit": votes,
    "tx_index.indexer": `"${settings.indexer}"`,
    "instrumentation.prometheus": String(home.metricsPort !== undefined),
    "instrumentation.prometheus_listen_addr": `"127.0.0.1:${home.metricsPort ?? 0}"`,
  });
  await writeFile(join(folder, "config.toml"), config);
  const app = setToml(await readFile(join(folder, "app.toml"), "utf8"), {
    "minimum-gas-prices": `"${settings.minGasPrice}${settings.denom}"`,
    "api.enable": "false",
    "grpc.enable": "false",
    "grpc-web.enable": "false",
  });
  await writeFile(join(folder, "app.toml"), app);
}

function runCommand(binary: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
    let out = "";
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`devnet ${args.slice(0, 2).join(" ")} failed (exit ${code}): ${said}`));
    });
  });
}
