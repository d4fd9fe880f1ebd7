import type { Point, SignedTx } from "../chain/driver.ts";
import type { Coin } from "../shared/coin.ts";
import type { ClaimRoute } from "./claim.ts";
import type { BudgetOverride, Pause } from "./operator-records.ts";

/** A claim as the dispenser keeps it. The row never changes: its state follows from the batch that covers it. */
export type ClaimRow = {
  /** Place in line, from 1, never given twice. */
  readonly seq: number;
  /** Chosen by the Worker, so that a lost reply can be asked again. */
  readonly id: string;
  /** Lower-case address. */
  readonly recipient: string;
  readonly coins: readonly Coin[];
  /** Which chain (id and genesis) the allowance is counted on. */
  readonly epoch: number;
  readonly createdAtMs: number;
  /** How it came in. */
  readonly route: ClaimRoute;
  /** Whose quota it counts for, such as `key:k3f9`; null: nobody's. */
  readonly credential: string | null;
};

/** Claims `from` to `to`, both included, by place in line. */
export type Range = { readonly from: number; readonly to: number };

/**
 * A batch's way: pending → paid | failed (in a block with a code, nothing moved) | dead (proved never to be
 * included, or gone with a chain that was reset).
 */
export type BatchState = "pending" | "paid" | "failed" | "dead";

/** One signed transaction and the claims that it pays: a row of the outbox. */
export type BatchRow = Range & {
  /** Local number, from 1. */
  readonly n: number;
  /** The name that stands in the memo; unique across restored backups. */
  readonly id: string;
  readonly epoch: number;
  readonly tx: SignedTx;
  readonly attempt: number;
  readonly signedAtMs: number;
  readonly state: BatchState;
  /** The block that holds it, once seen; with state `pending` its outcome is not known yet. */
  readonly height: number | null;
  /** Set only on `failed`, and only when no other batch will try: its claims ended with it. */
  readonly code: string | null;
  /** The chain's own words on a failure. */
  readonly reason: string | null;
  readonly changedAtMs: number;
  /** Grows with every change of any batch; the read model's cursor. */
  readonly rev: number;
};

/** Claims that were in a batch and wait for another. */
export type RetryRow = Range & { readonly attempt: number };

/** Why a dispenser signs nothing until someone acts. */
export type Halt = {
  readonly code: "chain_reset";
  readonly detail: string;
  readonly anchor: Point;
  readonly signer: string;
  readonly sinceMs: number;
};

/** A condition that operators are told of when it begins and when it ends. */
export type Alert = "faucet.halted" | "faucet.stuck" | "faucet.low_balance" | "faucet.canary_failed";

/** What a dispenser knows besides claims and batches: one row. */
export type DispenserState = {
  /** Grows by one when the chain was reset and the operator resumed. */
  readonly epoch: number;
  /** The first block seen of this chain: a second anchor, far down. */
  readonly root: Point | null;
  /** The last block that was read. */
  readonly cursor: Point | null;
  readonly cursorTimeMs: number;
  readonly blockMs: number;
  /** Claims from here on were never in a batch. */
  readonly fresh: number;
  /** By signer: what it has used up, as far as blocks prove; the driver's notation. */
  readonly used: Readonly<Record<string, string>>;
  readonly balance: readonly Coin[];
  /** 0: never read. */
  readonly balanceAtMs: number;
  readonly halt: Halt | null;
  /** Raised by the operator after a restored backup. */
  readonly generation: string;
  /** After a restore nothing is signed until the blocks through `untilHeight` were read. */
  readonly quarantine: { readonly sinceMs: number; readonly untilHeight: number | null } | null;
  /** Payments met in blocks that may be ours and can't be judged yet; nothing is signed until they are. */
  readonly deferred: readonly { readonly hash: string; readonly height: number }[];
  readonly projectedSeq: number;
  readonly projectedRev: number;
  /** Set by an operator. */
  readonly pause: Pause | null;
  /** Set by an operator, in place of the network file's hourly budget. */
  readonly budget: BudgetOverride | null;
  /** Claims that ended, since the first. */
  readonly confirmed: number;
  readonly failed: number;
  /** Alerts that last, and since when. */
  readonly alerts: Readonly<Partial<Record<Alert, number>>>;
};

/** The state of a dispenser that has seen nothing. */
export function emptyState(generation: string): DispenserState {
  return {
    epoch: 1,
    root: null,
    cursor: null,
    cursorTimeMs: 0,
    blockMs: 0,
    fresh: 1,
    used: {},
    balance: [],
    balanceAtMs: 0,
    halt: null,
    generation,
    quarantine: null,
    deferred: [],
    projectedSeq: 0,
    projectedRev: 0,
    pause: null,
    budget: null,
    confirmed: 0,
    failed: 0,
    alerts: {},
  };
}
