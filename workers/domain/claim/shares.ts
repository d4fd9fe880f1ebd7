import { stillPays } from "../access/challenge.ts";
import type { ClaimRoute } from "./claim.ts";
import type { ReserveRequest } from "./dispenser-api.ts";
import type { Desk } from "./memory.ts";
import type { ClaimRefusal } from "./refusals.ts";

/** Our own API without a credential: whoever can make addresses and has a network address may come this way. */
const openRoutes: readonly ClaimRoute[] = ["open", "challenge"];
const dialectRoutes: readonly ClaimRoute[] = ["dialect"];

/**
 * The network's budget for any hour, and the shares of it that can be had without a credential. What neither share
 * can reach is kept for those who bring one, however many strangers come.
 */
export function budgetRefusal({ ports, policy, memory }: Desk, { route, paid }: ReserveRequest): ClaimRefusal | null {
  if (policy.hourlyBudget === 0) return null;
  const spent = (routes?: readonly ClaimRoute[]) => memory.budget.spent(ports.store, ports.nowMs(), routes);
  const all = spent();
  if (all.claims >= policy.hourlyBudget) return { reason: "budget_spent", retryAtMs: all.freeAtMs };
  const [routes, most] = openRoutes.includes(route)
    ? [openRoutes, policy.openBudget]
    : [dialectRoutes, policy.dialectBudget];
  if (!routes.includes(route)) return null;
  const share = spent(routes);
  if (share.claims >= most) return { reason: "budget_spent", retryAtMs: share.freeAtMs };
  return paid === null || stillPays(paid, share.claims / most) ? null : { reason: "challenge_outpriced" };
}

/** How much of their share of the last hour's budget the claims without a credential have used: 0 to 1. */
export function openUsed({ ports, policy, memory }: Desk): number {
  if (policy.hourlyBudget === 0) return 0;
  const { claims } = memory.budget.spent(ports.store, ports.nowMs(), openRoutes);
  return policy.openBudget === 0 ? 1 : Math.min(1, claims / policy.openBudget);
}
