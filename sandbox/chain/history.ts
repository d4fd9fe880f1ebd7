import type { Account, AccountReader, Accounts } from "./accounts.ts";

/** What the accounts were before a block. */
type Undo = { readonly height: number; readonly before: ReadonlyMap<string, Account | undefined> };

/** Past states, as what each block changed. Blocks that change nothing cost nothing. */
export class History {
  readonly #accounts: Accounts;
  #undos: Undo[] = [];

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** Notes what a block is about to overwrite. Call it before the changes are committed. */
  note(height: number, changes: ReadonlyMap<string, Account>): void {
    if (changes.size === 0) return;
    const before = new Map([...changes.keys()].map((address) => [address, this.#accounts.get(address)]));
    this.#undos.push({ height, before });
  }

  /** Forgets what is needed for states below a height only. */
  prune(height: number): void {
    const kept = this.#undos.findIndex((undo) => undo.height > height);
    if (kept !== 0) this.#undos = kept < 0 ? [] : this.#undos.slice(kept);
  }

  /** The state after a block. The caller knows that the height is kept. */
  at(height: number): AccountReader {
    const later = this.#undos.filter((undo) => undo.height > height);
    const find = (address: string): Account | undefined => {
      const undo = later.find(({ before }) => before.has(address));
      return undo === undefined ? this.#accounts.get(address) : undo.before.get(address);
    };
    return { get: find, nextNumber: this.#accounts.nextNumber };
  }

  /** Every account of the state after a block. */
  entriesAt(height: number): [string, Account][] {
    const entries = new Map(this.#accounts.entries());
    for (const { height: changed, before } of this.#undos.toReversed()) {
      if (changed <= height) break;
      for (const [address, account] of before) {
        if (account === undefined) entries.delete(address);
        else entries.set(address, account);
      }
    }
    return [...entries];
  }
}
