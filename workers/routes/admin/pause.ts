import { z } from "@hono/zod-openapi";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { actorAndNetwork, answerAct, faucetPath, operatorStateShape } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

const body = z
  .strictObject({
    reason: z.string().trim().min(1).max(200).openapi({ description: "Told to everyone whose claim is refused." }),
    retryAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: "When to try again. The pause does not end by itself." }),
    drain: z.boolean().default(true).openapi({
      description: "true: claims that wait are still paid. false: nothing new is signed until it resumes.",
    }),
  })
  .openapi("PauseRequest");
const paused = adminRoute({ 400: "invalid_json, invalid_body", 404: "unknown_network", 503: "dispenser_unreachable" });
const resumed = adminRoute({ 404: "unknown_network", 409: "not_paused", 503: "dispenser_unreachable" });

/** New claims are refused from now on; again while paused: a new reason. */
export const pauseFaucet: Operation = {
  route: {
    method: "post",
    path: `${faucetPath}/pause`,
    summary: "Pause a faucet: refuse new claims",
    security: paused.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: { 200: json("It is paused", operatorStateShape), ...paused.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const { reason, retryAt, drain } = read.value;
    const retryAtMs = retryAt === undefined ? null : Date.parse(retryAt);
    return answerAct(c, who.value, { kind: "pause", reason, retryAtMs, drain });
  },
};

/** Claims are welcome again. */
export const resumeFaucet: Operation = {
  route: {
    method: "post",
    path: `${faucetPath}/resume`,
    summary: "Resume a paused faucet",
    security: resumed.security,
    request: { params: networkParams },
    responses: { 200: json("It goes on", operatorStateShape), ...resumed.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    return who.ok ? answerAct(c, who.value, { kind: "resume" }) : who.response;
  },
};
