import { z } from "@hono/zod-openapi";
import { eraseContact, readContact } from "../../domain/validator/contact.ts";
import { grantFaucetCode } from "../../domain/validator/grant.ts";
import { json, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { madeShape, writeGrant } from "./grant-routes.ts";
import { adminRoute } from "./require-role.ts";
import { aboutOperator, adminValidatorsPath, directoryRefusals, operatorParams } from "./validators.ts";

const noStore = { "Cache-Control": "no-store" };
const contactShape = z.object({ operator: z.string(), contact: z.string().nullable() }).openapi("ValidatorContact");
const looking = adminRoute({
  ...directoryRefusals,
  404: `${directoryRefusals[404]}, unknown_registration`,
  422: "invalid_address, recipient_not_allowed",
});
const granting = adminRoute({
  ...directoryRefusals,
  404: `${directoryRefusals[404]}, unknown_registration`,
  409: "registration_state: approve it first; secret_shown: a code was made before; grants_full",
  422: "invalid_address, recipient_not_allowed",
  503: "directory_closed, faucet_disabled, dispenser_unreachable",
});

/** An operator's private contact. Who looked stands in the audit. */
export const readValidatorContact: Operation = {
  route: {
    method: "get",
    path: `${adminValidatorsPath}/{operator}/contact`,
    summary: "An operator's private contact; looking is written to the audit",
    security: looking.security,
    request: { params: operatorParams },
    responses: { 200: json("For coordinators alone", contactShape), ...looking.refusals },
  },
  answer: async (c) => {
    const who = await aboutOperator(c, "coordinator");
    if (!who.ok) return who.response;
    const { directory, operator, actor } = who.value;
    const read = await readContact(directory, operator, actor);
    return read.ok ? c.json({ operator, contact: read.value }, 200, noStore) : refuseHere(c, read.refusal);
  },
};

/** Erases a private contact. */
export const eraseValidatorContact: Operation = {
  route: {
    method: "delete",
    path: `${adminValidatorsPath}/{operator}/contact`,
    summary: "Erase an operator's private contact",
    security: looking.security,
    request: { params: operatorParams },
    responses: { 200: json("It is gone", contactShape), ...looking.refusals },
  },
  answer: async (c) => {
    const who = await aboutOperator(c, "coordinator");
    if (!who.ok) return who.response;
    const { directory, operator, actor } = who.value;
    const erased = await eraseContact(directory, operator, actor);
    return erased.ok ? c.json({ operator, contact: null }, 200, noStore) : refuseHere(c, erased.refusal);
  },
};

/** A code for one claim at the faucet. */
export const grantValidatorCode: Operation = {
  route: {
    method: "post",
    path: `${adminValidatorsPath}/{operator}/faucet-grant`,
    summary: "Make an approved operator's one faucet code; it is shown this once",
    security: granting.security,
    request: { params: operatorParams },
    responses: { 201: json("An event code that is good for one claim", madeShape), ...granting.refusals },
  },
  answer: async (c) => {
    const who = await aboutOperator(c, "coordinator");
    if (!who.ok) return who.response;
    const { network, directory, operator, actor } = who.value;
    // The same id for the same operator, whoever asks: the dispenser does an act once.
    const id = await c.var.house.newClaimId(network.facts.chainId, `validator-grant ${operator}`);
    const made = await grantFaucetCode(network, directory, operator, { id, actor });
    if (!made.ok) return refuseHere(c, made.refusal);
    return c.json({ ...writeGrant(made.grant), secret: made.secret }, 201, noStore);
  },
};
