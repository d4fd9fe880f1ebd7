import type { Random } from "./random.ts";

/** Where the dispenser can be when something goes wrong: each is one kind of call out of it or into it. */
export const STEPS = [
  "reserve",
  "alarm",
  "status",
  "headers",
  "block",
  "account",
  "simulate",
  "sync",
  "broadcast",
  "project",
] as const;
export type Step = (typeof STEPS)[number];

export const FAULTS = [
  "crash_before",
  "crash_after",
  "lost_reply",
  "node_error",
  "lag",
  "stale_failover",
  "no_results",
  "failed_in_block",
  "refused_in_block",
  "stolen_sequence",
  "mempool_lost",
  "halt",
  "reset",
  "restored_backup",
  "new_key",
  "alarm_twice",
  "two_objects",
  "paused",
] as const;
export type Fault = (typeof FAULTS)[number];

const REMOTE: readonly Step[] = [
  "reserve",
  "status",
  "headers",
  "block",
  "account",
  "simulate",
  "broadcast",
  "project",
];
const ASKED: readonly Step[] = REMOTE.filter((step) => step !== "reserve");

/** Whether a fault can strike at a step at all: only what is answered can lose its answer, only what is asked can refuse. */
export function applies(fault: Fault, step: Step): boolean {
  if (fault === "lost_reply") return REMOTE.includes(step) || step === "sync";
  if (fault === "node_error") return ASKED.includes(step);
  return true;
}

/** One fault to come: it strikes at the `nth` time that the dispenser is at `step`. */
export type Strike = { readonly fault: Fault; readonly step: Step; nth: number };

/** Steps that come seldom, and how often they may be passed before a strike. */
const NTH: Record<Step, number> = {
  reserve: 6,
  alarm: 3,
  status: 40,
  headers: 12,
  block: 4,
  account: 12,
  simulate: 4,
  sync: 6,
  broadcast: 8,
  project: 6,
};

/** The faults of one seed. The first cell goes round all cells, so that none is left to luck. */
export function plan(seed: number, random: Random): Strike[] {
  const cells = FAULTS.flatMap((fault) =>
    STEPS.filter((step) => applies(fault, step)).map((step) => ({ fault, step })),
  );
  const chosen = [cells[seed % cells.length] ?? random.pick(cells)];
  const more = random.between(0, 4);
  for (let count = 0; count < more; count += 1) chosen.push(random.pick(cells));
  return chosen.map(({ fault, step }) => ({ fault, step, nth: random.between(1, NTH[step]) }));
}

/** How often each fault struck at each step. */
export class Matrix {
  readonly #counts = new Map<string, number>();

  count(fault: Fault, step: Step, by = 1): void {
    const key = `${fault}@${step}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  entries(): [string, number][] {
    return [...this.#counts];
  }

  merge(entries: readonly [string, number][]): void {
    for (const [key, by] of entries) this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  /** Cells that no seed reached. */
  empty(): string[] {
    const cells = FAULTS.flatMap((fault) =>
      STEPS.filter((step) => applies(fault, step)).map((step) => `${fault}@${step}`),
    );
    return cells.filter((cell) => !this.#counts.has(cell));
  }

  print(): string {
    const width = Math.max(...FAULTS.map((fault) => fault.length));
    const head = `${"".padEnd(width)} ${STEPS.map((step) => step.padStart(10)).join("")}`;
    const rows = FAULTS.map((fault) => {
      const cells = STEPS.map((step) =>
        (applies(fault, step) ? `${this.#counts.get(`${fault}@${step}`) ?? 0}` : "-").padStart(10),
      );
      return `${fault.padEnd(width)} ${cells.join("")}`;
    });
    return [head, ...rows].join("\n");
  }
}
