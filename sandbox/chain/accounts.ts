import { sha256 } from "./merkle.ts";
import type { Coin } from "./options.ts";

/** One account; a record is never changed, only replaced. */
export type Account = {
  readonly number: bigint;
  readonly sequence: bigint;
  /** Compressed secp256k1 key in hex; "" before the first transaction. */
  readonly publicKey: string;
  /** No zero amounts. */
  readonly coins: ReadonlyMap<string, bigint>;
};

/** Read access to one state. Addresses are lower-case bech32. */
export interface AccountReader {
  get(address: string): Account | undefined;
  /** The number that the next new account gets. */
  readonly nextNumber: bigint;
}

/** A state that can be written to. */
export interface AccountWriter extends AccountReader {
  set(address: string, account: Account): void;
}

/** The committed state. */
export class Accounts implements AccountWriter {
  readonly #accounts: Map<string, Account>;
  #next: bigint;

  constructor(accounts: Iterable<readonly [string, Account]> = []) {
    this.#accounts = new Map(accounts);
    this.#next = [...this.#accounts.values()].reduce((max, { number }) => (number >= max ? number + 1n : max), 0n);
  }

  get nextNumber(): bigint {
    return this.#next;
  }

  get(address: string): Account | undefined {
    return this.#accounts.get(address);
  }

  set(address: string, account: Account): void {
    this.#accounts.set(address, account);
    if (account.number >= this.#next) this.#next = account.number + 1n;
  }

  /** All accounts, in no order that means anything. */
  entries(): IterableIterator<[string, Account]> {
    return this.#accounts.entries();
  }
}

/** Writes that can be thrown away, over another state. */
export class Branch implements AccountWriter {
  readonly #parent: AccountWriter;
  readonly #own = new Map<string, Account>();
  #next: bigint;

  constructor(parent: AccountWriter) {
    this.#parent = parent;
    this.#next = parent.nextNumber;
  }

  get nextNumber(): bigint {
    return this.#next;
  }

  get(address: string): Account | undefined {
    return this.#own.get(address) ?? this.#parent.get(address);
  }

  set(address: string, account: Account): void {
    this.#own.set(address, account);
    if (account.number >= this.#next) this.#next = account.number + 1n;
  }

  /** What was written here. */
  get changes(): ReadonlyMap<string, Account> {
    return this.#own;
  }

  /** Hands the writes to the state below. */
  commit(): void {
    for (const [address, account] of this.#own) this.#parent.set(address, account);
  }
}

/** Adds coins, creating the account when there is none. Returns whether it was created. */
export function credit(accounts: AccountWriter, address: string, coins: readonly Coin[]): boolean {
  const found = accounts.get(address);
  const account = found ?? { number: accounts.nextNumber, sequence: 0n, publicKey: "", coins: new Map() };
  const balance = new Map(account.coins);
  for (const { denom, amount } of coins) balance.set(denom, (balance.get(denom) ?? 0n) + amount);
  accounts.set(address, { ...account, coins: balance });
  return found === undefined;
}

/** Takes coins away. Returns the first coin that is not covered, and then has changed nothing; null when done. */
export function debit(accounts: AccountWriter, address: string, coins: readonly Coin[]): Coin | null {
  const account = accounts.get(address);
  const balance = new Map(account?.coins);
  for (const { denom, amount } of coins) {
    const left = (balance.get(denom) ?? 0n) - amount;
    if (left < 0n) return { denom, amount };
    if (left === 0n) balance.delete(denom);
    else balance.set(denom, left);
  }
  if (account !== undefined) accounts.set(address, { ...account, coins: balance });
  return null;
}

/**
 * The app hash after a block: the one before it and every changed account. Unlike the SDK's it has no proofs, but any
 * two histories that differ in an account have different hashes.
 */
export function nextAppHash(before: Uint8Array, changes: ReadonlyMap<string, Account>): Uint8Array {
  if (changes.size === 0) return before;
  const lines = [...changes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, account]) => accountText(address, account));
  return sha256(Buffer.concat([before, Buffer.from(lines.join("\n"))]));
}

function accountText(address: string, { number, sequence, publicKey, coins }: Account): string {
  const sums = [...coins].sort(([a], [b]) => (a < b ? -1 : 1)).map(([denom, amount]) => `${amount}${denom}`);
  return [address, number, sequence, publicKey, ...sums].join(" ");
}
