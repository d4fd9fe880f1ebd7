import { z } from "@hono/zod-openapi";
import type { AuditRow } from "../../domain/claim/operator-records.ts";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";
import { writeTime } from "../shapes.ts";
import { actorAndNetwork, faucetPath } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

/** Rows of one page. */
export const pageLength = 50;
/** Which page. */
export const auditQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/, "is not a cursor of ours")
    .optional()
    .openapi({ description: "`nextCursor` of the page before." }),
});
/** A page of acts. */
export const auditShape = z
  .object({
    acts: z.array(
      z.object({
        n: z.int(),
        at: z.iso.datetime(),
        actor: z.string(),
        act: z.string(),
        subject: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .openapi("AuditPage");
const { security, refusals } = adminRoute({
  400: "invalid_query",
  404: "unknown_network",
  503: "dispenser_unreachable",
});

/** What operators did to a faucet, newest first. */
export const listAudit: Operation = {
  route: {
    method: "get",
    path: `${faucetPath}/audit`,
    summary: "What operators did, newest first",
    security,
    request: { params: networkParams, query: auditQuery },
    responses: { 200: json("A page of acts", auditShape), ...refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "viewer");
    if (!who.ok) return who.response;
    const asked = readQuery(c, auditQuery);
    if (!asked.ok) return asked.response;
    const { cursor } = asked.value;
    const rows = await who.value.network.dispenser.audit(cursor === undefined ? null : Number(cursor), pageLength);
    return c.json(writeAuditPage(rows), 200, { "Cache-Control": "no-store" });
  },
};

/** A page of acts as it goes out. */
export function writeAuditPage(rows: readonly AuditRow[]): z.output<typeof auditShape> {
  const acts = rows.map(({ n, atMs, actor, act, subject, detail }) => {
    return { n, at: writeTime(atMs), actor, act, subject, detail: JSON.parse(detail) as Record<string, unknown> };
  });
  const last = rows.length === pageLength ? rows.at(-1) : undefined;
  return { acts, ...(last ? { nextCursor: String(last.n) } : {}) };
}
