import type { Shown } from "../access/credential.ts";
import type { GrantDesk } from "../access/grant.ts";
import type { Coin } from "../shared/coin.ts";
import type { Claim, ClaimRoute } from "./claim.ts";
import type { DispenserMetrics } from "./metrics.ts";
import type { ActRequest, Operated, OperatorState } from "./operator-acts.ts";
import type { AuditRow, DeniedRow, Pause } from "./operator-records.ts";
import type { Halt } from "./records.ts";
import type { ClaimRefusal, Reserved } from "./refusals.ts";
import type { CanaryNote } from "./tally.ts";

/** A claim that is to be stored. The address is already checked and in lower case. */
export type ReserveRequest = {
  /** A new UUID, or one derived from the Idempotency-Key. */
  readonly id: string;
  readonly address: string;
  /** Empty: all that the network drips. */
  readonly denoms: readonly string[];
  /** How the claim came in; dialects carry no proof and share a part of the budget. */
  readonly route: ClaimRoute;
  /** Whose quota the claim is to count for; null: nobody's. */
  readonly credential: Shown | null;
  /** A challenge that this claim uses up, once for ever; null: it brought none. */
  readonly nonce: { readonly id: string; readonly expiresAtMs: number } | null;
  /** How many times the quiet price its challenge cost; null: it brought none. */
  readonly paid: number | null;
};

/** What is asked before a claim: the same as a claim would, without an id and with nothing to use up. */
export type AskRequest = Pick<ReserveRequest, "address" | "denoms" | "route" | "credential">;

/** What a claim would get now, and how many a day its credential gives (null: no such limit). */
export type Prospect =
  | { readonly ok: true; readonly drips: readonly Coin[]; readonly perDay: number | null }
  | { readonly ok: false; readonly refusal: ClaimRefusal };

/** How a network's dispenser is doing. */
export type DispenserReport = {
  readonly chainId: string;
  /** The address that pays; fund this one. */
  readonly address: string;
  readonly balance: readonly Coin[];
  /** 0: never read. */
  readonly balanceAtMs: number;
  readonly queued: number;
  readonly submitted: number;
  /** About how many claims were accepted in the last minute; 0 after a restart. */
  readonly acceptedLastMinute: number;
  /** How much of their share of the hour's budget the claims without a credential have used: 0 to 1. */
  readonly budgetUsed: number;
  /** The newest block read; null before the first. */
  readonly height: number | null;
  readonly blockMs: number;
  /** Median ms from acceptance to confirmation of the newest settled batches; null when there is none. */
  readonly medianWaitMs: number | null;
  readonly halt: Halt | null;
  readonly pause: Pause | null;
  /** When the chain last answered; 0 never. */
  readonly chainSeenAtMs: number;
};

/** What operators see beside the report. */
export type OperatorView = OperatorState & {
  /** Claims an hour in force; 0: no limit. */
  readonly hourlyBudget: number;
  /** Claims of the last hour that count against it. */
  readonly spentLastHour: number;
};

/** What the rest of the house asks of one network's dispenser. Implemented over Durable Object RPC. */
export interface DispenserApi extends GrantDesk {
  /** Idempotent by id. Allowance and claim are stored in one step. */
  reserve(request: ReserveRequest): Promise<Reserved<Claim>>;
  /** What each of these claims of one recipient would get, at most 8. Writes nothing. */
  prospects(asked: readonly AskRequest[]): Promise<Prospect[]>;
  /** Which genesis of its chain the allowances are counted on, from 1. */
  epoch(): Promise<number>;
  claim(id: string): Promise<Claim | null>;
  /** Like `claim`, but answers when its state is no longer `seen`, or after `waitMs` (≤ 30,000) with what is. */
  claimChange(id: string, seen: Claim["state"] | "", waitMs: number): Promise<Claim | null>;
  /** Like `claim`, but answers when it ended (confirmed or failed), or after `waitMs` (≤ 30,000) with what is. */
  claimEnd(id: string, waitMs: number): Promise<Claim | null>;
  report(): Promise<DispenserReport>;
  /** Does an operator's act with its audit row; idempotent by the act's id. */
  operate(request: ActRequest): Promise<Operated>;
  operatorView(): Promise<OperatorView>;
  /** Newest first, from below `before`; at most `limit` (≤ 100). */
  audit(before: number | null, limit: number): Promise<AuditRow[]>;
  /** Ascending, from above `after`; at most `limit` (≤ 100). */
  denied(after: string | null, limit: number): Promise<DeniedRow[]>;
  metrics(): Promise<DispenserMetrics>;
  /** Refusals that were made before it was asked, by code. Asked twice they count twice. */
  countRefused(counts: Readonly<Record<string, number>>): Promise<void>;
  /** How a canary's claim went; the first word on a slot is counted. */
  noteCanary(note: CanaryNote): Promise<void>;
  /** Makes sure that its alarm is armed; harmless at any time. */
  poke(): Promise<void>;
}
