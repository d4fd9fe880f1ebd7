import type { Coin } from "../shared/coin.ts";

/** A block that was seen: its height and its hash in upper-case hex. */
export type Point = { readonly height: number; readonly hash: string };

/** The newest block that a chain's nodes show. */
export type Tip = Point & {
  readonly timeMs: number;
  /** The first block that the node still has; block 1 unless it was pruned or started later. */
  readonly earliest: Point;
  /** Median time between blocks, in ms. */
  readonly blockMs: number;
};

/** A signed transaction as the outbox stores it. What is in it never changes. */
export type SignedTx = {
  /** Upper-case hex of the chain's transaction hash. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** The address that pays. */
  readonly signer: string;
  /** What the transaction uses up, in the driver's own notation: account number and sequence, or inputs. */
  readonly reserves: string;
  /** The last height at which the chain may include it. */
  readonly timeoutHeight: number;
  /** The newest block known when it was signed: no block up to it can hold the transaction. */
  readonly anchor: Point;
  readonly fee: readonly Coin[];
};

/** One payment of a transaction. */
export type Payment = { readonly recipient: string; readonly coins: readonly Coin[] };

/** What a signer has used up of its account, as one node told it at one height. */
export type Standing = {
  readonly signer: string;
  /** The state read is that after this block. */
  readonly height: number;
  /** The driver's own notation, as {@link Reservations} reads it. */
  readonly used: string;
};

/** How a transaction in a block ended. `code` 0 is paid; null: the node holds no results for the block. */
export type Outcome = {
  readonly code: number | null;
  readonly codespace: string;
  /** The chain's own words, shortened. */
  readonly reason: string;
  /** Whose fault a failure is: a recipient's, or the paying side's (funds, gas), which no bisection mends. */
  readonly blame: "recipient" | "payer";
  readonly gasUsed: bigint;
};

/** A transaction that the walk met: one of those watched, or one whose memo starts with the mark. */
export type Found = {
  readonly hash: string;
  readonly height: number;
  readonly blockTimeMs: number;
  readonly outcome: Outcome;
  readonly memo: string;
  readonly signer: string;
  readonly reserves: string;
  readonly fee: readonly Coin[];
  readonly payments: readonly Payment[];
};

/** How far a walk came and what it met on the way. */
export type Walk = {
  /** The last block that was read and is linked by hash to where the walk began. */
  readonly cursor: Point;
  readonly timeMs: number;
  readonly found: readonly Found[];
  /** Set when a node shows a different block at the height where the walk began: another chain, or a reset. */
  readonly broken?: { readonly expected: Point; readonly seenHash: string };
};

/** What is to be signed. */
export type Order = {
  readonly payments: readonly Payment[];
  readonly memo: string;
  readonly reserves: string;
  readonly anchor: Point;
  readonly timeoutHeight: number;
  /** 1 at first; grows when a payer-side failure asks for more gas. */
  readonly attempt: number;
};

/** What a node said of a broadcast. It is written to the log and decides nothing. */
export type Answer = { readonly code: number; readonly log: string } | { readonly unreachable: string };

/** The chain could not be asked, or no node gave a usable answer. Nothing is known; try again later. */
export class ChainUnreachable extends Error {
  override name = "ChainUnreachable";
}

/**
 * Pure bookkeeping of what transactions use up: a sequence on account chains, inputs on UTXO chains.
 * `used` and `reserves` are opaque to everyone else.
 */
export interface Reservations {
  /** What the next transaction should take: free after `used`, and not held by an unsettled transaction. */
  next(used: string, held: readonly string[]): string;
  /** `used` once a transaction with these reserves is in a block. */
  after(used: string | null, reserves: string): string;
  /** The later of two standings of one signer. */
  latest(a: string | null, b: string): string;
  /** Whether the standing holds nothing that `used` and the unsettled transactions don't explain. */
  explains(used: string, held: readonly string[], standing: Standing): boolean;
  /** Whether the standing shows these reserves as used up, by whichever transaction. */
  spent(reserves: string, standing: Standing): boolean;
  /** Orders two reserves of one signer as the chain takes them; 0 where the order is free. */
  compare(a: string, b: string): number;
}

/**
 * One chain, spoken to in four moves: prepare, (the caller stores), submit, observe. There is no `send`:
 * only what was stored may be submitted, and only what was read from linked blocks settles anything.
 * Methods that ask the chain throw {@link ChainUnreachable}; they fail over between endpoints by themselves.
 */
export interface ChainDriver {
  /** The address that signs new transactions. */
  readonly signer: string;
  readonly reservations: Reservations;
  /** The newest block; prefers an endpoint that is not behind `atLeast`. */
  tip(atLeast: number): Promise<Tip>;
  /** The block at a height, or null where the node does not have it (pruned, or not yet made). */
  pointAt(height: number): Promise<Point | null>;
  /** Null: the chain knows no such account. */
  standing(signer: string): Promise<Standing | null>;
  balance(address: string, denoms: readonly string[]): Promise<Coin[]>;
  /** Signs; asks the chain for gas at most. Nothing leaves. */
  prepare(order: Order): Promise<SignedTx>;
  /** Hands the bytes to a node. */
  submit(tx: SignedTx): Promise<Answer>;
  /**
   * Reads blocks from `from` + 1 on, through `through` at most, `limit` blocks at most. Each is linked by hash
   * to the one before and its transactions' hash is recomputed; it stops before the first that isn't right.
   */
  walk(from: Point, through: number, limit: number, watch: ReadonlySet<string>, mark: string): Promise<Walk>;
  /** Asks again how a transaction in a known block ended. */
  outcome(hash: string, height: number): Promise<Outcome>;
  /** The largest number of payments for one transaction. */
  readonly paymentsMax: number;
}
