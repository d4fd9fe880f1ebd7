import { performance } from "node:perf_hooks";

/** Asks one side for one drip and waits until it says that it is paid. Answers null then, and otherwise why not. */
export type Drip = (address: string) => Promise<string | null>;

/** One drip that a side called paid: how long its client waited, and when it ended (`performance.now()`). */
export type Paid = { readonly address: string; readonly ms: number; readonly endMs: number };

/** What some clients saw while they asked for a while. */
export type Load = {
  /** Those that ended within the time; only they count for rates. */
  readonly paid: readonly Paid[];
  /** Those that were under way at the end and were waited for. */
  readonly late: readonly Paid[];
  readonly failures: number;
  readonly firstReason: string | null;
};

/** No run asks more often than this, however fast it is refused. */
const attemptsMax = 100_000;

/**
 * `clients` that each ask, wait for the answer and ask again with another address, for so many seconds. What is
 * under way then is waited for; the drips themselves bound how long. `onEnd` is called when the time is over.
 */
export async function closedLoop(
  drip: Drip,
  clients: number,
  seconds: number,
  newAddress: () => string,
  onEnd: () => Promise<void>,
): Promise<Load> {
  const endMs = performance.now() + seconds * 1000;
  const all: Paid[] = [];
  let [attempts, failures, firstReason] = [0, 0, null as string | null];
  const client = async () => {
    while (performance.now() < endMs && attempts < attemptsMax) {
      attempts += 1;
      const address = newAddress();
      const begunMs = performance.now();
      const refused = await drip(address).catch((error: unknown) => reasonOf(error));
      const now = performance.now();
      if (refused === null) {
        all.push({ address, ms: now - begunMs, endMs: now });
      } else {
        failures += 1;
        firstReason ??= refused;
      }
    }
  };
  const over = new Promise((resolve) => setTimeout(resolve, seconds * 1000)).then(onEnd);
  await Promise.all([over, ...Array.from({ length: clients }, client)]);
  const inTime = (one: Paid) => one.endMs <= endMs;
  return { paid: all.filter(inTime), late: all.filter((one) => !inTime(one)), failures, firstReason };
}

/** Runs `work` on each item, so many at a time. The first error ends it. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.name}: ${error.message}${cause}`.slice(0, 200);
}
