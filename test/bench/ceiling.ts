import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { SigningStargateClient } from "@cosmjs/stargate";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { Devnet } from "../devnet/chain.ts";
import { multiSend } from "../devnet/payer.ts";
import { broadcast } from "../devnet/rpc-read.ts";
import { paymentsIn } from "./chain-record.ts";
import { type Gas, gasOf } from "./row.ts";
import { dripAmount } from "./side.ts";

/** What the chain itself takes when nobody has to decide anything. */
export type Ceiling = {
  readonly credits: number;
  /** From the first broadcast until a block with the last transaction was seen. */
  readonly totalMs: number;
  readonly creditsPerSecond: number;
  readonly blocks: number;
  readonly gas: Gas;
};

const outputs = 500;
const includedMsMax = 300_000;

/** Signs so many MsgMultiSend of 500 outputs ahead, then hands them to the node one after the other. */
export async function measureCeiling(
  devnet: Devnet,
  mnemonic: string,
  transactions: number,
  newAddress: () => string,
): Promise<Ceiling> {
  const { address, signed } = await signAhead(devnet, mnemonic, transactions, newAddress);
  let height = await devnet.height();
  const from = height;
  const begunMs = performance.now();
  for (const bytes of signed) {
    const { code, log } = await broadcast(devnet.rpcUrl, bytes);
    if (code !== 0) throw new Error(`the chain refused a transaction of the ceiling (${code}): ${log}`);
  }
  const found: Awaited<ReturnType<typeof paymentsIn>> = [];
  while (found.length < transactions) {
    if (performance.now() - begunMs > includedMsMax)
      throw new Error(`only ${found.length} of ${transactions} included`);
    const now = await devnet.height();
    found.push(...(await paymentsIn(devnet.rpcUrl, height + 1, now)).filter((payment) => payment.from === address));
    height = now;
    if (found.length < transactions) await sleep(100);
  }
  const totalMs = performance.now() - begunMs;
  if (found.some(({ paid }) => !paid)) throw new Error("a transaction of the ceiling failed in its block");
  const credits = transactions * outputs;
  return { credits, totalMs, creditsPerSecond: (credits * 1000) / totalMs, blocks: height - from, gas: gasOf(found) };
}

async function signAhead(devnet: Devnet, mnemonic: string, transactions: number, newAddress: () => string) {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: devnet.prefix });
  const [account] = await wallet.getAccounts();
  const address = account?.address ?? "";
  const client = await SigningStargateClient.connectWithSigner(devnet.rpcUrl, wallet);
  const { accountNumber, sequence } = await client.getSequence(address);
  const gas = 100_000 + outputs * 25_000;
  const fee = { gas: String(gas), amount: [{ denom: devnet.denom, amount: String(gas) }] };
  const signed: Uint8Array[] = [];
  for (let n = 0; n < transactions; n += 1) {
    const message = multiSend(devnet, address, Array.from({ length: outputs }, newAddress), dripAmount);
    const data = { accountNumber, sequence: sequence + n, chainId: devnet.chainId };
    signed.push(TxRaw.encode(await client.sign(address, [message], fee, "", data)).finish());
  }
  client.disconnect();
  return { address, signed };
}
