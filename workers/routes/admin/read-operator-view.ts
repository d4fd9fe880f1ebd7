import { z } from "@hono/zod-openapi";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { writeFaucet } from "../read-faucet.ts";
import { faucetShape } from "../shapes.ts";
import { actorAndNetwork, faucetPath, operatorStateShape, writeOperatorState } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

const shape = z
  .object({
    faucet: faucetShape,
    operator: operatorStateShape,
    hourlyBudget: z.int().openapi({ description: "Claims an hour in force; 0: no limit." }),
    spentLastHour: z.int(),
  })
  .openapi("OperatorView");
const { security, refusals } = adminRoute({ 404: "unknown_network", 503: "dispenser_unreachable" });

/** What everyone sees of a faucet, and what operators have set. */
export const readOperatorView: Operation = {
  route: {
    method: "get",
    path: faucetPath,
    summary: "A faucet as its operators see it",
    security,
    request: { params: networkParams },
    responses: { 200: json("The faucet and what operators set", shape), ...refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "viewer");
    if (!who.ok) return who.response;
    const { network } = who.value;
    const [report, view] = await Promise.all([network.dispenser.report(), network.dispenser.operatorView()]);
    const { hourlyBudget, spentLastHour } = view;
    const operator = writeOperatorState(view);
    const answer = { faucet: writeFaucet(network, report), operator, hourlyBudget, spentLastHour };
    return c.json(answer, 200, { "Cache-Control": "no-store" });
  },
};
