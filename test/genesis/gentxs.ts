import { secp256k1 } from "@noble/curves/secp256k1.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import type { Context } from "../../genesis/gentx/context.ts";
import { decodeGentx } from "../../genesis/gentx/decode.ts";
import type { GenesisFacts } from "../../genesis/gentx/genesis-facts.ts";
import type { CreateValidator, Gentx } from "../../genesis/gentx/gentx.ts";
import { addressOf } from "../../genesis/gentx/key.ts";
import { aminoSignBytes, directSignBytes } from "../../genesis/gentx/sign-bytes.ts";
import { parseJson } from "../../genesis/json/parse.ts";

export const chainId = "paw-test-1";
export const unit = 1_000_000n;

export type CoinJson = { denom: string; amount: string };
export type KeyJson = { "@type": string; key?: string; threshold?: number; public_keys?: KeyJson[] };
export type ModeJson =
  | { single: { mode: string } }
  | { multi: { bitarray: { extra_bits_stored: number; elems: string }; mode_infos: ModeJson[] } };
export type MessageJson = {
  "@type": string;
  description: { moniker: string; identity: string; website: string; security_contact: string; details: string };
  commission: { rate: string; max_rate: string; max_change_rate: string };
  min_self_delegation: string;
  delegator_address: string;
  validator_address: string;
  pubkey: KeyJson | null;
  value: CoinJson;
};
/** A transaction as a plain object, to be bent before it is signed. */
export type TxJson = {
  body: {
    messages: MessageJson[];
    memo: string;
    timeout_height: string;
    extension_options: object[];
    non_critical_extension_options: object[];
  };
  auth_info: {
    signer_infos: { public_key: KeyJson; mode_info: ModeJson; sequence: string }[];
    fee: { amount: CoinJson[]; gas_limit: string; payer: string; granter: string };
    tip: null;
  };
  signatures: string[];
};

export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** Keys of this test and of nobody else: each is the hash of its number's name. */
export const secretKey = (number: number) => sha256(utf8ToBytes(`wellspring test key ${number}`));
export const publicKey = (number: number) => secp256k1.getPublicKey(secretKey(number));
export const keyJson = (number: number): KeyJson => ({
  "@type": "/cosmos.crypto.secp256k1.PubKey",
  key: base64(publicKey(number)),
});
export const consensusKey = (number: number): KeyJson => ({
  "@type": "/cosmos.crypto.ed25519.PubKey",
  key: base64(sha256(utf8ToBytes(`wellspring test consensus key ${number}`))),
});
export const accountBytes = (number: number) =>
  addressOf({ kind: "secp256k1", url: "", key: publicKey(number) }) ?? new Uint8Array();
export const account = (number: number) => writeBech32("paw", accountBytes(number));
export const operator = (number: number) => writeBech32("pawvaloper", accountBytes(number));

const names = [
  "alder",
  "birch",
  "cedar",
  "dogwood",
  "elm",
  "fir",
  "ginkgo",
  "hazel",
  "ivy",
  "juniper",
  "kapok",
  "larch",
];

/** A gentx as the SDK's own `gentx` command writes it, not yet signed. */
export function draft(number = 0): TxJson {
  const moniker = names[number] ?? `validator-${number}`;
  return {
    body: {
      messages: [
        {
          "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
          description: {
            moniker,
            identity: "",
            website: `https://${moniker}.example`,
            security_contact: `ops@${moniker}.example`,
            details: "",
          },
          commission: {
            rate: "0.100000000000000000",
            max_rate: "0.200000000000000000",
            max_change_rate: "0.010000000000000000",
          },
          min_self_delegation: "1",
          delegator_address: "",
          validator_address: operator(number),
          pubkey: consensusKey(number),
          value: { denom: "upaw", amount: "500000000" },
        },
      ],
      memo: `${String(number).padStart(40, "a")}@8.8.${number}.8:26656`,
      timeout_height: "0",
      extension_options: [],
      non_critical_extension_options: [],
    },
    auth_info: {
      signer_infos: [
        { public_key: keyJson(number), mode_info: { single: { mode: "SIGN_MODE_DIRECT" } }, sequence: "0" },
      ],
      fee: { amount: [], gas_limit: "200000", payer: "", granter: "" },
      tip: null,
    },
    signatures: [],
  };
}

export type Signing = {
  readonly key?: number;
  readonly chainId?: string;
  readonly accountNumber?: bigint;
  readonly sequence?: bigint;
};

/** The bytes that a draft's signer signs, in a mode. */
export function signBytes(tx: TxJson, mode: "direct" | "amino", signing: Signing = {}): Uint8Array {
  const gentx: Gentx = decodeGentx(parseJson(JSON.stringify(tx)).value);
  const write = mode === "direct" ? directSignBytes : aminoSignBytes;
  const signer = {
    chainId: signing.chainId ?? chainId,
    accountNumber: signing.accountNumber ?? 0n,
    sequence: signing.sequence ?? 0n,
  };
  return write(gentx, gentx.message as CreateValidator, signer, gentx.body);
}

/** One signature, 64 bytes, low s. */
export const signOnce = (bytes: Uint8Array, key: number) => secp256k1.sign(bytes, secretKey(key));

/** Signs a draft and answers the file's text. */
export function sign(tx: TxJson, { key = 0, ...signing }: Signing = {}): string {
  const mode = tx.auth_info.signer_infos[0]?.mode_info;
  const amino = mode !== undefined && "single" in mode && mode.single.mode === "SIGN_MODE_LEGACY_AMINO_JSON";
  const signature = signOnce(signBytes(tx, amino ? "amino" : "direct", signing), key);
  return JSON.stringify({ ...tx, signatures: [base64(signature)] });
}

/** A signed gentx, bent before it was signed. */
export function gentx(bend: (message: MessageJson, tx: TxJson) => void = () => undefined, number = 0): string {
  const tx = draft(number);
  bend(tx.body.messages[0]!, tx);
  return sign(tx, { key: number });
}

/** A file that was changed after it was signed. */
export function edited(text: string, change: (tx: TxJson) => void): string {
  const tx = JSON.parse(text) as TxJson;
  change(tx);
  return JSON.stringify(tx);
}

export const context: Context = { chainId, prefix: "paw", bondDenom: "upaw" };

/** What a genesis with the accounts 0 to 11 says. */
export function facts(changes: Partial<GenesisFacts> = {}): GenesisFacts {
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  return {
    chainId,
    prefix: "paw",
    bondDenom: "upaw",
    balances: new Map(numbers.map((number) => [account(number), new Map([["upaw", 1_000_000_000n]])])),
    sequences: new Map(numbers.map((number) => [account(number), 0n])),
    minCommissionRate: 0n,
    maxValidators: 100,
    maxGas: null,
    memoBytesMax: 256n,
    signaturesMax: 7n,
    keyTypes: ["ed25519"],
    operators: new Set(),
    consensusKeys: new Set(),
    hasFeeGrants: false,
    ...changes,
  };
}
