import type { Payment } from "../../domain/chain/driver.ts";
import type { Coin } from "../../domain/shared/coin.ts";

/** What the codec signs. */
export type TxPlan = {
  readonly payments: readonly Payment[];
  readonly memo: string;
  readonly accountNumber: bigint;
  readonly sequence: bigint;
  readonly gasLimit: bigint;
  readonly fee: readonly Coin[];
  readonly timeoutHeight: number;
};

/** What a transaction of anyone's says, as far as the driver needs it. */
export type DecodedTx = {
  readonly memo: string;
  /** First signer's address, derived from its public key; "" when there is none. */
  readonly signer: string;
  readonly sequence: bigint;
  readonly fee: readonly Coin[];
  /** Outputs of its bank messages, in order; [] for anything else. */
  readonly payments: readonly Payment[];
};

/** Turns plans into signed bytes and bytes into facts. Holds the key; shows only the address. */
export interface CosmosCodec {
  readonly address: string;
  /** One MsgMultiSend, SIGN_MODE_DIRECT, deterministic: the same plan gives the same bytes. */
  sign(plan: TxPlan): Promise<Uint8Array>;
  /** The bytes of the same transaction with an empty signature, for simulation. */
  unsigned(plan: TxPlan): Promise<Uint8Array>;
  /** Null when the bytes are no transaction of the SDK. */
  decode(bytes: Uint8Array): DecodedTx | null;
}
