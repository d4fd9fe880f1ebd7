import { z } from "@hono/zod-openapi";
import type { Acted, CoordinatorAct } from "../../domain/ceremony/ceremony-api.ts";
import type { Asked } from "../../domain/ceremony/refusals.ts";
import { parametersShape, phaseNames } from "../../domain/ceremony/words.ts";
import { ceremonyIn, type WithCeremony } from "../ceremony-of.ts";
import { ceremonyShape, receiptShape, writeCeremony, writeReceipt } from "../ceremony-shapes.ts";
import { type Found, type HouseContext, json, networkParams, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { writeTime } from "../shapes.ts";
import { actorAndNetwork } from "./operator-act.ts";
import { adminRoute } from "./require-role.ts";

/** Where everything of one network's ceremony lies for its coordinators. */
export const adminCeremonyPath = "/api/v1/admin/networks/{chainId}/ceremony";

const reason = z
  .string()
  .trim()
  .min(1)
  .max(280)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "is one line without control characters")
  .openapi({ description: "For everybody to read: it stands in the public log." });
const maybe = reason.optional();

/** A time as people and `date` write it; the log has one spelling of each, in UTC with milliseconds. */
const time = z.iso
  .datetime({ offset: true, error: "is no time as 2027-01-31T15:00:00Z", abort: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), "is no time that there is")
  .transform((text) => new Date(text).toISOString())
  .openapi({ type: "string", format: "date-time", example: "2027-01-31T15:00:00Z" });
const changes = parametersShape.partial().extend({ closesAt: time.optional(), genesisTime: time.optional() });

const body = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("create") }),
    z.strictObject({ kind: z.literal("parameters"), changes, reason: maybe }),
    z.strictObject({ kind: z.literal("move"), to: z.enum(phaseNames), reason: maybe }),
    z.strictObject({ kind: z.literal("withdraw"), operator: z.string().min(1).max(100), reason }),
    z.strictObject({
      kind: z.literal("seal"),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, "is no SHA-256 in lower case")
        .openapi({ description: "Of the preview that you looked at: that one is sealed, or none." }),
      reason: maybe,
    }),
    z.strictObject({ kind: z.literal("abort"), reason }),
  ])
  .openapi("CeremonyAct");

/** An act that was done. */
export const doneShape = z
  .object({ state: z.literal("done"), receipt: receiptShape, ceremony: ceremonyShape })
  .openapi("CeremonyActDone");
const waitingShape = z
  .object({ state: z.literal("waiting"), by: z.string(), expiresAt: z.iso.datetime() })
  .openapi("CeremonyActWaiting");

/** What every coordinator's act may be refused for besides its own. */
export const actRefusals = {
  404: "unknown_network, ceremony_not_found",
  409: "act_forbidden: `why` says which rule of the ceremony",
  503: "ceremony_disabled, ceremony_unreachable",
} as const;

const acting = adminRoute({
  ...actRefusals,
  400: "invalid_json, invalid_body",
  409: `${actRefusals[409]}; seal_differs`,
  413: "body_too_large",
  422: "parts_broken",
  503: `${actRefusals[503]}, ceremony_busy`,
});

/** An act of a coordinator. Each stands in the public log and in the audit. */
export const actOnCeremony: Operation = {
  route: {
    method: "post",
    path: `${adminCeremonyPath}/acts`,
    summary: "Begin a ceremony, change its parameters, move its phase, withdraw a gentx, seal, abort",
    security: acting.security,
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: {
      200: json("It is done", doneShape),
      202: json("It takes two coordinators: done when another one asks for the same", waitingShape),
      ...acting.refusals,
    },
  },
  answer: async (c) => {
    const who = await coordinatorOf(c);
    if (!who.ok) return who.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const { actor, room, network } = who.value;
    return answerActed(c, network.facts.chainId, await room.act(actor, read.value as CoordinatorAct));
  },
};

/** The coordinator who asks, and the ceremony that it is about. */
export async function coordinatorOf(
  c: HouseContext,
  role: "coordinator" | "viewer" = "coordinator",
): Promise<Found<WithCeremony & { readonly actor: string }>> {
  const who = await actorAndNetwork(c, role);
  if (!who.ok) return who;
  const ceremony = ceremonyIn(c, who.value.network);
  return ceremony.ok ? { ok: true, value: { ...ceremony.value, actor: who.value.actor.name } } : ceremony;
}

/** An act's outcome as an answer. */
export function answerActed(c: HouseContext, chainId: string, acted: Asked<Acted>): Response {
  const headers = { "Cache-Control": "no-store" };
  if (!acted.ok) return refuseHere(c, acted.refusal);
  const { value } = acted;
  if (value.state === "waiting") {
    return c.json({ state: value.state, by: value.by, expiresAt: writeTime(value.expiresAtMs) }, 202, headers);
  }
  const { state, receipt, view } = value;
  return c.json({ state, receipt: writeReceipt(receipt), ceremony: writeCeremony(chainId, view) }, 200, headers);
}
