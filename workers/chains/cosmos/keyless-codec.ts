import type { CosmosCodec, DecodedTx } from "./codec.ts";
import { decodeTx } from "./tx-decode.ts";

/** Where a network has no key: it reads transactions, so that what an old key signed can be followed, and signs none. */
export class KeylessCodec implements CosmosCodec {
  readonly address = "";
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  sign(): Promise<never> {
    return Promise.reject(new Error("this network's faucet has no key"));
  }

  unsigned(): Promise<never> {
    return this.sign();
  }

  decode(bytes: Uint8Array): DecodedTx | null {
    return decodeTx(bytes, this.#prefix);
  }
}
