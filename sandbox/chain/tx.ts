import { MsgMultiSend, MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { AuthInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { readAddress } from "./address.ts";
import { readCoins } from "./coins.ts";
import { sha256 } from "./merkle.ts";
import type { Coin } from "./options.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** One side of a transfer; the address as the sender wrote it. */
export type Party = { readonly address: string; readonly coins: readonly Coin[] };

/** The messages that this chain executes. */
export type Message =
  | { readonly type: "send"; readonly from: string; readonly to: string; readonly coins: readonly Coin[] }
  | { readonly type: "multiSend"; readonly inputs: readonly Party[]; readonly outputs: readonly Party[] };

/** Type URLs of the messages. */
export const typeUrls: Record<Message["type"], string> = {
  send: "/cosmos.bank.v1beta1.MsgSend",
  multiSend: "/cosmos.bank.v1beta1.MsgMultiSend",
};

/** A signer's declaration. */
export type SignerInfo = {
  /** Compressed secp256k1; null when left out, as is allowed once the chain knows it. */
  readonly publicKey: Uint8Array | null;
  readonly direct: boolean;
  readonly sequence: bigint;
};

/** A decoded transaction. */
export type Tx = {
  readonly bytes: Uint8Array;
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly messages: readonly Message[];
  /** Who must sign: the messages' senders and the fee payer, each once, in order. Lower case. */
  readonly signers: readonly string[];
  readonly signerInfos: readonly SignerInfo[];
  readonly signatures: readonly Uint8Array[];
  readonly fee: readonly Coin[];
  readonly feeGranter: string;
  /** Who pays the fee: as declared, else the first signer. Lower case. */
  readonly feePayer: string;
  readonly gasLimit: bigint;
  readonly memo: string;
  readonly timeoutHeight: bigint;
  readonly hasExtensions: boolean;
};

/** A transaction, or why the bytes are none. */
export type Decoded = { readonly ok: true; readonly tx: Tx } | { readonly ok: false; readonly refusal: Refusal };

/** CometBFT's transaction hash: SHA-256 in upper-case hex. */
export function txHash(bytes: Uint8Array): string {
  return sha256(bytes).toString("hex").toUpperCase();
}

/** Decodes as the SDK's TxDecoder (x/auth/tx/decoder.go): canonical TxRaw (ADR-027), known messages only. */
export function decodeTx(bytes: Uint8Array, prefix: string): Decoded {
  try {
    const raw = TxRaw.decode(bytes);
    if (Buffer.compare(TxRaw.encode(raw).finish(), bytes) !== 0) throw new Error("not canonical protobuf");
    const body = TxBody.decode(raw.bodyBytes);
    const authInfo = AuthInfo.decode(raw.authInfoBytes);
    const fee = authInfo.fee;
    if (fee === undefined) throw new Error("missing fee");
    const messages = body.messages.map(decodeMessage);
    const payer = fee.payer === "" ? "" : addressOf(fee.payer, prefix);
    const signers = signersOf(messages, payer, prefix);
    return {
      ok: true,
      tx: {
        bytes,
        bodyBytes: raw.bodyBytes,
        authInfoBytes: raw.authInfoBytes,
        messages,
        signers,
        signerInfos: authInfo.signerInfos.map((info) => ({
          publicKey: info.publicKey === undefined ? null : readKey(info.publicKey),
          direct: info.modeInfo?.single?.mode === 1,
          sequence: info.sequence,
        })),
        signatures: raw.signatures,
        fee: amounts(fee.amount),
        feeGranter: fee.granter,
        feePayer: payer === "" ? (signers[0] ?? "") : payer,
        gasLimit: fee.gasLimit,
        memo: body.memo,
        timeoutHeight: body.timeoutHeight,
        hasExtensions: body.extensionOptions.length > 0,
      },
    };
  } catch (cause) {
    return { ok: false, refusal: refuse("txDecode", cause instanceof Error ? cause.message : "malformed") };
  }
}

function decodeMessage({ typeUrl, value }: { typeUrl: string; value: Uint8Array }): Message {
  if (typeUrl === typeUrls.send) {
    const { fromAddress, toAddress, amount } = MsgSend.decode(value);
    return { type: "send", from: fromAddress, to: toAddress, coins: amounts(amount) };
  }
  if (typeUrl === typeUrls.multiSend) {
    const { inputs, outputs } = MsgMultiSend.decode(value);
    const party = (side: { address: string; coins: { denom: string; amount: string }[] }): Party => ({
      address: side.address,
      coins: amounts(side.coins),
    });
    return { type: "multiSend", inputs: inputs.map(party), outputs: outputs.map(party) };
  }
  throw new Error(`unable to resolve type URL ${typeUrl}`);
}

function amounts(coins: readonly { denom: string; amount: string }[]): Coin[] {
  const read = readCoins(coins);
  if (read === null) throw new Error("an amount is no whole number");
  return read;
}

function readKey({ typeUrl, value }: { typeUrl: string; value: Uint8Array }): Uint8Array {
  if (typeUrl !== "/cosmos.crypto.secp256k1.PubKey") throw new Error(`unable to resolve type URL ${typeUrl}`);
  const { key } = PubKey.decode(value);
  if (key.length !== 33) throw new Error("invalid pubkey length");
  return key;
}

function signersOf(messages: readonly Message[], payer: string, prefix: string): string[] {
  const senders = messages.flatMap((message) =>
    message.type === "send" ? [message.from] : message.inputs.map(({ address }) => address),
  );
  const signers = new Set(senders.map((sender) => addressOf(sender, prefix)));
  if (payer !== "") signers.add(payer);
  return [...signers];
}

function addressOf(text: string, prefix: string): string {
  const read = readAddress(text, prefix);
  if (!read.ok) throw new Error(read.fault);
  return read.address;
}
