import { createHash } from "node:crypto";
import { toBech32 } from "@cosmjs/encoding";
import { DirectSecp256k1HdWallet, type EncodeObject } from "@cosmjs/proto-signing";
import { SigningStargateClient } from "@cosmjs/stargate";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { Devnet } from "./chain.ts";

/** Signs for the account that a devnet funds, independently of the project's own driver. */
export type Payer = {
  readonly address: string;
  readonly client: SigningStargateClient;
  /** A signed transaction's bytes. `fee` is in base units of the chain's denom. */
  sign(messages: readonly EncodeObject[], options?: { gas?: number; fee?: number; memo?: string }): Promise<Uint8Array>;
};

/** Connects to the devnet's first node. Call `client.disconnect()` at the end. */
export async function payerOn(devnet: Devnet): Promise<Payer> {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(devnet.funded.mnemonic, { prefix: devnet.prefix });
  const client = await SigningStargateClient.connectWithSigner(devnet.rpcUrl, wallet);
  const { address } = devnet.funded;
  return {
    address,
    client,
    async sign(messages, { gas = 200_000, fee = 0, memo = "" } = {}) {
      const amount = fee === 0 ? [] : [{ denom: devnet.denom, amount: String(fee) }];
      const signed = await client.sign(address, messages, { amount, gas: String(gas) }, memo);
      return TxRaw.encode(signed).finish();
    },
  };
}

/** MsgMultiSend of the same amount, in base units, to each recipient. */
export function multiSend(devnet: Devnet, from: string, recipients: readonly string[], each: bigint): EncodeObject {
  const coins = (amount: bigint) => [{ denom: devnet.denom, amount: amount.toString() }];
  return {
    typeUrl: "/cosmos.bank.v1beta1.MsgMultiSend",
    value: {
      inputs: [{ address: from, coins: coins(each * BigInt(recipients.length)) }],
      outputs: recipients.map((address) => ({ address, coins: coins(each) })),
    },
  };
}

/** MsgSend of `amount` base units. */
export function send(devnet: Devnet, from: string, to: string, amount: bigint): EncodeObject {
  return {
    typeUrl: "/cosmos.bank.v1beta1.MsgSend",
    value: { fromAddress: from, toAddress: to, amount: [{ denom: devnet.denom, amount: amount.toString() }] },
  };
}

/** The address of the n-th of a row of accounts that nobody has a key for. */
export function someAddress(prefix: string, n: number): string {
  return toBech32(prefix, createHash("sha256").update(`recipient ${n}`).digest().subarray(0, 20));
}

/** A module account's address: the first 20 bytes of its name's SHA-256 (x/auth/types, NewModuleAddress). */
export function moduleAddress(prefix: string, name: string): string {
  return toBech32(prefix, createHash("sha256").update(name).digest().subarray(0, 20));
}
