import type { GrantTable } from "../access/grant.ts";
import type { ChainDriver } from "../chain/driver.ts";
import type { Coin } from "../shared/coin.ts";
import type { Claim } from "./claim.ts";
import type { WebhookSender } from "./deliver.ts";
import type { OperatorStore } from "./operator-store.ts";
import type { BatchRow, ClaimRow, DispenserState, RetryRow } from "./records.ts";
import type { WatchStore } from "./watch-store.ts";

/**
 * The dispenser's own storage: the only truth about payment. All but `sync` are synchronous, and all that is
 * written between two awaits becomes durable together or not at all. Held to test/conformance/dispenser-store.
 */
export interface DispenserStore {
  /** Runs all of it or, when it throws, none. */
  atomically<T>(run: () => T): T;
  /** Resolves when everything written so far is durable; throws when this object has been replaced. */
  sync(): Promise<void>;

  /** What operators did and set. */
  readonly operator: OperatorStore;
  /** What it counts for operators, and tells them. */
  readonly watch: WatchStore;

  state(): DispenserState;
  save(patch: Partial<DispenserState>): void;

  /** Stores a claim and returns its place in line. Throws when the id is known. */
  addClaim(claim: Omit<ClaimRow, "seq">): number;
  claimById(id: string): ClaimRow | null;
  /** The newest claim of a recipient within an epoch. */
  latestClaimOf(recipient: string, epoch: number): ClaimRow | null;
  /** Claims that count for a credential, of one epoch and younger than a time, ascending by place in line. */
  claimsOfCredential(credential: string, epoch: number, afterMs: number): Pick<ClaimRow, "seq" | "createdAtMs">[];
  /** By place in line, both ends included, ascending. */
  claimsBetween(from: number, to: number): ClaimRow[];
  /** The highest place in line given out, from 1 without gaps; 0 when none was. */
  lastSeq(): number;

  /** API keys and event codes. */
  readonly grants: GrantTable;

  /** Spends a single-use nonce: false when it was spent before. It may be forgotten once it has expired. */
  spendNonce(id: string, expiresAtMs: number, nowMs: number): boolean;

  /** Stores a signed batch and returns its number. Throws when the id or the hash is known. */
  addBatch(batch: Omit<BatchRow, "n" | "rev">): number;
  /** Changes what may change of a batch; the signed part never does. */
  markBatch(
    n: number,
    change: Pick<BatchRow, "state" | "changedAtMs"> & Partial<Pick<BatchRow, "height" | "code" | "reason">>,
  ): void;
  /** In order of number. */
  pendingBatches(): BatchRow[];
  batchByHash(hash: string): BatchRow | null;
  /** The newest batch that holds this place in line: ranges are nested or apart, never crossed. */
  batchCovering(seq: number): BatchRow | null;
  /** Changed after `rev`, ascending by rev. */
  batchesAfterRev(rev: number, limit: number): BatchRow[];

  /** Ascending by place in line. */
  retries(): RetryRow[];
  addRetry(retry: RetryRow): void;
  removeRetry(from: number): void;
}

/** Rows for the read model: claims are new, batches are new or changed. */
export type ReadModelRows = {
  readonly claims: readonly ClaimRow[];
  readonly batches: readonly BatchRow[];
};

/**
 * The read model that everything but payment queries. Writing the same rows again changes nothing, and a row older
 * (by `createdAtMs`, `changedAtMs`) than the one there is passed over: a replaced object's write may come late.
 */
export interface ReadModel {
  write(rows: ReadModelRows): Promise<void>;
}

/** One line of the structured log: what was done and why. Never holds a key. */
export type Log = (event: string, fields: Readonly<Record<string, string | number | boolean | null>>) => void;

/** Everything from outside that the dispenser uses. */
export type DispenserPorts = {
  readonly store: DispenserStore;
  readonly driver: ChainDriver;
  readonly readModel: ReadModel;
  readonly nowMs: () => number;
  /** A new unguessable name, at most 20 characters of [a-z0-9]. */
  readonly newId: () => string;
  readonly log: Log;
  /** Called when claims changed their state; waiting clients are told. */
  readonly onChange: (claims: readonly Claim[]) => void;
  /** Where operators are told of what happens; null: nowhere. */
  readonly webhook: WebhookSender | null;
};

/** What one network's dispenser is told by its network file and the deployment. */
export type DispenserPolicy = {
  readonly chainId: string;
  /** This deployment's name in every memo: at most 32 characters of [a-z0-9-]. */
  readonly deployment: string;
  /** Changed by the operator after a backup was restored. */
  readonly generation: string;
  /** False where there is no key: what was signed before is followed to its end, and nothing new is. */
  readonly maySign: boolean;
  /** What a claim pays when it doesn't choose, and the most that it may choose from. */
  readonly drips: readonly Coin[];
  readonly cooldownMs: number;
  /** Claims in any hour that are accepted, failed ones not counted; 0: no limit. */
  readonly hourlyBudget: number;
  /** How many of them may come by the peers' dialects, which carry no proof. */
  readonly dialectBudget: number;
  /** How many may come by our own API without a credential, with a challenge or where none is asked for. */
  readonly openBudget: number;
  /** Claims that have not failed in any 24 hours of one signing address, and of one CI repository. */
  readonly signaturePerDay: number;
  readonly oidcPerDay: number;
  /** A recipient that holds this much is refused; with `topUp` a claim pays only up to it. */
  readonly recipientCap: readonly Coin[];
  readonly topUp: boolean;
  /** Claims that may wait; more are refused. */
  readonly queueMax: number;
  /** Signed and unsettled batches at one time. */
  readonly inFlightMax: number;
  readonly timeoutBlocksMin: number;
  readonly timeoutMsMin: number;
  /** Below this the operator is told. */
  readonly balanceLow: readonly Coin[];
  /** Kept so that a batch's fee can always be paid. */
  readonly feeReserve: readonly Coin[];
};
