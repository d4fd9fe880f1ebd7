import type { z } from "@hono/zod-openapi";
import { type Found, faultsOf, type HouseContext, refuseHere } from "./context.ts";

/** Reads the query string; an unknown or malformed parameter is refused by name. */
export function readQuery<S extends z.ZodType>(c: HouseContext, schema: S): Found<z.output<S>> {
  const parsed = schema.safeParse(c.req.query());
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, response: refuseHere(c, { reason: "invalid_query", errors: faultsOf(parsed.error) }) };
}
