import { createServer } from "node:http";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import type { TestProject } from "vitest/node";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { account } from "../genesis/gentxs.ts";
import { adminKeys, adminRoles } from "./admin-keys.ts";
import { ceremonyNetwork, logKey, signUp } from "./ceremony-network.ts";
import { startOidcIssuer } from "./oidc-issuer.ts";
import { startPeers } from "./peers-setup.ts";
import { faucetOf, networkOf } from "./test-networks.ts";
import { startTurnstile } from "./turnstile-server.ts";

/** A faucet that speaks every dialect and is found by Ignite's clients. */
const talkative = (chainId: string) => ({ hosts: [`faucet.${chainId}.test`], dialects: { pingpub: true } });
/** One that speaks none. */
const dumb = {
  hosts: ["faucet.full-1.test"],
  dialects: { cosmjs: false, ignite: false, paw: false, pingpub: false },
};

/** Claims a day of one client on `limited-1`. */
const clientCaps = { ipv4: 3, ipv6By64: 1, ipv6By56: 2, ipv6By48: 3 };
/** What the page links to and tells a wallet. */
const publicPlaces = {
  explorer: { tx: "https://scan.example/tx/{txHash}" },
  wallet: { rpc: "https://rpc.example", rest: "https://rest.example" },
  community: [{ name: "Forum", url: "https://forum.example/c" }],
};
/** It knows no module account by name: the chain refuses to pay one, and the claim fails. */
const payingModules = (network: ReturnType<typeof networkOf>) => ({
  ...network,
  cosmos: { ...network.cosmos, moduleAccounts: [] },
});

/** Networks whose validators sign up: with a ceremony; for listed accounts alone, two writes a day and a short line. */
const signUps = [
  { ...ceremonyNetwork("signup-1", { twoPerson: false, sealLeadHours: 0, gatePercent: 67 }), ...signUp() },
  {
    ...ceremonyNetwork("signup-2"),
    ...signUp({ intake: "allowlist", allowlist: [0, 1, 2, 3].map(account), pendingMax: 1 }),
  },
  { ...ceremonyNetwork("signup-3"), ...signUp({ writesPerDay: 2 }) },
];

/** Coordinators act in twos on the first, alone on the others; of the third one client may hand in two a day. */
const ceremonies = [
  ceremonyNetwork("genesis-1"),
  ceremonyNetwork("genesis-2", { twoPerson: false, sealLeadHours: 0 }),
  ceremonyNetwork("genesis-3", { twoPerson: false, gentxsPerDay: 2 }),
  ceremonyNetwork("genesis-4", { twoPerson: false, sealLeadHours: 0, gatePercent: 67 }),
  ...signUps,
];

/** Networks whose operators' nodes are looked at: wherever they are, and at public addresses alone. */
const looked = [
  { ...ceremonyNetwork("peers-1", { twoPerson: false }), ...signUp({ peerLooks: "any" }) },
  { ...ceremonyNetwork("peers-2"), ...signUp({ peerLooks: "public" }) },
];

/** What is not a chain: whom tokens, widgets and names are asked of, and nodes that are looked at. */
async function startStandIns() {
  const all = [startOidcIssuer(), startTurnstile(["wellspring.test"]), startPeers()] as const;
  const [github, cloudflare, peers] = await Promise.all(all);
  const settings = {
    TURNSTILE_SECRET: cloudflare.secret,
    TURNSTILE_VERIFY_URL: cloudflare.verifyUrl,
    OIDC_ISSUER: github.issuer,
    ...peers.settings,
  };
  const stop = () => Promise.all([github.stop(), cloudflare.stop(), peers.stop()]);
  return { github, cloudflare, settings, stop };
}

const chains = new Map<string, SandboxChain>();

/**
 * Starts the chains that the tests in workerd pay on, and a control server so that a test can hold, step and reset
 * them from inside workerd: `POST /{chainId}/{hold|release|makeBlock|reset}`, `GET /{chainId}/{address}` a balance.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
  const [account] = await wallet.getAccounts();
  const address = account?.address ?? "";
  const start = async (chainId: string, blockTimeMs: number | "manual", amount: bigint, faucet = {}) => {
    const genesis = [{ address, coins: [{ denom: "usand", amount }] }];
    const options = { chainId, prefix: "sand", denom: "usand", genesis, blockTimeMs, minGasPriceMilli: 1 };
    const chain = await startSandboxChain(options);
    chains.set(chainId, chain);
    return networkOf(chainId, chain.rpcUrl, faucet);
  };
  const control = createServer((request, response) => {
    const [, chainId = "", what = ""] = (request.url ?? "").split("/");
    const chain = chains.get(chainId);
    if (!chain) return void response.writeHead(404).end();
    const text = request.method === "POST" ? operate(chain, what) : String(chain.balanceOf(what, "usand"));
    response.end(text);
  });
  await new Promise<void>((resolve) => control.listen(0, "127.0.0.1", resolve));
  const port = (control.address() as { port: number }).port;
  const down = `http://127.0.0.1:${port}/down`;
  const standIns = await startStandIns();
  const { github, cloudflare } = standIns;
  const proving = {
    turnstile: { siteKey: cloudflare.siteKey, hostnames: ["wellspring.test"] },
    credentials: {
      oidc: { audience: "http://wellspring.test", issuer: github.issuer, repositories: ["octo-org/*"] },
    },
    limits: { hourlyBudget: 10_000, client: { ipv4: 1000, ipv6By64: 1000, ipv6By56: 1000, ipv6By48: 1000 } },
    cooldownSeconds: 0,
  };
  const networks = [
    await start("sandbox-1", 150, 10n ** 30n, talkative("sandbox-1")),
    { ...(await start("held-1", "manual", 10n ** 18n, talkative("held-1"))), ...publicPlaces },
    await start("empty-1", 150, 1_000n, talkative("empty-1")),
    await start("reset-1", 150, 10n ** 18n),
    await start("pow-1", 150, 10n ** 18n, { challenge: "pow", cooldownSeconds: 0, limits: { hourlyBudget: 10_000 } }),
    payingModules(await start("limited-1", 150, 10n ** 18n, { limits: { client: clientCaps } })),
    networkOf("pow-2", down, { challenge: "pow", cooldownSeconds: 0, limits: { hourlyBudget: 10_000 } }),
    await start("share-1", 150, 10n ** 18n, {
      ...talkative("share-1"),
      limits: { hourlyBudget: 10, dialectPercent: 20, openPercent: 80 },
    }),
    await start("operated-1", 150, 10n ** 18n),
    await start("proofs-1", 150, 10n ** 18n, { ...proving, challenge: "turnstile" }),
    networkOf("full-1", down, { queueMax: 2, ...dumb }),
    networkOf("keyless-1", down),
    networkOf("off-1", down, { enabled: false }),
    ...ceremonies,
    ...looked,
    { ...(await start("signup-4", 150, 10n ** 18n)), ...publicPlaces, ...signUp() },
  ];
  project.provide(
    "settings" as never,
    {
      ...faucetOf(networks, wallet.mnemonic),
      ADMIN_KEYS: (["viewer", "operator", "coordinator", "both"] as const)
        .map((who) => adminKeyEntry(adminKeys[who], adminRoles[who]))
        .join(","),
      SANDBOX_CONTROL: `http://127.0.0.1:${port}`,
      LOG_KEY: logKey,
      ...standIns.settings,
    } as never,
  );
  return async () => {
    control.close();
    await standIns.stop();
    for (const chain of chains.values()) await chain.stop();
  };
}

function operate(chain: SandboxChain, what: string): string {
  switch (what) {
    case "hold":
      chain.hold();
      return "held";
    case "release":
      chain.release();
      return "released";
    case "makeBlock":
      return String(chain.makeBlock());
    case "reset":
      chain.reset();
      return "reset";
    default:
      throw new Error(`unknown operation ${what}`);
  }
}
