import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { factsOf } from "../../docs-site/pages/facts.ts";
import { nodeKit } from "../../docs-site/pages/kits.ts";
import { type Network, readNetwork } from "../../networks/schema.ts";
import { type DevServer, startDevServer } from "../../sandbox/dev-server.ts";
import { newAdminKey } from "../../sandbox/operator/admin-key.ts";
import { addressOf, faucetMnemonic } from "../../sandbox/state-dir.ts";
import { read } from "../architecture/tree.ts";
import { buildDevnet } from "../devnet/build.ts";
import { freePorts } from "../devnet/ports.ts";
import { layOut } from "../docs-site/kit-files.ts";
import { Reader } from "./guide-runner.ts";

/** What tests read of a network file. */
type Content = {
  readonly chainId: string;
  readonly bech32Prefix: string;
  readonly denoms: readonly { readonly denom: string }[];
  readonly node: {
    readonly binary: string;
    readonly home: string;
    readonly allocation: string;
    readonly unjail?: boolean;
  };
};

const paw = JSON.parse(read("networks/paw-testnet-1.json")) as Content;
const ceremony = {
  closesAt: "2027-01-15T15:00:00Z",
  genesisTime: "2027-01-18T15:00:00Z",
  // Hours can't pass in a test; that they must is tested where time is given.
  sealLeadHours: 0,
};
/** A network whose program has the SDK's usual commands. */
export const plain = {
  chainId: "guide-1",
  name: "Guide",
  driver: "cosmos",
  bech32Prefix: "guide",
  denoms: [{ denom: "uguide", display: "GUIDE", exponent: 6 }],
  cosmos: { gasPrice: { denom: "uguide", milliAmount: 1 } },
  faucet: { drips: [{ denom: "uguide", amount: "20000000" }], cooldownSeconds: 60 },
  node: { binary: "guided", home: "~/.guided", stake: "100000000", allocation: "900000000" },
  ceremony: { ...ceremony, memoRequired: true },
};
/** PAW's own network file, with its gentxs in the staking state. */
export const inPawsShape = { ...paw, ceremony: { ...ceremony, style: "staking-state" } };

/** A network's Worker, and readers who have nothing but its binary. */
export type Ground = {
  readonly first: Reader;
  readonly second: Reader;
  readonly operator: Reader;
  readonly late: Reader;
  readonly payer: string;
  readonly api: string;
  readonly metricsUrl: string;
  /** A folder with the network's monitoring files: what the site has of them hangs on who built it last. */
  readonly kit: string;
  peerOf(reader: Reader): Promise<string>;
  stop(): Promise<void>;
};

/** A Worker that serves the network, and readers who have nothing but its binary and an empty folder each. */
export async function makeGround(content: Record<string, unknown>): Promise<Ground> {
  const root = await mkdtemp(join(tmpdir(), "wellspring-guides-"));
  const [port, metrics, rpc, p2p, ...late] = (await freePorts(6)) as [number, number, number, number, number, number];
  const rpcUrl = `http://127.0.0.1:${rpc}`;
  const network = readNetwork("the guides' network", {
    ...content,
    cosmos: { ...(content.cosmos as object), rpc: [rpcUrl] },
  });
  const facts = factsOf(network);
  if (facts === null || network.node === undefined) throw new Error("a network without a node has no guides");
  const program = await putProgram(join(root, "bin"), network.node.binary);
  const mnemonic = await faucetMnemonic(root);
  const keys = { first: newAdminKey("first", ["coordinator"]), second: newAdminKey("second", ["coordinator"]) };
  const server: DevServer = await startDevServer({
    port,
    networks: [network],
    faucetMnemonic: mnemonic,
    stateDir: join(root, "worker"),
    settings: {
      ADMIN_KEYS: `${keys.first.entry},${keys.second.entry}`,
      LOG_KEY: randomBytes(32).toString("base64"),
    },
  });
  const reader = (name: string, more: NodeJS.ProcessEnv, ports: readonly [rpc: number, p2p: number]) =>
    new Reader(join(root, name), facts, {
      ...environmentOf(network, join(root, name), program, ports),
      SITE: server.url,
      WELLSPRING: join(import.meta.dirname, "../.."),
      MONIKER: name,
      ...more,
    });
  const readers = {
    first: reader("first", { ADMIN_KEY: keys.first.key }, [rpc, p2p]),
    second: reader("second", { ADMIN_KEY: keys.second.key }, [rpc, p2p]),
    operator: reader("operator", metricsOn(network, metrics), [rpc, p2p]),
    late: reader("late", {}, late),
  };
  return {
    ...readers,
    api: `${server.url}/api/v1/networks/${network.chainId}`,
    kit: layOut(nodeKit(facts), join(root, "kit")),
    metricsUrl: `http://127.0.0.1:${metrics}/metrics`,
    payer: await addressOf(mnemonic, network.bech32Prefix),
    peerOf: async (of) => `${await of.ask(`${network.node?.binary} tendermint show-node-id`)}@127.0.0.1:${p2p}`,
    stop: async () => {
      await Promise.all(Object.values(readers).map((each) => each.stop()));
      await server.stop();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The devnet's binary under the network's own name. */
async function putProgram(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await copyFile(await buildDevnet(), join(folder, name));
  await chmod(join(folder, name), 0o755);
  return folder;
}

/** What makes the devnet's binary this network's program, and what keeps two nodes apart on one machine. */
function environmentOf(network: Network, home: string, program: string, [rpc, p2p]: readonly [number, number]) {
  const { home: folder = "", commands } = network.node ?? {};
  const own = ownSetting(network);
  return {
    PATH: `${program}:${process.env.PATH}`,
    HOME: home,
    KEYRING: "test",
    RPC: `http://127.0.0.1:${rpc}`,
    DEVNET_HOME: folder.replace("~", home),
    DEVNET_PREFIX: network.bech32Prefix,
    DEVNET_DENOM: network.denoms[0]?.denom,
    DEVNET_TOP_LEVEL: commands === "top-level" ? "1" : "",
    [own("RPC_LADDR")]: `tcp://127.0.0.1:${rpc}`,
    [own("RPC_PPROF_LADDR")]: "",
    [own("P2P_LADDR")]: `tcp://127.0.0.1:${p2p}`,
    [own("P2P_ADDR_BOOK_STRICT")]: "false",
    [own("CONSENSUS_TIMEOUT_COMMIT")]: "300ms",
    [own("GRPC_ENABLE")]: "false",
    [own("API_ENABLE")]: "false",
  };
}

/** The name under which the program reads a setting of its files from the environment. */
function ownSetting({ node }: Network): (name: string) => string {
  return (name) => `${node?.binary.toUpperCase()}_${name}`;
}

function metricsOn(network: Network, port: number) {
  const own = ownSetting(network);
  return {
    [own("INSTRUMENTATION_PROMETHEUS")]: "true",
    [own("INSTRUMENTATION_PROMETHEUS_LISTEN_ADDR")]: `127.0.0.1:${port}`,
  };
}

/** A time so many seconds from now. */
export const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** The last object that jq printed. */
export function lastJson(said: string): unknown {
  return JSON.parse(said.slice(`\n${said}`.lastIndexOf("\n{")));
}
