import type { z } from "@hono/zod-openapi";
import { type Found, faultsOf, type HouseContext, refuseHere } from "./context.ts";

/** Reads the query string; an unknown or malformed parameter is refused by name. */
export function readQuery<S extends z.ZodType>(c: HouseContext, schema: S): Found<z.output<S>> {
  const twice = Object.entries(c.req.queries())
    .find(([, values]) => values.length > 1)?.[0]
    .slice(0, 64);
  if (twice !== undefined) {
    const errors = [{ path: twice, message: "is given more than once" }];
    return { ok: false, response: refuseHere(c, { reason: "invalid_query", errors }) };
  }
  const parsed = schema.safeParse(c.req.query());
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, response: refuseHere(c, { reason: "invalid_query", errors: faultsOf(parsed.error) }) };
}
