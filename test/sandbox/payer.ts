import { createHash } from "node:crypto";
import { toBech32 } from "@cosmjs/encoding";
import { DirectSecp256k1HdWallet, type EncodeObject } from "@cosmjs/proto-signing";
import { SigningStargateClient } from "@cosmjs/stargate";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { SandboxChainOptions } from "../../sandbox/chain/options.ts";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";

/** What a signed transaction may say differently from a good one. */
export type TxOverrides = {
  readonly gas?: number;
  readonly fee?: number;
  readonly memo?: string;
  readonly timeout?: number;
  readonly sequence?: number;
  readonly accountNumber?: bigint;
  readonly chainId?: string;
};

/** A chain by hand, with one funded account that a public client signs for. */
export type Bench = {
  readonly chain: SandboxChain;
  readonly payer: string;
  readonly client: SigningStargateClient;
  readonly wallet: DirectSecp256k1HdWallet;
  sign(messages: readonly EncodeObject[], overrides?: TxOverrides): Promise<Uint8Array>;
  /** `broadcast_tx_sync`: its result, or its error's data as `fault`. */
  send(bytes: Uint8Array): Promise<{ code: number; codespace: string; log: string; hash: string; fault: string }>;
  close(): Promise<void>;
};

/** What the payer has at genesis. */
export const funds = 1_000_000_000n;
/** Covers the tests' gas at a thousandth of a unit. */
export const enoughFee = 1_000;

const mnemonic = "test test test test test test test test test test test junk";

/** Starts a manual chain `box-1` with prefix `box`, denom `ubox` and a minimum gas price of 0.001. */
export async function openBench(options: Partial<SandboxChainOptions> = {}): Promise<Bench> {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix: "box" });
  const payer = (await wallet.getAccounts())[0]?.address ?? "";
  const chain = await startSandboxChain({
    chainId: "box-1",
    prefix: "box",
    denom: "ubox",
    genesis: [
      { address: someone("first"), coins: [{ denom: "ubox", amount: 7n }] },
      { address: payer, coins: [{ denom: "ubox", amount: funds }] },
    ],
    blockTimeMs: "manual",
    minGasPriceMilli: 1,
    ...options,
  });
  const client = await SigningStargateClient.connectWithSigner(chain.rpcUrl, wallet, { broadcastPollIntervalMs: 20 });
  return {
    chain,
    payer,
    client,
    wallet,
    sign: async (messages, overrides = {}) => {
      const fee = overrides.fee ?? enoughFee;
      const known = await client.getSequence(payer);
      const signed = await client.sign(
        payer,
        messages,
        { amount: fee === 0 ? [] : [{ denom: "ubox", amount: `${fee}` }], gas: `${overrides.gas ?? 1_000_000}` },
        overrides.memo ?? "",
        {
          accountNumber: overrides.accountNumber ?? known.accountNumber,
          sequence: overrides.sequence ?? known.sequence,
          chainId: overrides.chainId ?? "box-1",
        },
        overrides.timeout === undefined ? undefined : BigInt(overrides.timeout),
      );
      return TxRaw.encode(signed).finish();
    },
    send: async (bytes) => {
      const { result, error } = await rpc(chain, "broadcast_tx_sync", { tx: Buffer.from(bytes).toString("base64") });
      return { code: -1, codespace: "", log: "", hash: "", ...result, fault: error?.data ?? "" };
    },
    close: async () => {
      client.disconnect();
      await chain.stop();
    },
  };
}

/** A JSON-RPC call's parsed answer. */
export async function rpc(chain: SandboxChain, method: string, params: object = {}): Promise<RpcAnswer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: "POST", body });
  return (await response.json()) as RpcAnswer;
}

/** As much of an answer as tests look at. */
export type RpcAnswer = {
  readonly result?: Record<string, never>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: string };
};

/** The address of an account that nobody has a key for. */
export function someone(name: string): string {
  return toBech32("box", createHash("sha256").update(`someone ${name}`).digest().subarray(0, 20));
}

/** A module account's address, computed apart from the code under test. */
export function moduleAccount(name: string): string {
  return toBech32("box", createHash("sha256").update(name).digest().subarray(0, 20));
}

const ubox = (amount: number | bigint) => [{ denom: "ubox", amount: `${amount}` }];

/** MsgSend. */
export function sendTo(from: string, to: string, amount: number | bigint): EncodeObject {
  const value = { fromAddress: from, toAddress: to, amount: ubox(amount) };
  return { typeUrl: "/cosmos.bank.v1beta1.MsgSend", value };
}

/** MsgMultiSend of the same amount to each. */
export function sendToAll(from: string, to: readonly string[], each: number, total = each * to.length): EncodeObject {
  const outputs = to.map((address) => ({ address, coins: ubox(each) }));
  const value = { inputs: [{ address: from, coins: ubox(total) }], outputs };
  return { typeUrl: "/cosmos.bank.v1beta1.MsgMultiSend", value };
}

/** The results of a block's transactions. */
export async function resultsAt(chain: SandboxChain, height: number): Promise<TxOutcome[]> {
  const { result } = await rpc(chain, "block_results", { height: `${height}` });
  return (result as unknown as { txs_results: TxOutcome[] | null }).txs_results ?? [];
}

/** One entry of `block_results`. */
export type TxOutcome = {
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly gas_used: string;
};
