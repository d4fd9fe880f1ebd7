import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readNetwork } from "../networks/schema.ts";
import { startSandboxChain } from "./chain/start.ts";
import { PortTaken, startDevServer } from "./dev-server.ts";
import { freePort, isFree } from "./free-port.ts";
import { localLogKey, rehearsalNetwork } from "./rehearsal.ts";
import { addressOf, faucetMnemonic, localAdminKey, stateDir } from "./state-dir.ts";

/** Nobody holds the key of it: it shows what an address looks like. */
const exampleAddress = "sand1pvc9275lcn5suv6c0k3v0mq3xedcpfw2jeamxp";

/** `npm start`: an embedded chain, a funded faucet, the Worker and its page, in one process and without a network. */
async function main(): Promise<void> {
  const port = readPort();
  if (!(await isFree(port))) throw new PortTaken(`port ${port} of 127.0.0.1 is taken`);
  const dir = stateDir();
  const content = JSON.parse(readFileSync(new URL("../networks/sandbox-1.json", import.meta.url), "utf8"));
  const network = readNetwork("networks/sandbox-1.json", content);
  const mnemonic = await faucetMnemonic(dir);
  const chain = await openChain(network, await addressOf(mnemonic, network.bech32Prefix), dir);
  const sandbox = { ...content, cosmos: { ...content.cosmos, rpc: [chain.rpcUrl] } };
  const networks = [sandbox, rehearsalNetwork(dir, Date.now())];
  const admin = localAdminKey(dir);
  const server = await startDevServer({
    port,
    networks,
    faucetMnemonic: mnemonic,
    stateDir: join(dir, "worker"),
    settings: { ADMIN_KEYS: admin.entry, LOG_KEY: localLogKey(dir) },
  });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await chain.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
  const claims = `${server.url}/api/v1/networks/${network.chainId}/faucet/claims?wait=confirmed`;
  console.log(`Wellspring is ready: ${server.url}  (chain ${network.chainId} at ${chain.rpcUrl}; Ctrl+C stops it)
Faucet: ${server.url}/faucet/  Status: ${server.url}/status/  Docs: ${server.url}/docs/
Try: curl -sS -X POST '${claims}' -H 'content-type: application/json' -d '{"address":"${exampleAddress}"}'
Admin: the key of this machine lies in ${admin.file}  (WELLSPRING_ADMIN_KEY="$(cat ${admin.file})" npm run -s operator -- whoami)
A launch to rehearse: ${server.url}/?network=rehearsal-1  (docs/rehearsal.md)`);
}

/** The chain's port is the network file's where that is free: wallets and CLIs may then count on it. */
async function openChain(network: ReturnType<typeof readNetwork>, faucet: string, dir: string) {
  const [drip] = network.faucet.drips;
  const denom = drip?.denom ?? network.cosmos.gasPrice.denom;
  const wanted = Number(new URL(network.cosmos.rpc[0] ?? "http://127.0.0.1:26650").port);
  return startSandboxChain({
    chainId: network.chainId,
    prefix: network.bech32Prefix,
    denom,
    genesis: [{ address: faucet, coins: [{ denom, amount: 10n ** 18n }] }],
    blockTimeMs: 1_000,
    minGasPriceMilli: network.cosmos.gasPrice.milliAmount,
    port: (await isFree(wanted)) ? wanted : await freePort(),
    stateFile: join(dir, "chain.state"),
  });
}

function readPort(): number {
  const text = process.env.PORT ?? "8787";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT is ${text}; it must be 1 to 65535`);
  return port;
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof PortTaken ? " Stop what holds it, or choose another: PORT=8788 npm start" : "";
  console.error(`Wellspring did not start: ${text}.${remedy}`);
  process.exit(1);
});
