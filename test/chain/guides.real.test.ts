import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guides } from "../../docs-site/pages/contents.ts";
import { factsOf } from "../../docs-site/pages/facts.ts";
import { type Network, readNetwork } from "../../networks/schema.ts";
import { type DevServer, startDevServer } from "../../sandbox/dev-server.ts";
import { newAdminKey } from "../../sandbox/operator/admin-key.ts";
import { addressOf, faucetMnemonic } from "../../sandbox/state-dir.ts";
import { read } from "../architecture/tree.ts";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { freePorts } from "../devnet/ports.ts";
import { Reader } from "./guide-runner.ts";

const paw = JSON.parse(read("networks/paw-testnet-1.json")) as {
  chainId: string;
  bech32Prefix: string;
  node: { binary: string };
};
const ceremony = {
  closesAt: "2027-01-15T15:00:00Z",
  genesisTime: "2027-01-18T15:00:00Z",
  // Hours can't pass in a test; that they must is tested where time is given.
  sealLeadHours: 0,
};
const plain = {
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
const inPawsShape = { ...paw, ceremony: { ...ceremony, style: "staking-state" } };

describe.skipIf(!goAvailable()).each([
  ["PAW's own network file", inPawsShape],
  ["the SDK's usual commands", plain],
])("the guides, followed to the letter with a real binary: %s", (_, content) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await makeGround(content);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("lead two coordinators and an operator from nothing to a chain that makes blocks", async () => {
    const { first, second, operator } = ground;
    const closesAt = soon(14);
    await first.set({ CLOSES_AT: closesAt, GENESIS_TIME: soon(34) });
    await first.follow("coordinator", "3.");
    // Whoever looks at the version first has a client without a chain id: init doesn't write it then.
    await operator.ask(`${content.node.binary} version`);
    // The coordinators open the ceremony while the operator makes a key.
    const address = (await operator.follow("before-launch", "4.")).trim().split("\n").at(-1) ?? "";
    expect(address).toMatch(new RegExp(`^${content.bech32Prefix}1`));
    await first.set({ OPERATORS: `${address} ${ground.payer}` });
    expect(lastJson(await first.follow("coordinator", "4."))).toMatchObject({ allocations: { accounts: 2 } });
    await first.follow("coordinator", "5.");
    await operator.follow("before-launch");
    expect(JSON.parse(await operator.file("receipt.json"))).toMatchObject({ operator: address });
    await sleep(Math.max(0, Date.parse(closesAt) - Date.now()) + 200);
    expect(lastJson(await first.follow("coordinator", "7."))).toMatchObject({ state: "waiting", by: "first" });
    await second.follow("coordinator", "1.");
    second.skip("coordinator", "5.");
    expect(lastJson(await second.follow("coordinator", "7."))).toMatchObject({ state: "done" });
    await first.follow("coordinator");
    const said = await operator.follow("launch");
    expect(said).toContain("genesis.json: OK");
    expect(said).toContain("my validator is in");
    expect(said).toMatch(/^ok +everything was rebuilt to the byte$/m);
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    const readiness = await (await fetch(`${ground.api}/ceremony/readiness`)).json();
    expect(readiness).toMatchObject({ attestedPercent: 100, readyPercent: 100, deadlock: false, silent: [] });
    await operator.follow("troubleshooting");
  });

  it("lead a newcomer from nothing to a node in step, and to a validator of the running chain", async () => {
    const { late, operator } = ground;
    await late.set({ PEERS: await ground.peerOf(operator) });
    expect(await late.follow("join")).toContain(content.chainId);
    await late.follow("keys");
    const said = await late.follow("after-launch");
    expect(said).toContain('"state": "confirmed"');
    expect(JSON.parse(await late.file("sent.json"))).toMatchObject({ code: 0 });
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    await late.follow("monitoring");
    await late.follow("upgrade");
  });

  it("are all followed to their end, but for those that have nothing to run", () => {
    const followed = [ground.first, ground.operator, ground.late].flatMap((reader) => reader.followed());
    const runs = ({ source }: { source: string }) => /^```sh (run|background)$/m.test(read(source));
    const all = guides.flatMap(({ entries }) => entries.filter(runs)).map(({ path }) => path);
    // In place of the ceremony's guides; it is followed below.
    const paths = all.filter((path) => path !== "headless");
    expect(paths.length).toBeGreaterThan(7);
    expect(paths.filter((path) => !followed.includes(path))).toEqual([]);
  });

  it("name numbers that the node really tells to Prometheus", async () => {
    const told = await (await fetch(ground.metricsUrl)).text();
    const named = new Set(read("docs-site/guides/monitoring.md").match(/cometbft_\w+(?=\{)/g));
    expect(named.size).toBeGreaterThan(3);
    expect([...named].filter((name) => !told.includes(`# TYPE ${name} `))).toEqual([]);
  });
});

describe.skipIf(!goAvailable())("the guide by script alone, with a real binary", () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await makeGround(inPawsShape);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("registers, proves, hands a gentx in, checks the genesis and starts, with curl, jq and the binary", async () => {
    const { first, second, operator, api } = ground;
    const closesAt = soon(16);
    await first.set({ CLOSES_AT: closesAt, GENESIS_TIME: soon(34) });
    await first.follow("coordinator", "3.");
    expect(await operator.follow("headless", "3.")).toMatch(/^done\tregistered\t/m);
    const address = await operator.ask('echo "$OPERATOR"');
    expect(await (await fetch(`${api}/validators/${address}`)).json()).toMatchObject({
      state: "pending",
      profile: { moniker: "operator", hardware: true, keySafety: true },
      registered: { proof: "tx" },
    });
    await first.set({ OPERATORS: `${address} ${ground.payer}` });
    await first.follow("coordinator", "5.");
    await operator.follow("headless", "4.");
    expect(JSON.parse(await operator.file("receipt.json"))).toMatchObject({ operator: address, moniker: "operator" });
    await sleep(Math.max(0, Date.parse(closesAt) - Date.now()) + 200);
    await first.follow("coordinator", "7.");
    await second.follow("coordinator", "1.");
    second.skip("coordinator", "5.");
    expect(lastJson(await second.follow("coordinator", "7."))).toMatchObject({ state: "done" });
    await operator.set({ SHA256: await second.ask('echo "$PREVIEW"') });
    const said = await operator.follow("headless");
    expect(said.match(/^genesis\.json: OK$/gm)).toHaveLength(2);
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    expect(operator.followed()).toContain("headless");
  });
});

type Ground = {
  readonly first: Reader;
  readonly second: Reader;
  readonly operator: Reader;
  readonly late: Reader;
  readonly payer: string;
  readonly api: string;
  readonly metricsUrl: string;
  peerOf(reader: Reader): Promise<string>;
  stop(): Promise<void>;
};

/** A Worker that serves the network, and readers who have nothing but its binary and an empty folder each. */
async function makeGround(content: Record<string, unknown>): Promise<Ground> {
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

const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** The last object that jq printed. */
function lastJson(said: string): unknown {
  return JSON.parse(said.slice(`\n${said}`.lastIndexOf("\n{")));
}
