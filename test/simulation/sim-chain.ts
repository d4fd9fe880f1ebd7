import { createHash } from "node:crypto";
import { hashTxs } from "../../workers/chains/cosmos/merkle.ts";
import type { Block, TxResult } from "../../workers/chains/cosmos/node.ts";
import { amountOf } from "../../workers/domain/shared/coin.ts";
import { decodeTx, type SimTx } from "./sim-codec.ts";

export const DENOM = "utest";
/** Recipients that the chain refuses to pay begin so. */
export const BLOCKED = "blocked";
const CACHE_BLOCKS = 3;
const GAS_BASE = 60_000;
const GAS_OUTPUT = 22_000;

type Account = { readonly sequence: number; readonly balance: bigint };
type Mined = Block & { readonly results: readonly TxResult[]; readonly accounts: ReadonlyMap<string, Account> };

/** How a node answers a broadcast. */
export type CheckAnswer = { code: number; codespace: string; log: string };

/** A chain of one signer's world: sequences, fees, timeouts, a mempool with its cache, and results. */
export class SimChain {
  readonly blocks: Mined[] = [];
  readonly mempool: Uint8Array[] = [];
  readonly #cache = new Map<string, number>();
  readonly #salt: string;
  #accounts: Map<string, Account>;
  /** Our next transactions to be included fail in the block so: "message" spends sequence and fee, "ante" nothing. */
  failNext: ("message" | "gas" | "ante")[] = [];

  constructor(salt: string, funds: Readonly<Record<string, bigint>>, nowMs: number, blocks: number, blockMs: number) {
    this.#salt = salt;
    this.#accounts = new Map(Object.entries(funds).map(([address, balance]) => [address, { sequence: 0, balance }]));
    for (let height = 1; height <= blocks; height += 1) this.mine(nowMs - (blocks - height + 1) * blockMs);
  }

  get height(): number {
    return this.blocks.length;
  }

  block(height: number): Mined | undefined {
    return this.blocks[height - 1];
  }

  account(address: string, height: number): Account | undefined {
    return this.block(height)?.accounts.get(address);
  }

  fund(address: string, amount: bigint): void {
    const account = this.#accounts.get(address) ?? { sequence: 0, balance: 0n };
    this.#accounts.set(address, { ...account, balance: account.balance + amount });
  }

  gasOf(tx: SimTx): number {
    return GAS_BASE + GAS_OUTPUT * tx.payments.length;
  }

  /** CheckTx: what a node says before a transaction may wait in its mempool. */
  check(bytes: Uint8Array): CheckAnswer {
    const hash = hashOf(bytes);
    const cachedAt = this.#cache.get(hash);
    if (cachedAt !== undefined && this.height < cachedAt + CACHE_BLOCKS)
      return answer(19, "tx already exists in cache");
    const tx = decodeTx(bytes);
    if (tx.timeoutHeight < this.height) return answer(30, "tx timeout height");
    const waiting = this.mempool.filter((other) => decodeTx(other).signer === tx.signer).length;
    const expected = (this.#accounts.get(tx.signer)?.sequence ?? 0) + waiting;
    if (tx.sequence !== expected)
      return answer(32, `account sequence mismatch, expected ${expected}, got ${tx.sequence}`);
    if (this.#funds(tx) < fee(tx)) return answer(5, "insufficient funds");
    this.#cache.set(hash, this.height);
    this.mempool.push(bytes);
    return answer(0, "[]");
  }

  /** A transaction from elsewhere, ahead of all that waits. */
  jumpTheQueue(make: (sequence: number) => Uint8Array, signer: string): void {
    this.mempool.unshift(make(this.#accounts.get(signer)?.sequence ?? 0));
  }

  mine(timeMs: number): void {
    const height = this.height + 1;
    const [txs, results]: [Uint8Array[], TxResult[]] = [[], []];
    const waiting = this.mempool.splice(0);
    for (const bytes of waiting) {
      const tx = decodeTx(bytes);
      const expected = this.#accounts.get(tx.signer)?.sequence ?? 0;
      if (tx.timeoutHeight < height || tx.sequence < expected || this.#funds(tx) < fee(tx)) continue;
      if (tx.sequence > expected) {
        this.mempool.push(bytes);
        continue;
      }
      txs.push(bytes);
      results.push(this.#run(tx));
    }
    this.#recheck();
    const lastHash = this.blocks.at(-1)?.hash ?? "";
    const { dataHash } = hashTxs(txs);
    const hash = sha256(`${this.#salt}/${height}/${lastHash}/${dataHash}/${timeMs}`);
    this.blocks.push({ height, hash, lastHash, timeMs, dataHash, txs, results, accounts: new Map(this.#accounts) });
  }

  /** After a block a node keeps only what could come next, in order. */
  #recheck(): void {
    for (const bytes of this.mempool.splice(0)) {
      const { signer, sequence } = decodeTx(bytes);
      const ahead = this.mempool.filter((other) => decodeTx(other).signer === signer).length;
      if (sequence === (this.#accounts.get(signer)?.sequence ?? 0) + ahead) this.mempool.push(bytes);
      else this.#cache.delete(hashOf(bytes));
    }
  }

  #run(tx: SimTx): TxResult {
    const account = this.#accounts.get(tx.signer) ?? { sequence: 0, balance: 0n };
    const gasUsed = BigInt(this.gasOf(tx));
    const planted = tx.payments.length > 0 ? this.failNext.shift() : undefined;
    if (planted === "ante")
      return { ...answer(4, "signature verification failed"), gasUsed: 0n, refused: this.height % 2 === 0 };
    const paid = tx.payments.reduce((sum, payment) => sum + amountOf(payment.coins, DENOM), 0n);
    const left = account.balance - fee(tx);
    const after = { sequence: account.sequence + 1, balance: left };
    this.#accounts.set(tx.signer, after);
    if (planted === "message") return { ...answer(4, "planted failure"), gasUsed };
    if (planted === "gas" || tx.gasLimit < this.gasOf(tx)) return { ...answer(11, "out of gas"), gasUsed };
    const blocked = tx.payments.find((payment) => payment.recipient.startsWith(BLOCKED));
    if (blocked) return { ...answer(4, `${blocked.recipient} is not allowed to receive funds: unauthorized`), gasUsed };
    if (left < paid)
      return { ...answer(5, `spendable balance ${left} is smaller than ${paid}: insufficient funds`), gasUsed };
    this.#accounts.set(tx.signer, { ...after, balance: left - paid });
    return { code: 0, codespace: "", log: "", gasUsed };
  }

  #funds(tx: SimTx): bigint {
    return this.#accounts.get(tx.signer)?.balance ?? 0n;
  }
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex").toUpperCase();
}

function fee(tx: SimTx): bigint {
  return amountOf(tx.fee, DENOM);
}

function answer(code: number, log: string): CheckAnswer {
  return { code, codespace: code === 0 ? "" : "sdk", log };
}
