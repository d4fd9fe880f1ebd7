import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { House, ServedNetwork } from "../domain/network/served.ts";
import { type Fault, type Refusal, refuse } from "./problem.ts";
import { problemShape } from "./shapes.ts";

/** What every handler finds in its context. */
export type HouseEnv = { Variables: { house: House } };
/** A handler's context. */
export type HouseContext = Context<HouseEnv>;

/** Path parameters under one network. */
export const networkParams = z.object({ chainId: z.string().openapi({ example: "sandbox-1" }) });
/** Path parameters under one claim. */
export const claimParams = networkParams.extend({ id: z.string() });

/** A handler's question answered, or the refusal that it answers with. */
export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly response: Response };

/** Answers a refusal at the house's time. */
export function refuseHere(c: HouseContext, refusal: Refusal): Response {
  return refuse(c, refusal, c.var.house.nowMs());
}

/** The network that the path names. */
export function networkOf(c: HouseContext): Found<ServedNetwork> {
  const chainId = c.req.param("chainId") ?? "";
  const { networks } = c.var.house;
  const value = networks.find((network) => network.facts.chainId === chainId);
  if (value) return { ok: true, value };
  const served = networks.map((network) => network.facts.chainId);
  return { ok: false, response: refuseHere(c, { reason: "unknown_network", chainId: chainId.slice(0, 64), served }) };
}

/** What zod found, by path; an unknown field is a fault of its own, by its name. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") {
      const said: unknown = issue.code === "custom" ? issue.params?.said : undefined;
      const apart = Array.isArray(said) ? { said: said.map(String) } : {};
      return [{ path: path.join("."), message: issue.message, ...apart }];
    }
    return issue.keys.slice(0, 16).map((key) => ({
      path: [...path, key.slice(0, 64)].join("."),
      message: "is not a field here",
    }));
  });
}

/** Refusals in the OpenAPI document, by status. */
export function problems(statuses: Readonly<Record<number, string>>) {
  return Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      { description, content: { "application/problem+json": { schema: problemShape } } },
    ]),
  );
}

/** A JSON answer in the OpenAPI document. */
export function json<S extends z.ZodType>(description: string, schema: S) {
  return { description, content: { "application/json": { schema } } };
}
