import { z } from "@hono/zod-openapi";
import { json } from "./context.ts";
import type { Operation } from "./operation.ts";

/** The Worker lives. Asks nothing and nobody. */
export const healthz: Operation = {
  route: {
    method: "get",
    path: "/healthz",
    summary: "The Worker lives",
    responses: { 200: json("It does", z.object({ ok: z.literal(true) })) },
  },
  answer: (c) => c.json({ ok: true }, 200, { "Cache-Control": "no-store" }),
};
