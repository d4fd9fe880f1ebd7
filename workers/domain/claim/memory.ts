import type { Standing, Tip } from "../chain/driver.ts";
import type { Coin } from "../shared/coin.ts";
import { HourlyBudget } from "./budget.ts";
import { CredentialCounts } from "./credential-counts.ts";
import { MinuteRate } from "./minute-rate.ts";
import type { DispenserPolicy, DispenserPorts } from "./ports.ts";
import type { Tally } from "./tally.ts";

/** What a dispenser may forget at any line: it only saves questions to the chain. */
export type Memory = {
  /** By hash: the tip and the time when these bytes last went out. */
  readonly sent: Map<string, { height: number; atMs: number }>;
  /** By signer: the newest standing read. */
  readonly standings: Map<string, Standing>;
  /** By batch number: the sum that it pays and its fee. */
  readonly costs: Map<number, readonly Coin[]>;
  /** By hash: the tip at which an unknown outcome was last asked for. */
  readonly asked: Map<string, number>;
  readonly budget: HourlyBudget;
  readonly credentials: CredentialCounts;
  readonly rate: MinuteRate;
  /** Milliseconds from acceptance to confirmation, newest last. */
  readonly waits: number[];
  /** Blocks must be read through here before anything is signed. */
  walkThrough: number;
  signedAtMs: number;
  chainSeenAtMs: number;
  /** The newest block when the chain last answered; null: it did not yet. */
  tip: Pick<Tip, "height" | "timeMs"> | null;
  unreachableInRow: number;
  /** Null: not read yet. */
  tally: Tally | null;
  tallyChanged: boolean;
  tallyKeptAtMs: number;
  delivering: boolean;
  projecting: boolean;
  projectedAtMs: number;
  /** Conditions that the log has told of and that still last. */
  readonly told: Set<string>;
};

/** A memory that knows nothing, as after every restart. */
export function blankMemory(): Memory {
  return {
    sent: new Map(),
    standings: new Map(),
    costs: new Map(),
    asked: new Map(),
    budget: new HourlyBudget(),
    credentials: new CredentialCounts(),
    rate: new MinuteRate(),
    waits: [],
    walkThrough: 0,
    signedAtMs: 0,
    chainSeenAtMs: 0,
    tip: null,
    unreachableInRow: 0,
    tally: null,
    tallyChanged: false,
    tallyKeptAtMs: 0,
    delivering: false,
    projecting: false,
    projectedAtMs: 0,
    told: new Set(),
  };
}

/** What every part of the dispenser is given. */
export type Desk = {
  readonly ports: DispenserPorts;
  readonly policy: DispenserPolicy;
  readonly memory: Memory;
};

/** The middle one of these numbers; null: there is none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Tells of a condition once when it begins, and again only after it has ended. */
export function tellOnce(
  desk: Desk,
  event: string,
  on: boolean,
  fields: () => Parameters<DispenserPorts["log"]>[1],
): void {
  const { told } = desk.memory;
  if (on && !told.has(event)) desk.ports.log(event, fields());
  if (on) told.add(event);
  else told.delete(event);
}
