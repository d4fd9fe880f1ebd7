import { z } from "@hono/zod-openapi";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { actorAndNetwork, answerAct, faucetPath, operatorStateShape } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

const body = z
  .strictObject({
    claimsPerHour: z
      .int()
      .min(1)
      .max(1_000_000)
      .openapi({ description: "Claims in any hour; failed ones don't count." }),
  })
  .openapi("BudgetRequest");
const set = adminRoute({ 400: "invalid_json, invalid_body", 404: "unknown_network", 503: "dispenser_unreachable" });
const cleared = adminRoute({ 404: "unknown_network, budget_not_set", 503: "dispenser_unreachable" });

/** An hourly budget in place of the network file's. */
export const setBudget: Operation = {
  route: {
    method: "put",
    path: `${faucetPath}/budget`,
    summary: "Set the hourly budget in place of the network file's",
    security: set.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: { 200: json("It is in force", operatorStateShape), ...set.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const read = await readBody(c, body);
    return read.ok ? answerAct(c, who.value, { kind: "set_budget", ...read.value }) : read.response;
  },
};

/** Back to the network file's budget. */
export const clearBudget: Operation = {
  route: {
    method: "delete",
    path: `${faucetPath}/budget`,
    summary: "Return to the network file's hourly budget",
    security: cleared.security,
    request: { params: networkParams },
    responses: { 200: json("The file's is in force", operatorStateShape), ...cleared.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    return who.ok ? answerAct(c, who.value, { kind: "clear_budget" }) : who.response;
  },
};
