import { z } from "@hono/zod-openapi";
import { createCode } from "../../domain/access/grants.ts";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import {
  answerMade,
  budgetField,
  commonRefusals,
  listRoute,
  madeShape,
  perDayField,
  readTerms,
  revokeRoute,
  termsFields,
} from "./grant-routes.ts";
import { actBy, actorAndNetwork, faucetPath } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

/** Spaces and dashes don't count when a code is read, so they don't make it longer. */
const lettersMin = 8;
const body = z
  .strictObject({
    ...termsFields,
    // Whoever hears a code may use it: without a budget it has no end.
    budget: budgetField,
    perDay: perDayField.default(0),
    code: z
      .string()
      .max(128)
      .refine(
        (text) => text.replaceAll(/[\s-]/g, "").length >= lettersMin,
        `needs ${lettersMin} characters besides spaces and dashes`,
      )
      .optional()
      .openapi({ description: "The organiser's own words, that nobody guesses; made for you when left out." }),
  })
  .openapi("EventCodeRequest");
const creating = adminRoute({
  ...commonRefusals,
  400: "invalid_json, invalid_body, invalid_idempotency_key",
  409: "grant_exists: this code was given out before; grants_full; secret_shown",
  422: "grant_denoms",
});

/** The event codes. */
export const listCodes: Operation = listRoute("code");

/** Makes an event code and shows it this once. */
export const createCodeGrant: Operation = {
  route: {
    method: "post",
    path: `${faucetPath}/codes`,
    summary: "Make an event code; it is shown this once",
    security: creating.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: { 201: json("The code, with its secret", madeShape), ...creating.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const terms = readTerms(c, read.value);
    if (!terms.ok) return terms.response;
    const by = await actBy(c, who.value);
    if (!by.ok) return by.response;
    return answerMade(c, await createCode(who.value.network, read.value.code ?? null, terms.value, by.value), 201);
  },
};

/** Revokes an event code. */
export const revokeCode: Operation = revokeRoute("code");
