import { z } from "@hono/zod-openapi";
import { json, networkParams, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { readQuery } from "../read-query.ts";
import { writeTime } from "../shapes.ts";
import { actorAndNetwork, answerAct, faucetPath, operatorStateShape } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

const pageLength = 100;
const body = z
  .strictObject({ address: z.string().min(1).max(256), reason: z.string().trim().min(1).max(200) })
  .openapi("DenyRequest");
const query = z.strictObject({ cursor: z.string().min(1).max(256).optional() });
const shape = z
  .object({
    denied: z.array(z.object({ address: z.string(), reason: z.string(), by: z.string(), at: z.iso.datetime() })),
    nextCursor: z.string().optional(),
  })
  .openapi("DeniedPage");
const path = `${faucetPath}/denied`;
const listed = adminRoute({ 400: "invalid_query", 404: "unknown_network", 503: "dispenser_unreachable" });
const denying = adminRoute({
  400: "invalid_json, invalid_body",
  404: "unknown_network",
  409: "deny_list_full",
  422: "invalid_address",
  503: "dispenser_unreachable",
});
const allowing = adminRoute({
  404: "unknown_network, not_denied",
  422: "invalid_address",
  503: "dispenser_unreachable",
});

/** The deny list, in order of address. */
export const listDenied: Operation = {
  route: {
    method: "get",
    path,
    summary: "Denied addresses",
    security: listed.security,
    request: { params: networkParams, query },
    responses: { 200: json("A page of them", shape), ...listed.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "viewer");
    if (!who.ok) return who.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const rows = await who.value.network.dispenser.denied(asked.value.cursor ?? null, pageLength);
    const denied = rows.map(({ atMs, ...same }) => ({ ...same, at: writeTime(atMs) }));
    const last = rows.length === pageLength ? rows.at(-1) : undefined;
    return c.json({ denied, ...(last ? { nextCursor: last.address } : {}) }, 200, { "Cache-Control": "no-store" });
  },
};

/** New claims for an address are refused. Those that were accepted before are paid. */
export const denyAddress: Operation = {
  route: {
    method: "post",
    path,
    summary: "Deny an address",
    security: denying.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: { 200: json("It is denied", operatorStateShape), ...denying.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const reading = who.value.network.readAddress(read.value.address);
    if (!reading.ok) return refuseHere(c, reading.refusal);
    return answerAct(c, who.value, { kind: "deny", address: reading.address, reason: read.value.reason });
  },
};

/** Takes an address off the deny list. */
export const allowAddress: Operation = {
  route: {
    method: "delete",
    path: `${path}/{address}`,
    summary: "Take an address off the deny list",
    security: allowing.security,
    request: { params: networkParams.extend({ address: z.string() }) },
    responses: { 200: json("It is no longer denied", operatorStateShape), ...allowing.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const reading = who.value.network.readAddress(c.req.param("address") ?? "");
    if (!reading.ok) return refuseHere(c, reading.refusal);
    return answerAct(c, who.value, { kind: "allow", address: reading.address });
  },
};
