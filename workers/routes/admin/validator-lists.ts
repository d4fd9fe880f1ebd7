import { z } from "@hono/zod-openapi";
import { allApproved, allocationsCsv } from "../../domain/validator/allocations-csv.ts";
import { reviewPage } from "../../domain/validator/review-page.ts";
import { json, networkParams } from "../context.ts";
import { registrationShape, writeRegistration } from "../directory-shapes.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";
import { auditQuery, auditShape, pageLength, writeAuditPage } from "./audit.ts";
import { adminRoute } from "./require-role.ts";
import { adminValidatorsPath, directoryFor, directoryRefusals } from "./validators.ts";

const noStore = { "Cache-Control": "no-store" };
const query = z.strictObject({
  state: z.enum(["pending", "approved", "rejected", "withdrawn"]).optional(),
  cursor: z
    .string()
    .regex(/^[a-z0-9]{1,160}$/, "is not a cursor of ours")
    .optional(),
});
const pageShape = z
  .object({
    registrations: z.array(
      registrationShape.extend({
        clashes: z
          .array(z.object({ field: z.enum(["moniker", "peer", "consensusKey"]), operator: z.string() }))
          .openapi({ description: "What an approved registration of another has already." }),
      }),
    ),
    nextCursor: z.string().optional(),
  })
  .openapi("RegistrationPage");
const listing = adminRoute({ ...directoryRefusals, 400: "invalid_query" });
const exporting = adminRoute(directoryRefusals);

/** Registrations, as coordinators review them. */
export const listRegistrations: Operation = {
  route: {
    method: "get",
    path: adminValidatorsPath,
    summary: "Registrations to review, with what they share with approved ones; never a contact",
    security: listing.security,
    request: { params: networkParams, query },
    responses: { 200: json("A page of them, by operator", pageShape), ...listing.refusals },
  },
  answer: async (c) => {
    const who = await directoryFor(c, "viewer");
    if (!who.ok) return who.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const { cursor = "", state = null } = asked.value;
    const page = await reviewPage(who.value.directory, { after: cursor, state, limit: pageLength });
    const last = page.length === pageLength ? page.at(-1)?.registration.operator : undefined;
    const registrations = page.map(({ registration, clashes }) => ({
      ...writeRegistration(registration),
      clashes: [...clashes],
    }));
    return c.json({ registrations, ...(last === undefined ? {} : { nextCursor: last }) }, 200, noStore);
  },
};

/** The granted balances, for the ceremony's allocation list. */
export const exportAllocations: Operation = {
  route: {
    method: "get",
    path: `${adminValidatorsPath}/allocations.csv`,
    summary: "The allocations of approved operators, as the ceremony's allocation list takes them",
    security: exporting.security,
    request: { params: networkParams },
    responses: {
      200: { description: "address,amount,denom", content: { "text/csv": { schema: z.string() } } },
      ...exporting.refusals,
    },
  },
  answer: async (c) => {
    const who = await directoryFor(c, "viewer");
    if (!who.ok) return who.response;
    return c.body(allocationsCsv(await allApproved(who.value.directory.store)), 200, {
      ...noStore,
      "Content-Type": "text/csv; charset=utf-8",
    });
  },
};

/** What was done about registrations, and by whom. */
export const listRegistrationAudit: Operation = {
  route: {
    method: "get",
    path: `${adminValidatorsPath}/audit`,
    summary: "What operators and coordinators did about registrations, newest first",
    security: listing.security,
    request: { params: networkParams, query: auditQuery },
    responses: { 200: json("A page of acts", auditShape), ...listing.refusals },
  },
  answer: async (c) => {
    const who = await directoryFor(c, "viewer");
    if (!who.ok) return who.response;
    const asked = readQuery(c, auditQuery);
    if (!asked.ok) return asked.response;
    const { cursor } = asked.value;
    const before = cursor === undefined ? null : Number(cursor);
    return c.json(writeAuditPage(await who.value.directory.store.audit(before, pageLength)), 200, noStore);
  },
};
