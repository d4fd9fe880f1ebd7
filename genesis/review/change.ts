/** What kind of thing changed between two genesis files. */
export type ChangeKind =
  | "document"
  | "consensus"
  | "parameter"
  | "state"
  | "account-added"
  | "account-removed"
  | "account-changed"
  | "balance"
  | "supply"
  | "validator-added"
  | "validator-removed"
  | "validator-changed"
  | "order";

/** One change: what it is about, and what stood and stands there; null where nothing does. */
export type Change = {
  readonly kind: ChangeKind;
  /** A path, an address or a denom. */
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  /** A name for people, as a validator's moniker. */
  readonly name?: string;
};

/** Changes gathered up to a bound for each kind, and how many there were of each. */
export class Changes {
  readonly list: Change[] = [];
  readonly counts = new Map<ChangeKind, number>();
  readonly #max: number;

  /** Keeps at most `max` changes of a kind. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Counts a change, and keeps it while there is room. */
  add(change: Change): void {
    const count = (this.counts.get(change.kind) ?? 0) + 1;
    this.counts.set(change.kind, count);
    if (count <= this.#max) this.list.push(change);
  }
}
