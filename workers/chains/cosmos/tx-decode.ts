import { ripemd160, sha256 } from "@cosmjs/crypto";
import { toBech32 } from "@cosmjs/encoding";
import { MsgMultiSend, MsgSend } from "cosmjs-types/cosmos/bank/v1beta1/tx";
import { PubKey } from "cosmjs-types/cosmos/crypto/secp256k1/keys";
import { AuthInfo, type SignerInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { Any } from "cosmjs-types/google/protobuf/any";
import type { Payment } from "../../domain/chain/driver.ts";
import type { Coin } from "../../domain/shared/coin.ts";
import type { DecodedTx } from "./codec.ts";

/** The type of the only kind of key that signs here. */
export const SECP256K1 = "/cosmos.crypto.secp256k1.PubKey";

/**
 * Reads anyone's transaction; null when it is none. Address and payments are worked out only when they are asked
 * for: a walk decodes every transaction of the chain for its memo, and few are ours.
 */
export function decodeTx(bytes: Uint8Array, prefix: string): DecodedTx | null {
  const parts = attempt(() => {
    const { bodyBytes, authInfoBytes } = TxRaw.decode(bytes);
    return { body: TxBody.decode(bodyBytes), authInfo: AuthInfo.decode(authInfoBytes) };
  });
  if (!parts) return null;
  const { body, authInfo } = parts;
  const [first] = authInfo.signerInfos;
  return {
    memo: body.memo,
    sequence: first?.sequence ?? 0n,
    get signer() {
      return attempt(() => signerOf(first, prefix)) ?? "";
    },
    get fee() {
      return attempt(() => coins(authInfo.fee?.amount ?? [])) ?? [];
    },
    get payments() {
      return attempt(() => body.messages.flatMap(paymentsOf)) ?? [];
    },
  };
}

function signerOf(info: SignerInfo | undefined, prefix: string): string {
  const key = info?.publicKey;
  if (key?.typeUrl !== SECP256K1) return "";
  return toBech32(prefix, ripemd160(sha256(PubKey.decode(key.value).key)));
}

function paymentsOf({ typeUrl, value }: Any): Payment[] {
  if (typeUrl === "/cosmos.bank.v1beta1.MsgMultiSend") {
    return MsgMultiSend.decode(value).outputs.map((output) => ({
      recipient: output.address,
      coins: coins(output.coins),
    }));
  }
  if (typeUrl !== "/cosmos.bank.v1beta1.MsgSend") return [];
  const { toAddress, amount } = MsgSend.decode(value);
  return [{ recipient: toAddress, coins: coins(amount) }];
}

/** BigInt throws on what is no whole number. */
function coins(list: readonly { readonly denom: string; readonly amount: string }[]): Coin[] {
  return list.map(({ denom, amount }) => ({ denom, amount: BigInt(amount) }));
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
