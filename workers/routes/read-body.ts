import type { z } from "@hono/zod-openapi";
import { boundedText } from "../domain/shared/bounded-text.ts";
import { type Found, faultsOf, type HouseContext, refuseHere } from "./context.ts";
import type { Refusal } from "./problem.ts";
import { repeatedName } from "./repeated-name.ts";

/** The largest body that is read. */
export const bodyBytesMax = 65_536;

/**
 * Reads a JSON body, whatever its content type says: the usual faucet clients send none. Refuses what is too large
 * (before it is read whole), what is not JSON, and what the schema does not know, each by name.
 */
export async function readBody<S extends z.ZodType>(c: HouseContext, schema: S): Promise<Found<z.output<S>>> {
  const no = (refusal: Refusal) => ({ ok: false, response: refuseHere(c, refusal) }) as const;
  const text = await readText(c.req.raw, true).catch(() => undefined);
  if (text === undefined)
    return no({ reason: "invalid_json", detail: "The body is not UTF-8, or did not come whole." });
  if (text === null) return no({ reason: "body_too_large", bytesMax: bodyBytesMax });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    const detail = text.trim() === "" ? "The body is empty; send a JSON object." : "The body is not JSON.";
    return no({ reason: "invalid_json", detail });
  }
  const twice = repeatedName(text);
  if (twice !== null) {
    return no({ reason: "invalid_body", errors: [{ path: twice.slice(0, 64), message: "is given more than once" }] });
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) return no({ reason: "invalid_body", errors: faultsOf(parsed.error) });
  return { ok: true, value: parsed.data };
}

/**
 * A body as text, whatever it is. Null: larger than {@link bodyBytesMax}. A declared length is believed only when it
 * says too much. `strict` throws on what is not UTF-8; without it such bytes become U+FFFD, as the peers have it.
 */
export async function readText(request: Request, strict = false): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) return null;
  return boundedText(request.body, bodyBytesMax, { fatal: strict });
}
