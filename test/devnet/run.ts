import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { startDevServer } from "../../sandbox/dev-server.ts";
import { type Devnet, startChain } from "./chain.ts";
import { removeWithUs } from "./children.ts";
import { type Flags, readFlags, usage } from "./flags.ts";
import { networkOf } from "./network.ts";
import { putProgram } from "./program.ts";

/** Known to the whole world: for chains that nobody else can reach. */
const testMnemonic = "test test test test test test test test test test test junk";
const faucetFunds = 1_000_000_000_000_000n;

async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2), process.env);
  if (flags === null) return console.log(usage);
  if (flags.program !== null) {
    const { path, topLevel } = flags.program;
    return console.log(`The program: ${await putProgram(path, flags.chain, topLevel)}`);
  }
  const asked = stopAsked();
  // The chain doesn't hold this process up, and a wait for a signal doesn't either.
  const awake = setInterval(() => undefined, 60_000);
  const stops: (() => Promise<void>)[] = [];
  try {
    await Promise.race([asked, start(flags, stops)]);
    await asked;
  } finally {
    console.log("Stopping ...");
    for (const stop of stops.reverse()) await stop();
    clearInterval(awake);
  }
}

/** Resolves at the first signal; at the second there is no more patience. The listener stays, so that it is ours to end. */
function stopAsked(): Promise<void> {
  let signals = 0;
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        signals += 1;
        if (signals > 1) process.exit(130);
        resolve();
      });
    }
  });
}

async function start(flags: Flags, stops: (() => Promise<void>)[]): Promise<void> {
  const { chain } = flags;
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(testMnemonic, { prefix: chain.prefix });
  const [faucet] = await wallet.getAccounts();
  if (faucet === undefined) throw new Error("The test mnemonic gave no account");
  const devnet = await startChain({ ...chain, accounts: [{ address: faucet.address, amount: faucetFunds }] });
  stops.push(() => devnet.stop());
  console.log(`Chain ${devnet.chainId}: RPC ${devnet.rpcUrls.join(" ")}`);
  console.log(`  prefix ${devnet.prefix}, denom ${devnet.denom}, pid ${devnet.pid()}, home ${devnet.homes[0]}`);
  console.log(`  faucet ${faucet.address}, TEST ONLY mnemonic: ${testMnemonic}`);
  if (flags.server) await serve(flags, devnet, stops);
  console.log("Ready. Ctrl-C stops everything.");
}

/**
 * The chain is new each time, so what the dev server stores is too. Wrangler ends the process by itself at a
 * signal, before an orderly stop can finish: what must be gone then is removed on exit.
 */
async function serve(flags: Flags, devnet: Devnet, stops: (() => Promise<void>)[]): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "devnet-server-"));
  removeWithUs(stateDir);
  const networks = [await networkOf(devnet, flags.chain)];
  const server = await startDevServer({ port: flags.port, networks, faucetMnemonic: testMnemonic, stateDir });
  stops.push(() => server.stop());
  console.log(`Faucet: ${server.url}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// Ctrl-C may come while the chain still starts: leaving now ends it, too.
process.exit();
