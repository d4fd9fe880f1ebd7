import type { ClaimRoute } from "./claim.ts";
import { claimState } from "./claim-state.ts";
import type { BudgetOverride } from "./operator-records.ts";
import type { DispenserPolicy, DispenserStore } from "./ports.ts";

const HOUR_MS = 3_600_000;
const PAGE = 1_000;

/**
 * The budgets in force: the network file's, or an operator's with the shares in proportion. Where the file sets none,
 * nobody has a smaller share than the whole either.
 */
export function budgetsOf(
  policy: Pick<DispenserPolicy, "hourlyBudget" | "dialectBudget" | "openBudget">,
  override: BudgetOverride | null,
): { readonly hourly: number; readonly dialect: number; readonly open: number } {
  const { hourlyBudget, dialectBudget, openBudget } = policy;
  if (override === null) return { hourly: hourlyBudget, dialect: dialectBudget, open: openBudget };
  const hourly = override.claimsPerHour;
  if (hourlyBudget === 0) return { hourly, dialect: hourly, open: hourly };
  const part = (share: number) => Math.ceil((hourly * share) / hourlyBudget);
  return { hourly, dialect: part(dialectBudget), open: part(openBudget) };
}

type Entry = { readonly seq: number; readonly atMs: number; readonly route: ClaimRoute };

/** How many claims of the last hour count, and when the oldest of them no longer does. */
export type Spent = { readonly claims: number; readonly freeAtMs: number };

/**
 * The claims of the last hour that have not failed. It is derived: read from the store when it is first asked for,
 * then kept beside it, so that an accepted claim costs no count over rows. A restart derives it anew.
 */
export class HourlyBudget {
  #entries: Entry[] | null = null;

  /** Claims of the last hour by any route, or by some. */
  spent(store: DispenserStore, nowMs: number, routes?: readonly ClaimRoute[]): Spent {
    const kept = this.#read(store, nowMs).filter((entry) => entry.atMs > nowMs - HOUR_MS);
    this.#entries = kept;
    const counted = routes === undefined ? kept : kept.filter((entry) => routes.includes(entry.route));
    return { claims: counted.length, freeAtMs: (counted[0]?.atMs ?? nowMs) + HOUR_MS };
  }

  /** A claim was stored. */
  add(entry: Entry): void {
    this.#entries?.push(entry);
  }

  /** Claims failed: they count no more. */
  drop(from: number, to: number): void {
    this.#entries = this.#entries?.filter(({ seq }) => seq < from || seq > to) ?? null;
  }

  /** What was kept may hold rows that a rollback took back. */
  forget(): void {
    this.#entries = null;
  }

  #read(store: DispenserStore, nowMs: number): Entry[] {
    if (this.#entries) return this.#entries;
    const found: Entry[] = [];
    for (let to = store.lastSeq(); to > 0; to -= PAGE) {
      const page = store.claimsBetween(to - PAGE + 1, to).filter((row) => row.createdAtMs > nowMs - HOUR_MS);
      const counted = page.filter((row) => claimState(store.batchCovering(row.seq)) !== "failed");
      found.unshift(...counted.map(({ seq, createdAtMs, route }) => ({ seq, atMs: createdAtMs, route })));
      if (page.length < PAGE) break;
    }
    return found;
  }
}
