import type { Desk } from "./memory.ts";

/** Counts by bucket, `le` its upper bound and the last one without any; what they sum up to. */
export type Histogram = { readonly counts: readonly number[]; readonly sum: number };

/** How a canary's claim went: paid; failed; not paid in time; or refused. */
export type CanaryResult = "confirmed" | "failed" | "slow" | "refused";

/** One canary, named by its slot in time. */
export type CanaryNote = {
  readonly slot: number;
  readonly result: CanaryResult;
  readonly tookMs: number;
  /** The refusal's or the failure's code; "" where there is none. */
  readonly code: string;
};

/** What is counted for operators. Nothing here decides about payment. */
export type Tally = {
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Claims of a batch that was paid, by {@link batchBounds}. */
  readonly batches: Histogram;
  /** Seconds from acceptance to confirmation, by {@link waitBounds}. */
  readonly waits: Histogram;
  readonly canaries: Readonly<Partial<Record<CanaryResult, number>>>;
  readonly canary: CanaryNote | null;
  /** Messages that no receiver took: given up, or dropped for want of room. */
  readonly messagesLost: number;
};

/** Upper bounds of the buckets for a batch's claims. */
export const batchBounds: readonly number[] = [1, 2, 5, 10, 25, 50, 100, 250, 500];
/** Upper bounds of the buckets for a claim's wait, in seconds. */
export const waitBounds: readonly number[] = [1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 900, 3600];

/** Names beyond so many are not counted: they come from other rooms. */
const namesMax = 64;
const keepEveryMs = 60_000;

/** A tally of nothing. */
export function emptyTally(): Tally {
  const histogram = (bounds: readonly number[]) => ({ counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 });
  const [batches, waits] = [histogram(batchBounds), histogram(waitBounds)];
  return { refused: {}, batches, waits, canaries: {}, canary: null, messagesLost: 0 };
}

/** The tally as far as this life of the object knows; a crash loses what was not kept, a minute's worth at most. */
export function tallyOf({ ports, memory }: Desk): Tally {
  memory.tally ??= ports.store.watch.tally() ?? emptyTally();
  return memory.tally;
}

/** Changes the tally in memory. */
export function changeTally(desk: Desk, change: (tally: Tally) => Partial<Tally>): void {
  const tally = tallyOf(desk);
  desk.memory.tally = { ...tally, ...change(tally) };
  desk.memory.tallyChanged = true;
}

/** Counts refusals by code. */
export function countRefused(desk: Desk, code: string, by = 1): void {
  if (!/^[a-z_]{1,40}$/.test(code) || !Number.isSafeInteger(by) || by < 1) return;
  changeTally(desk, ({ refused }) => {
    if (!(code in refused) && Object.keys(refused).length >= namesMax) return {};
    return { refused: { ...refused, [code]: (refused[code] ?? 0) + by } };
  });
}

/** Counts a paid batch and its claims' waits. */
export function countPaid(desk: Desk, waitsMs: readonly number[]): void {
  changeTally(desk, ({ batches, waits }) => ({
    batches: observe(batches, batchBounds, [waitsMs.length]),
    waits: observe(
      waits,
      waitBounds,
      waitsMs.map((ms) => ms / 1000),
    ),
  }));
}

function observe({ counts, sum }: Histogram, bounds: readonly number[], values: readonly number[]): Histogram {
  const next = [...counts];
  for (const value of values) {
    const bucket = bounds.findIndex((bound) => value <= bound);
    const index = bucket === -1 ? bounds.length : bucket;
    next[index] = (next[index] ?? 0) + 1;
  }
  return { counts: next, sum: sum + values.reduce((total, value) => total + value, 0) };
}

/**
 * Stores the tally, at most once a minute unless `now`: a row written. What is shown outside is stored first: a
 * counter that fell back after a crash would be read as one that began anew.
 */
export function keepTally({ ports, memory }: Desk, now = false): void {
  if (!memory.tally || !memory.tallyChanged) return;
  if (!now && ports.nowMs() - memory.tallyKeptAtMs < keepEveryMs) return;
  ports.store.watch.keepTally(memory.tally);
  memory.tallyChanged = false;
  memory.tallyKeptAtMs = ports.nowMs();
}
