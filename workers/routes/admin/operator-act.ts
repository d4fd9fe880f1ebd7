import { z } from "@hono/zod-openapi";
import type { Actor, Role } from "../../domain/admin/actor.ts";
import type { OperatorAct, OperatorState } from "../../domain/claim/operator-acts.ts";
import type { ServedNetwork } from "../../domain/network/served.ts";
import { type Found, type HouseContext, networkOf, refuseHere } from "../context.ts";
import { writeTime } from "../shapes.ts";
import { requireRole } from "./require-role.ts";

/** Where everything of one network's faucet lies for its operators. */
export const faucetPath = "/api/v1/admin/networks/{chainId}/faucet";

const time = z.iso.datetime();

/** What operators have set of a faucet, on the wire. */
export const operatorStateShape = z
  .object({
    pause: z
      .object({ since: time, by: z.string(), reason: z.string(), retryAt: time.optional(), drain: z.boolean() })
      .nullable(),
    budget: z.object({ claimsPerHour: z.int(), by: z.string(), since: time }).nullable(),
    denied: z.int().openapi({ description: "Addresses on the deny list." }),
  })
  .openapi("OperatorState");

/** The state as it goes out. */
export function writeOperatorState({ pause, budget, denied }: OperatorState): z.output<typeof operatorStateShape> {
  return {
    pause: pause && {
      since: writeTime(pause.sinceMs),
      by: pause.by,
      reason: pause.reason,
      ...(pause.retryAtMs === null ? {} : { retryAt: writeTime(pause.retryAtMs) }),
      drain: pause.drain,
    },
    budget: budget && { claimsPerHour: budget.claimsPerHour, by: budget.by, since: writeTime(budget.sinceMs) },
    denied,
  };
}

/** Who asks, and about which network: the first two questions of every admin's route, in this order. */
export async function actorAndNetwork(
  c: HouseContext,
  role: Role,
): Promise<Found<{ readonly actor: Actor; readonly network: ServedNetwork }>> {
  const actor = await requireRole(c, role);
  if (!actor.ok) return actor;
  const network = networkOf(c);
  if (!network.ok) return network;
  return { ok: true, value: { actor: actor.value, network: network.value } };
}

/** Has the dispenser do an act and answers with the state after it. An Idempotency-Key makes it the same act again. */
export async function answerAct(
  c: HouseContext,
  { actor, network }: { readonly actor: Actor; readonly network: ServedNetwork },
  act: OperatorAct,
): Promise<Response> {
  const key = c.req.header("idempotency-key");
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key))
    return refuseHere(c, { reason: "invalid_idempotency_key" });
  const id = await c.var.house.newClaimId(
    network.facts.chainId,
    key === undefined ? null : `admin ${actor.name} ${key}`,
  );
  const operated = await network.dispenser.operate({ id, actor: actor.name, act });
  if (!operated.ok) return refuseHere(c, operated.refusal);
  return c.json(writeOperatorState(operated.state), 200, { "Cache-Control": "no-store" });
}
