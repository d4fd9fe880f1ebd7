import {
  Bip39,
  EnglishMnemonic,
  ripemd160,
  Secp256k1,
  Slip10,
  Slip10Curve,
  Slip10RawIndex,
  sha256,
} from "@cosmjs/crypto";
import { toBech32 } from "@cosmjs/encoding";
import { MsgMultiSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { AuthInfo, SignDoc, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { addCoins, type Coin } from "../../domain/shared/coin.ts";
import type { CosmosCodec, DecodedTx, TxPlan } from "./codec.ts";
import { decodeTx, SECP256K1 } from "./tx-decode.ts";

const MULTI_SEND = "/cosmos.bank.v1beta1.MsgMultiSend";

/** Whose transactions a codec makes, and for which chain. */
export type CodecOptions = {
  readonly chainId: string;
  readonly prefix: string;
  readonly coinType: number;
};

/** SIGN_MODE_DIRECT with one secp256k1 key, which never leaves it. */
export class DirectCodec implements CosmosCodec {
  readonly address: string;
  readonly #options: CodecOptions;
  readonly #key: Uint8Array;
  readonly #publicKey: Uint8Array;

  private constructor(options: CodecOptions, key: Uint8Array) {
    this.#options = options;
    this.#key = key;
    this.#publicKey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(key).pubkey);
    this.address = toBech32(options.prefix, ripemd160(sha256(this.#publicKey)));
  }

  /** Derives m/44'/coinType'/0'/0/0 once: it costs 17 ms and more. Throws on what is no English mnemonic. */
  static async fromMnemonic(mnemonic: string, options: CodecOptions): Promise<DirectCodec> {
    const seed = await Bip39.mnemonicToSeed(new EnglishMnemonic(mnemonic));
    const { hardened, normal } = Slip10RawIndex;
    const path = [hardened(44), hardened(options.coinType), hardened(0), normal(0), normal(0)];
    return new DirectCodec(options, Slip10.derivePath(Slip10Curve.Secp256k1, seed, path).privkey);
  }

  async sign(plan: TxPlan): Promise<Uint8Array> {
    const [bodyBytes, authInfoBytes] = [this.#body(plan), this.#authInfo(plan)];
    const { chainId } = this.#options;
    const document = SignDoc.encode({ bodyBytes, authInfoBytes, chainId, accountNumber: plan.accountNumber }).finish();
    // RFC 6979 and low S: the same plan gives the same bytes, and the SDK takes no high S.
    const signature = Secp256k1.createSignature(sha256(document), this.#key);
    const fixed = new Uint8Array([...signature.r(32), ...signature.s(32)]);
    return TxRaw.encode({ bodyBytes, authInfoBytes, signatures: [fixed] }).finish();
  }

  async unsigned(plan: TxPlan): Promise<Uint8Array> {
    const [bodyBytes, authInfoBytes] = [this.#body(plan), this.#authInfo(plan)];
    return TxRaw.encode({ bodyBytes, authInfoBytes, signatures: [new Uint8Array()] }).finish();
  }

  decode(bytes: Uint8Array): DecodedTx | null {
    return decodeTx(bytes, this.#options.prefix);
  }

  #body({ payments, memo, timeoutHeight }: TxPlan): Uint8Array {
    const total = addCoins(...payments.map(({ coins }) => coins));
    const value = MsgMultiSend.encode({
      inputs: [{ address: this.address, coins: coinsJson(total) }],
      outputs: payments.map(({ recipient, coins }) => ({ address: recipient, coins: coinsJson(addCoins(coins)) })),
    }).finish();
    const messages = [{ typeUrl: MULTI_SEND, value }];
    return TxBody.encode(TxBody.fromPartial({ messages, memo, timeoutHeight: BigInt(timeoutHeight) })).finish();
  }

  #authInfo({ fee, gasLimit, sequence }: TxPlan): Uint8Array {
    const publicKey = { typeUrl: SECP256K1, value: PubKey.encode({ key: this.#publicKey }).finish() };
    const modeInfo = { single: { mode: SignMode.SIGN_MODE_DIRECT } };
    return AuthInfo.encode(
      AuthInfo.fromPartial({
        signerInfos: [{ publicKey, modeInfo, sequence }],
        fee: { amount: coinsJson(addCoins(fee)), gasLimit },
      }),
    ).finish();
  }
}

function coinsJson(coins: readonly Coin[]): { denom: string; amount: string }[] {
  return coins.map(({ denom, amount }) => ({ denom, amount: amount.toString() }));
}
