import { z } from "@hono/zod-openapi";
import { json } from "../context.ts";
import type { Operation } from "../operation.ts";
import { adminRoute, requireRole } from "./require-role.ts";

const { security, refusals } = adminRoute();
const shape = z
  .object({ name: z.string(), roles: z.array(z.enum(["viewer", "operator", "coordinator"])) })
  .openapi("AdminActor");

/** Whose key this is: the way to try one. */
export const readActor: Operation = {
  route: {
    method: "get",
    path: "/api/v1/admin/actor",
    summary: "Whose admin key this is, and what it may do",
    security,
    responses: { 200: json("The holder", shape), ...refusals },
  },
  answer: async (c) => {
    const actor = await requireRole(c, "viewer");
    if (!actor.ok) return actor.response;
    const { name, roles } = actor.value;
    return c.json({ name, roles: [...roles] }, 200, { "Cache-Control": "no-store" });
  },
};
