import { setTimeout as sleep } from "node:timers/promises";
import { decodeTxRaw } from "@cosmjs/proto-signing";
import { StargateClient } from "@cosmjs/stargate";
import { MsgMultiSend, MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { ask } from "../devnet/rpc-read.ts";
import { inParallel } from "./load.ts";

/** A bank transaction in a block, by what it paid. */
export type Payment = {
  readonly height: number;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly gasUsed: number;
  /** Whether its messages took effect. A failed one has still used its gas. */
  readonly paid: boolean;
};

/** The bank transactions in the blocks from `from` to `to`, both included, as the node tells them. */
export async function paymentsIn(rpcUrl: string, from: number, to: number): Promise<Payment[]> {
  const found: Payment[] = [];
  for (let height = from; height <= to; height += 1) found.push(...(await paymentsAt(rpcUrl, height)));
  return found;
}

async function paymentsAt(rpcUrl: string, height: number): Promise<Payment[]> {
  type Block = { block: { data: { txs: string[] } } };
  type Results = { txs_results: { code: number; gas_used: string }[] | null };
  const { block } = await ask<Block>(rpcUrl, "block", { height: String(height) });
  if (block.data.txs.length === 0) return [];
  const { txs_results: results } = await soon(() => ask<Results>(rpcUrl, "block_results", { height: String(height) }));
  return block.data.txs.flatMap((text, index) => {
    const read = readPayment(Buffer.from(text, "base64"));
    const result = results?.[index];
    if (read === null || result === undefined) return [];
    return [{ ...read, height, gasUsed: Number(result.gas_used), paid: result.code === 0 }];
  });
}

/** A node shows its newest block a moment before that block's results, and longer when the block is large. */
async function soon<Result>(question: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await question().catch(() => null);
    if (answer !== null) return answer;
    await sleep(200);
  }
  return await question();
}

function readPayment(bytes: Uint8Array): { from: string; recipients: string[] } | null {
  const message = decodeTxRaw(bytes).body.messages[0];
  if (message?.typeUrl === "/cosmos.bank.v1beta1.MsgMultiSend") {
    const { inputs, outputs } = MsgMultiSend.decode(message.value);
    return { from: inputs[0]?.address ?? "", recipients: outputs.map(({ address }) => address) };
  }
  if (message?.typeUrl === "/cosmos.bank.v1beta1.MsgSend") {
    const { fromAddress, toAddress } = MsgSend.decode(message.value);
    return { from: fromAddress, recipients: [toAddress] };
  }
  return null;
}

/** Those of the addresses that do not hold exactly `amount`, with what they hold. */
export async function wrongBalances(
  rpcUrl: string,
  addresses: readonly string[],
  { denom, amount }: { readonly denom: string; readonly amount: bigint },
): Promise<{ address: string; holds: bigint }[]> {
  const client = await StargateClient.connect(rpcUrl);
  const wrong: { address: string; holds: bigint }[] = [];
  await inParallel(addresses, 8, async (address) => {
    const holds = BigInt((await client.getBalance(address, denom)).amount);
    if (holds !== amount) wrong.push({ address, holds });
  });
  client.disconnect();
  return wrong;
}
