import { stillPays } from "../access/challenge.ts";
import { budgetsOf, type Spent } from "./budget.ts";
import type { ClaimRoute } from "./claim.ts";
import type { AskRequest, ReserveRequest } from "./dispenser-api.ts";
import type { Desk } from "./memory.ts";
import type { ClaimRefusal } from "./refusals.ts";

/**
 * The ways by our own API that nobody has to give one: whoever makes addresses and has networks may come by them. A
 * signature is among them, since a key costs nothing.
 */
const openRoutes: readonly ClaimRoute[] = ["open", "challenge", "turnstile", "signature"];
const dialectRoutes: readonly ClaimRoute[] = ["dialect"];

/**
 * The network's budget for any hour, and the shares of it for those whom nobody vouched for. What neither share can
 * reach is kept for API keys, CI tokens and event codes, however many strangers come.
 */
export function budgetRefusal(desk: Desk, { route }: Pick<AskRequest, "route">): ClaimRefusal | null {
  const { hourly, dialect, open } = budgets(desk);
  if (hourly === 0) return null;
  const all = spent(desk);
  if (all.claims >= hourly) return { reason: "budget_spent", retryAtMs: all.freeAtMs };
  const [routes, most] = openRoutes.includes(route) ? [openRoutes, open] : [dialectRoutes, dialect];
  if (!routes.includes(route)) return null;
  const share = spent(desk, routes);
  return share.claims >= most ? { reason: "budget_spent", retryAtMs: share.freeAtMs } : null;
}

/** Refuses a challenge that was made before the budget became scarce; see {@link stillPays}. */
export function priceRefusal(desk: Desk, { paid }: ReserveRequest): ClaimRefusal | null {
  return paid === null || stillPays(paid, openUsed(desk)) ? null : { reason: "challenge_outpriced" };
}

/** How much of the open share of the last hour's budget is used: 0 to 1. */
export function openUsed(desk: Desk): number {
  const { hourly, open } = budgets(desk);
  if (hourly === 0) return 0;
  return open === 0 ? 1 : Math.min(1, spent(desk, openRoutes).claims / open);
}

function budgets({ ports, policy }: Desk) {
  return budgetsOf(policy, ports.store.state().budget);
}

function spent({ ports, memory }: Desk, routes?: readonly ClaimRoute[]): Spent {
  return memory.budget.spent(ports.store, ports.nowMs(), routes);
}
