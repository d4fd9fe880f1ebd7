import { z } from "@hono/zod-openapi";
import { reviewRegistration } from "../../domain/validator/act.ts";
import type { Review } from "../../domain/validator/ports.ts";
import { type Found, type HouseContext, json, networkParams, refuseHere } from "../context.ts";
import { directoryIn, operatorOf, type WithDirectory } from "../directory-of.ts";
import { registrationShape, writeRegistration } from "../directory-shapes.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { actorAndNetwork } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

/** Where everything of one network's validators lies for its coordinators. */
export const adminValidatorsPath = "/api/v1/admin/networks/{chainId}/validators";
/** Path parameters under one operator. */
export const operatorParams = networkParams.extend({ operator: z.string() });
/** What every request may be refused for besides its own. */
export const directoryRefusals = { 404: "unknown_network, directory_not_found", 503: "directory_closed" } as const;

const rev = z.int().min(1).openapi({ description: "The revision that you have looked at." });
const approval = z
  .strictObject({
    rev,
    allocation: z
      .strictObject({
        amount: z.string().regex(/^[1-9][0-9]{0,38}$/, "is no whole number of base units"),
        denom: z.string().max(128).optional().openapi({ description: "The bond denom when left out." }),
      })
      .optional()
      .openapi({ description: "What the account gets in the genesis; the export holds it." }),
  })
  .openapi("ValidatorApproval");
const rejection = z
  .strictObject({
    rev,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(280)
      .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "is one line without control characters")
      .openapi({ description: "For everybody to read." }),
  })
  .openapi("ValidatorRejection");
const deciding = adminRoute({
  ...directoryRefusals,
  400: "invalid_json, invalid_body",
  404: `${directoryRefusals[404]}, unknown_registration`,
  409: "registration_changed, registration_state, registration_clash",
  413: "body_too_large",
  422: "invalid_address, recipient_not_allowed",
});

/** Approves a registration; again: with another allocation. */
export const approveValidator: Operation = {
  route: {
    method: "post",
    path: `${adminValidatorsPath}/{operator}/approval`,
    summary: "Approve a registration, with an allocation in the genesis if any",
    security: deciding.security,
    request: {
      params: operatorParams,
      body: { required: true, content: { "application/json": { schema: approval } } },
    },
    responses: { 200: json("As it stands now", registrationShape), ...deciding.refusals },
  },
  answer: async (c) => {
    const who = await aboutOperator(c, "coordinator");
    if (!who.ok) return who.response;
    const read = await readBody(c, approval);
    if (!read.ok) return read.response;
    const { directory, network } = who.value;
    const { amount, denom = directory.denom } = read.value.allocation ?? {};
    if (!network.facts.denoms.some((each) => each.denom === denom)) {
      const errors = [{ path: "allocation.denom", message: "is not a denom of this network" }];
      return refuseHere(c, { reason: "invalid_body", errors });
    }
    const allocation = amount === undefined ? null : { denom, amount: BigInt(amount) };
    return decide(c, who.value, read.value.rev, { to: "approved", allocation });
  },
};

/** Rejects a registration. */
export const rejectValidator: Operation = {
  route: {
    method: "post",
    path: `${adminValidatorsPath}/{operator}/rejection`,
    summary: "Reject a registration; the operator may amend it",
    security: deciding.security,
    request: {
      params: operatorParams,
      body: { required: true, content: { "application/json": { schema: rejection } } },
    },
    responses: { 200: json("As it stands now", registrationShape), ...deciding.refusals },
  },
  answer: async (c) => {
    const who = await aboutOperator(c, "coordinator");
    if (!who.ok) return who.response;
    const read = await readBody(c, rejection);
    if (!read.ok) return read.response;
    return decide(c, who.value, read.value.rev, { to: "rejected", reason: read.value.reason });
  },
};

/** Who asks, and about which directory. */
export async function directoryFor(
  c: HouseContext,
  role: "coordinator" | "viewer",
): Promise<Found<WithDirectory & { readonly actor: string }>> {
  const who = await actorAndNetwork(c, role);
  if (!who.ok) return who;
  const found = directoryIn(c, who.value.network);
  return found.ok ? { ok: true, value: { ...found.value, actor: who.value.actor.name } } : found;
}

/** Who asks, and about which operator. */
export async function aboutOperator(
  c: HouseContext,
  role: "coordinator" | "viewer",
): Promise<Found<WithDirectory & { readonly actor: string; readonly operator: string }>> {
  const who = await directoryFor(c, role);
  if (!who.ok) return who;
  const operator = operatorOf(c, who.value.network);
  return operator.ok ? { ok: true, value: { ...who.value, operator: operator.value } } : operator;
}

async function decide(
  c: HouseContext,
  { directory, operator, actor }: WithDirectory & { readonly actor: string; readonly operator: string },
  seen: number,
  review: Review,
): Promise<Response> {
  const decided = await reviewRegistration(directory, operator, seen, review, actor);
  if (!decided.ok) return refuseHere(c, decided.refusal);
  return c.json(writeRegistration(decided.value), 200, { "Cache-Control": "no-store" });
}
