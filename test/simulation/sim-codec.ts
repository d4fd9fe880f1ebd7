import type { CosmosCodec, DecodedTx, TxPlan } from "../../workers/chains/cosmos/codec.ts";
import { readCoins, writeCoins } from "../../workers/domain/shared/coin.ts";

/** What stands in a simulated transaction: a plan, who signed it, and a flag for other people's transactions. */
export type SimTx = Omit<DecodedTx, "sequence"> & {
  readonly sequence: number;
  readonly gasLimit: number;
  readonly timeoutHeight: number;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes of a simulated transaction; the same content gives the same bytes. */
export function encodeTx(tx: SimTx): Uint8Array {
  const payments = tx.payments.map(({ recipient, coins }) => [recipient, writeCoins(coins)]);
  const fields = [tx.memo, tx.signer, tx.sequence, writeCoins(tx.fee), tx.gasLimit, tx.timeoutHeight, payments];
  return encoder.encode(JSON.stringify(fields));
}

const cache = new Map<string, SimTx>();

/** Reads what {@link encodeTx} wrote. */
export function decodeTx(bytes: Uint8Array): SimTx {
  const text = decoder.decode(bytes);
  const known = cache.get(text);
  if (known) return known;
  const [memo, signer, sequence, fee, gasLimit, timeoutHeight, list] = JSON.parse(text) as [
    string,
    string,
    number,
    string,
    number,
    number,
    [string, string][],
  ];
  const payments = list.map(([recipient, coins]) => ({ recipient, coins: readCoins(coins) }));
  const tx = { memo, signer, sequence, fee: readCoins(fee), gasLimit, timeoutHeight, payments };
  if (cache.size > 2_000) cache.clear();
  cache.set(text, tx);
  return tx;
}

/** The codec port without cryptography: who may sign is not what the simulation is about. */
export class SimCodec implements CosmosCodec {
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  async sign(plan: TxPlan): Promise<Uint8Array> {
    const { payments, memo, fee, timeoutHeight } = plan;
    const numbers = { sequence: Number(plan.sequence), gasLimit: Number(plan.gasLimit) };
    return encodeTx({ payments, memo, fee, timeoutHeight, signer: this.address, ...numbers });
  }

  unsigned(plan: TxPlan): Promise<Uint8Array> {
    return this.sign(plan);
  }

  decode(bytes: Uint8Array): DecodedTx {
    const tx = decodeTx(bytes);
    return { ...tx, sequence: BigInt(tx.sequence) };
  }
}
