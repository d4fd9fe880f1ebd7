import { z } from "@hono/zod-openapi";
import { json, networkParams, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";
import { auditQuery, auditShape, pageLength, writeAuditPage } from "./audit.ts";
import { actRefusals, adminCeremonyPath, coordinatorOf } from "./ceremony-acts.ts";
import { adminRoute } from "./require-role.ts";

const reviewing = adminRoute({ ...actRefusals, 422: "parts_broken" });
const { 404: unknown, 503: unreachable } = actRefusals;
const listing = adminRoute({ 400: "invalid_query", 404: unknown, 503: unreachable });

/** What would be sealed, against the base genesis. */
export const readCeremonyDiff: Operation = {
  route: {
    method: "get",
    path: `${adminCeremonyPath}/diff`,
    summary: "What changes from the base genesis to what would be sealed now, in people's words",
    security: reviewing.security,
    request: { params: networkParams },
    responses: {
      200: { description: "For people", content: { "text/plain": { schema: z.string() } } },
      ...reviewing.refusals,
    },
  },
  answer: async (c) => {
    const who = await coordinatorOf(c, "viewer");
    if (!who.ok) return who.response;
    const made = await who.value.room.review();
    if (!made.ok) return refuseHere(c, made.refusal);
    const { diff, sha256 } = made.value;
    return c.text(`SHA-256 of what would be sealed: ${sha256}\n\n${diff}\n`, 200, {
      "Cache-Control": "no-store",
      "X-Genesis-Sha256": sha256,
    });
  },
};

/** What was done in a ceremony, and by whom. */
export const listCeremonyAudit: Operation = {
  route: {
    method: "get",
    path: `${adminCeremonyPath}/audit`,
    summary: "What was done in the ceremony, newest first",
    security: listing.security,
    request: { params: networkParams, query: auditQuery },
    responses: { 200: json("A page of acts", auditShape), ...listing.refusals },
  },
  answer: async (c) => {
    const who = await coordinatorOf(c, "viewer");
    if (!who.ok) return who.response;
    const asked = readQuery(c, auditQuery);
    if (!asked.ok) return asked.response;
    const { cursor } = asked.value;
    const rows = await who.value.room.audit(cursor === undefined ? null : Number(cursor), pageLength);
    return c.json(writeAuditPage(rows), 200, { "Cache-Control": "no-store" });
  },
};
