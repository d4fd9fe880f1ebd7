import { writeFile } from "node:fs/promises";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { goAvailable } from "../devnet/build.ts";
import { type Devnet, fundedAmount, startChain } from "../devnet/chain.ts";
import type { DevnetOptions } from "../devnet/options.ts";
import { someAddress } from "../devnet/payer.ts";
import { measureCeiling } from "./ceiling.ts";
import { paymentsIn } from "./chain-record.ts";
import { benchGenesis } from "./genesis.ts";
import { type BenchOptions, readOptions, usage } from "./options.ts";
import { type Ours, startOurs } from "./ours.ts";
import { installPeer, startPeer } from "./peer.ts";
import { measureQueue } from "./queue.ts";
import { ceilingText, heading, line, load, machine, queueText, type Results, ratioTexts } from "./report.ts";
import { measure } from "./row.ts";
import type { Side } from "./side.ts";

const gasPrice = "0.025";
const events = ["batch_signed", "batch_paid", "batch_dead", "batch_failed", "chain_unreachable", "projection_failed"];

type Stops = (() => Promise<void>)[];

async function main(): Promise<void> {
  const [what, ...rest] = process.argv.slice(2);
  if (what === "genesis") return benchGenesis(rest);
  const options = readOptions(process.argv.slice(2));
  if (options === null) return console.log(usage);
  if (!goAvailable()) return;
  const interrupted = new Promise<never>((_, refuse) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => refuse(new Error("interrupted")));
  });
  const stops: Stops = [];
  try {
    await Promise.race([interrupted, bench(options, stops)]);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function bench(options: BenchOptions, stops: Stops): Promise<void> {
  const begun: Results = {
    begunAt: new Date().toISOString(),
    machine: machine(),
    load: { start: load(), end: "" },
    rows: [],
    queue: null,
    ceiling: null,
    paidTwice: 0,
    logged: {},
  };
  console.log(`${begun.begunAt}: ${begun.machine}; load ${begun.load.start}`);
  const peerReady = options.withPeer && (await peerInstalls());
  const [peerWallet, ceilingWallet] = [await newWallet(), await newWallet()];
  const accounts = await Promise.all([peerWallet, ceilingWallet].map(funded));
  const shape: DevnetOptions = { blockTimeMs: 1000, pinCpu: 0, indexer: "kv", minGasPrice: gasPrice, accounts };
  const devnet = await startChain(shape);
  stops.push(() => devnet.stop());
  const ours = await startOurs(devnet, shape);
  stops.push(() => ours.stop());
  const sides: Side[] = [ours];
  if (peerReady) {
    console.log("Starting the peer; it funds its 5 distributors first ...");
    const peer = await startPeer(devnet, peerWallet.mnemonic, gasPrice);
    stops.push(() => peer.stop());
    sides.push(peer);
  }
  let people = 0;
  const newAddress = () => someAddress(devnet.prefix, people++);
  await measureRows(options, devnet, sides, begun, newAddress);
  await measureRest(options, devnet, ours, ceilingWallet.mnemonic, begun, newAddress);
  await finish(options, devnet, ours, begun);
}

/** The sides take turns within a row, so that a noisy minute strikes both. */
async function measureRows(
  options: BenchOptions,
  devnet: Devnet,
  sides: readonly Side[],
  results: Results,
  newAddress: () => string,
): Promise<void> {
  for (const side of sides) await warmUp(side, newAddress);
  console.log(heading());
  for (const clients of options.clients) {
    for (let round = 0; round < options.rounds; round += 1) {
      for (const side of sides) {
        const row = await measure(devnet, side, clients, options.seconds / options.rounds, newAddress);
        results.rows.push(row);
        console.log(line(row));
        if (row.firstReason !== null) console.log(`  first failure: ${row.firstReason}`);
      }
    }
  }
  for (const text of ratioTexts(results.rows)) console.log(text);
}

/** A drip for every payer: an account's first transaction costs more gas, as it stores the public key. */
async function warmUp(side: Side, newAddress: () => string): Promise<void> {
  for (const payer of side.payers) {
    const refused = await side.drip(newAddress());
    if (refused !== null) throw new Error(`${side.name} (${payer}) paid nothing to warm up: ${refused}`);
  }
}

async function measureRest(
  options: BenchOptions,
  devnet: Devnet,
  ours: Ours,
  ceilingMnemonic: string,
  results: Results,
  newAddress: () => string,
): Promise<void> {
  if (options.queue > 0) {
    results.queue = await measureQueue(devnet, ours, options.queue, newAddress);
    console.log(queueText(results.queue));
  }
  if (options.ceiling > 0) {
    results.ceiling = await measureCeiling(devnet, ceilingMnemonic, options.ceiling, newAddress);
    console.log(ceilingText(results.ceiling));
  }
}

async function finish(options: BenchOptions, devnet: Devnet, ours: Ours, results: Results): Promise<void> {
  const payments = await paymentsIn(devnet.rpcUrl, 1, await devnet.height());
  const paid = payments
    .filter((each) => each.paid && ours.payers.includes(each.from))
    .flatMap((each) => each.recipients);
  results.paidTwice = paid.length - new Set(paid).size;
  for (const event of events) results.logged[event] = await ours.logged(event);
  results.load.end = load();
  console.log(
    `ours paid ${paid.length} drips in all, ${results.paidTwice} of them twice; load at the end ${results.load.end}`,
  );
  console.log(`its log: ${events.map((event) => `${event} ${results.logged[event]}`).join(", ")}`);
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
  const wrong = results.rows.reduce((sum, row) => sum + row.wrong, results.queue?.wrong ?? 0);
  if (wrong + results.paidTwice > 0)
    throw new Error(`${wrong} drips are not on chain as said, ${results.paidTwice} twice`);
}

/** False: said aloud why not; the run goes on without it. */
async function peerInstalls(): Promise<boolean> {
  try {
    await installPeer();
    return true;
  } catch (error) {
    const words = error instanceof Error ? error.message.slice(0, 500) : String(error);
    console.warn(`SKIPPED: the peer, because npm could not install it: ${words}`);
    return false;
  }
}

function newWallet(): Promise<DirectSecp256k1HdWallet> {
  return DirectSecp256k1HdWallet.generate(24, { prefix: "cosmos" });
}

async function funded(wallet: DirectSecp256k1HdWallet): Promise<{ address: string; amount: bigint }> {
  const [account] = await wallet.getAccounts();
  if (account === undefined) throw new Error("a new wallet has no account");
  return { address: account.address, amount: fundedAmount };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit();
