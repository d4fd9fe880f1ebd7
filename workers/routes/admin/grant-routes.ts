import { z } from "@hono/zod-openapi";
import { type Grant, type GrantKind, type GrantTerms, grantPageMost } from "../../domain/access/grant.ts";
import type { Made } from "../../domain/access/grants.ts";
import { type Found, type HouseContext, json, networkParams, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";
import { writeTime } from "../shapes.ts";
import { actBy, actorAndNetwork, faucetPath } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

const time = z.iso.datetime();
const words: Readonly<Record<GrantKind, string>> = { key: "API key", code: "event code" };

/** What an operator says of any new grant. */
export const termsFields = {
  label: z.string().trim().min(1).max(80).openapi({ description: "Whose it is; for people." }),
  denoms: z
    .array(z.string().min(1).max(128))
    .min(1)
    .max(8)
    .optional()
    .openapi({ description: "Which tokens it is good for; all that the faucet pays when left out." }),
  expiresAt: z.iso.datetime({ offset: true }).optional().openapi({ description: "Good for ever when left out." }),
};
/** Claims in any 24 hours. */
export const perDayField = z
  .int()
  .min(0)
  .max(1_000_000)
  .openapi({ description: "Claims in any 24 hours, failed ones not counted; 0: no limit a day." });
/** Claims in all. */
export const budgetField = z.int().min(1).max(10_000_000).openapi({ description: "Claims in all." });

const grantFields = {
  id: z.string(),
  label: z.string(),
  denoms: z.array(z.string()).openapi({ description: "[]: all that the faucet pays." }),
  perDay: z.int(),
  budget: z.int().nullable(),
  expiresAt: time.optional(),
  createdAt: time,
  rotatedAt: time.optional(),
  oldUntil: time.optional().openapi({ description: "Until when the secret before the last rotation is good as well." }),
  revokedAt: time.optional(),
};
/** A grant on the wire, without its secret. */
export const grantShape = z.object(grantFields).openapi("Grant");
/** The answer that shows a secret, this once. */
export const madeShape = z
  .object({ ...grantFields, secret: z.string().openapi({ description: "Shown this once." }) })
  .openapi("MadeGrant");
const pageShape = z.object({ grants: z.array(grantShape), nextCursor: z.string().optional() }).openapi("GrantPage");
const query = z.strictObject({ cursor: z.string().min(1).max(64).optional() });

/** What every act may be refused for besides its own. */
export const commonRefusals = { 404: "unknown_network", 503: "dispenser_unreachable" } as const;

/** Lists the grants of a kind, revoked and expired ones too. */
export function listRoute(kind: GrantKind): Operation {
  const { security, refusals } = adminRoute({ ...commonRefusals, 400: "invalid_query" });
  return {
    route: {
      method: "get",
      path: `${faucetPath}/${kind}s`,
      summary: `List ${words[kind]}s; never their secrets`,
      security,
      request: { params: networkParams, query },
      responses: { 200: json("A page of them, in order of id", pageShape), ...refusals },
    },
    answer: async (c) => {
      const who = await actorAndNetwork(c, "viewer");
      if (!who.ok) return who.response;
      const asked = readQuery(c, query);
      if (!asked.ok) return asked.response;
      const rows = await who.value.network.dispenser.listGrants(kind, asked.value.cursor ?? "");
      const last = rows.length === grantPageMost ? rows.at(-1) : undefined;
      const page = { grants: rows.map(writeGrant), ...(last ? { nextCursor: last.id } : {}) };
      return c.json(page, 200, { "Cache-Control": "no-store" });
    },
  };
}

/** Revokes one grant of a kind, once for ever. */
export function revokeRoute(kind: GrantKind): Operation {
  const { security, refusals } = adminRoute({
    ...commonRefusals,
    400: "invalid_idempotency_key",
    404: "unknown_network, unknown_grant",
  });
  return {
    route: {
      method: "delete",
      path: `${faucetPath}/${kind}s/{id}`,
      summary: `Revoke an ${words[kind]} for ever; what it claimed is paid`,
      security,
      request: { params: networkParams.extend({ id: z.string() }) },
      responses: { 200: json("It is good no more", grantShape), ...refusals },
    },
    answer: async (c) => {
      const who = await actorAndNetwork(c, "operator");
      if (!who.ok) return who.response;
      const by = await actBy(c, who.value);
      if (!by.ok) return by.response;
      const outcome = await who.value.network.dispenser.revokeGrant(kind, c.req.param("id") ?? "", by.value);
      if (!outcome.ok) return refuseHere(c, outcome.refusal);
      return c.json(writeGrant(outcome.grant), 200, { "Cache-Control": "no-store" });
    },
  };
}

/** Terms as the domain takes them; refuses an end that has passed. */
export function readTerms(
  c: HouseContext,
  asked: {
    readonly label: string;
    readonly denoms?: string[] | undefined;
    readonly expiresAt?: string | undefined;
    readonly perDay: number;
    readonly budget?: number | undefined;
  },
): Found<GrantTerms> {
  const { label, denoms = [], expiresAt, perDay, budget = null } = asked;
  const expiresAtMs = expiresAt === undefined ? null : Date.parse(expiresAt);
  if (expiresAtMs !== null && expiresAtMs <= c.var.house.nowMs()) {
    const errors = [{ path: "expiresAt", message: "has passed" }];
    return { ok: false, response: refuseHere(c, { reason: "invalid_body", errors }) };
  }
  return { ok: true, value: { label, denoms: [...new Set(denoms)], perDay, budget, expiresAtMs } };
}

/** Answers with a new secret; no cache keeps it. */
export function answerMade(c: HouseContext, made: Made, status: 200 | 201): Response {
  if (!made.ok) return refuseHere(c, made.refusal);
  return c.json({ ...writeGrant(made.grant), secret: made.secret }, status, { "Cache-Control": "no-store" });
}

/** A grant as it goes out, without its secret. */
export function writeGrant(grant: Grant): z.output<typeof grantShape> {
  const { id, label, denoms, perDay, budget, expiresAtMs, createdAtMs, rotatedAtMs, oldUntilMs, revokedAtMs } = grant;
  return {
    ...{ id, label, denoms: [...denoms], perDay, budget },
    ...(expiresAtMs === null ? {} : { expiresAt: writeTime(expiresAtMs) }),
    createdAt: writeTime(createdAtMs),
    ...(rotatedAtMs === null ? {} : { rotatedAt: writeTime(rotatedAtMs) }),
    ...(oldUntilMs === null ? {} : { oldUntil: writeTime(oldUntilMs) }),
    ...(revokedAtMs === null ? {} : { revokedAt: writeTime(revokedAtMs) }),
  };
}
