import { z } from "@hono/zod-openapi";
import { amend, register, withdraw } from "../../domain/validator/act.ts";
import { findEntryOf } from "../../domain/validator/list.ts";
import type { AskedDirectory } from "../../domain/validator/refusals.ts";
import type { Registration } from "../../domain/validator/registration.ts";
import { contentShape, registrationShape, signedProofShape } from "../../domain/validator/words.ts";
import { type Found, type HouseContext, json, networkParams, problems, refuseHere } from "../context.ts";
import { directoryOf, limitWrite, operatorOf, validatorsPath, type WithDirectory } from "../directory-of.ts";
import { entryShape, writeEntry } from "../directory-shapes.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";

const noStore = { "Cache-Control": "no-store" };
const registering = registrationShape.openapi("RegistrationRequest");
const amending = z.strictObject({ content: contentShape, proof: signedProofShape }).openapi("AmendmentRequest");
const withdrawing = z.strictObject({ proof: signedProofShape }).openapi("WithdrawalRequest");
const operatorParams = networkParams.extend({ operator: z.string() });
const bodyOf = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { "application/json": { schema } },
});
const common = {
  400: "invalid_json, invalid_body: every field that is wrong",
  404: "unknown_network, directory_not_found",
  413: "body_too_large",
  422: "word_refused, challenge_unknown, challenge_expired, invalid_address, recipient_not_allowed",
  429: "registrations_limited: retryAt and Retry-After say until when",
  503: "directory_closed",
};
const changing = {
  ...common,
  404: `${common[404]}, unknown_registration`,
  409: "nonce_spent, registration_changed, registration_state, registration_clash",
};

/** Takes a registration. */
export const registerValidator: Operation = {
  route: {
    method: "post",
    path: validatorsPath,
    summary: "Register: a content and the operator's signature over it, or a gentx",
    request: { params: networkParams, body: bodyOf(registering) },
    responses: {
      201: json("It waits for a coordinator", entryShape),
      ...problems({
        ...common,
        403: "not_on_allowlist",
        404: `${common[404]}, unknown_gentx`,
        409: "nonce_spent, registration_exists; registration_state: a gentx brings nobody back who withdrew",
        503: `${common[503]}, registrations_full, ceremony_unreachable`,
      }),
    },
  },
  answer: async (c) => {
    const brought = await bring(c, registering);
    if (!brought.ok) return brought.response;
    const { network, directory, body } = brought.value;
    const operator = operatorOf(c, network, body.operator);
    if (!operator.ok) return operator.response;
    return answerEntry(c, brought.value, await register(directory, operator.value, body), 201);
  },
};

/** Replaces what was registered. */
export const amendValidator: Operation = {
  route: {
    method: "put",
    path: `${validatorsPath}/{operator}`,
    summary: "Amend: the whole profile anew; a contact that is left out stays",
    request: { params: operatorParams, body: bodyOf(amending) },
    responses: { 200: json("As it stands now", entryShape), ...problems(changing) },
  },
  answer: async (c) => {
    const brought = await bring(c, amending);
    if (!brought.ok) return brought.response;
    const { network, directory, body } = brought.value;
    const operator = operatorOf(c, network);
    if (!operator.ok) return operator.response;
    return answerEntry(c, brought.value, await amend(directory, operator.value, body), 200);
  },
};

/** Takes a registration back. */
export const withdrawValidator: Operation = {
  route: {
    method: "post",
    path: `${validatorsPath}/{operator}/withdrawal`,
    summary: "Withdraw: profile and contact are erased",
    request: { params: operatorParams, body: bodyOf(withdrawing) },
    responses: { 200: json("It is withdrawn", entryShape), ...problems(changing) },
  },
  answer: async (c) => {
    const brought = await bring(c, withdrawing);
    if (!brought.ok) return brought.response;
    const { network, directory, body } = brought.value;
    const operator = operatorOf(c, network);
    if (!operator.ok) return operator.response;
    return answerEntry(c, brought.value, await withdraw(directory, operator.value, body.proof), 200);
  },
};

/** The directory and what was sent to it, counted for its client. */
async function bring<S extends z.ZodType>(
  c: HouseContext,
  schema: S,
): Promise<Found<WithDirectory & { readonly body: z.output<S> }>> {
  const found = directoryOf(c);
  if (!found.ok) return found;
  const read = await readBody(c, schema);
  if (!read.ok) return read;
  const limited = await limitWrite(c, found.value);
  if (limited !== null) return { ok: false, response: limited };
  return { ok: true, value: { ...found.value, body: read.value } };
}

async function answerEntry(
  c: HouseContext,
  { directory }: WithDirectory,
  asked: AskedDirectory<Registration>,
  status: 200 | 201,
): Promise<Response> {
  if (!asked.ok) return refuseHere(c, asked.refusal);
  const entry = await findEntryOf(directory, asked.value);
  return c.json(writeEntry(entry), status, noStore);
}
