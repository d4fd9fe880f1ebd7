import { z } from "@hono/zod-openapi";
import { createKey, graceMsMost, rotateKey } from "../../domain/access/grants.ts";
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

const body = z
  .strictObject({ ...termsFields, perDay: perDayField, budget: budgetField.optional() })
  .openapi("ApiKeyRequest");
const rotation = z
  .strictObject({
    graceSeconds: z
      .int()
      .min(0)
      .max(graceMsMost / 1000)
      .default(0)
      .openapi({ description: "How long the old secret stays good; a week at most." }),
  })
  .openapi("RotateRequest");
const invalid = "invalid_json, invalid_body, invalid_idempotency_key";
const creating = adminRoute({
  ...commonRefusals,
  400: invalid,
  409: "grants_full; secret_shown: it was made before under this Idempotency-Key",
  422: "grant_denoms",
});
const rotating = adminRoute({
  ...commonRefusals,
  400: invalid,
  404: "unknown_network, unknown_grant",
  409: "grant_revoked; grant_not_rotatable: it is a code; secret_shown",
});

/** The API keys. */
export const listKeys: Operation = listRoute("key");

/** Makes an API key and shows it this once. */
export const createKeyGrant: Operation = {
  route: {
    method: "post",
    path: `${faucetPath}/keys`,
    summary: "Make an API key; its secret is shown this once",
    security: creating.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: { 201: json("The key, with its secret", madeShape), ...creating.refusals },
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
    return answerMade(c, await createKey(who.value.network, terms.value, by.value), 201);
  },
};

/** Gives a key another secret. */
export const rotateKeyGrant: Operation = {
  route: {
    method: "post",
    path: `${faucetPath}/keys/{id}/rotate`,
    summary: "Give an API key another secret; id and quota stay",
    security: rotating.security,
    request: {
      params: networkParams.extend({ id: z.string() }),
      body: { required: true, content: { "application/json": { schema: rotation } } },
    },
    responses: { 200: json("The key, with its new secret", madeShape), ...rotating.refusals },
  },
  answer: async (c) => {
    const who = await actorAndNetwork(c, "operator");
    if (!who.ok) return who.response;
    const read = await readBody(c, rotation);
    if (!read.ok) return read.response;
    const by = await actBy(c, who.value);
    if (!by.ok) return by.response;
    const graceMs = read.value.graceSeconds * 1000;
    return answerMade(c, await rotateKey(who.value.network, c.req.param("id") ?? "", graceMs, by.value), 200);
  },
};

/** Revokes an API key. */
export const revokeKey: Operation = revokeRoute("key");
