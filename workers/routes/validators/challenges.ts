import { z } from "@hono/zod-openapi";
import { challengeRegistration, type RegistrationChallenge } from "../../domain/validator/challenge.ts";
import { actionNames, contentShape } from "../../domain/validator/words.ts";
import { json, networkParams, problems } from "../context.ts";
import { directoryOf, operatorOf, validatorsPath } from "../directory-of.ts";
import type { Operation } from "../operation.ts";
import { readBody } from "../read-body.ts";
import { readQuery } from "../read-query.ts";
import { writeTime } from "../shapes.ts";

const action = z.enum(actionNames);
const shape = z
  .object({
    action,
    origin: z.string(),
    chainId: z.string(),
    operator: z.string(),
    expires: z.int().openapi({ description: "Unix seconds, as the line writes them." }),
    expiresAt: z.iso.datetime(),
    nonce: z.string().openapi({ description: "Good once." }),
    word: z
      .string()
      .optional()
      .openapi({ description: "The line to sign. Without it: `npm run genesis -- register-word` makes it." }),
  })
  .openapi("RegistrationChallenge");
const query = z.strictObject({ action: action.default("register") });
const body = z
  .strictObject({ action: action.default("register"), operator: z.string().max(160), content: contentShape.optional() })
  .openapi("RegistrationChallengeRequest");
const unread = { 404: "unknown_network, directory_not_found", 503: "directory_closed" } as const;
const refusing = { ...unread, 422: "invalid_address, recipient_not_allowed" };

/** What an operator signs with. */
export const readRegistrationChallenge: Operation = {
  route: {
    method: "get",
    path: `${validatorsPath}/challenges/{operator}`,
    summary: "The nonce for an operator's registration, amendment or withdrawal",
    request: { params: networkParams.extend({ operator: z.string() }), query },
    responses: { 200: json("Nothing of it is stored", shape), ...problems({ ...refusing, 400: "invalid_query" }) },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const operator = operatorOf(c, found.value.network);
    if (!operator.ok) return operator.response;
    const made = challengeRegistration(found.value.directory, asked.value.action, operator.value, undefined);
    return c.json(writeChallenge(made), 200, { "Cache-Control": "no-store" });
  },
};

/** The line itself, for a content that is judged as a registration's would be. */
export const createRegistrationChallenge: Operation = {
  route: {
    method: "post",
    path: `${validatorsPath}/challenges`,
    summary: "Judge what is to be registered, and get the line to sign; nothing is kept",
    request: { params: networkParams, body: { required: true, content: { "application/json": { schema: body } } } },
    responses: {
      200: json("Sign `word` by wallet or as a memo", shape),
      ...problems({ ...refusing, 400: "invalid_json, invalid_body", 413: "body_too_large" }),
    },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const { action: asked, content } = read.value;
    const operator = operatorOf(c, found.value.network, read.value.operator);
    if (!operator.ok) return operator.response;
    const made = challengeRegistration(found.value.directory, asked, operator.value, content);
    return c.json(writeChallenge(made), 200, { "Cache-Control": "no-store" });
  },
};

function writeChallenge({ expiresSec, word, ...same }: RegistrationChallenge): z.output<typeof shape> {
  return {
    ...same,
    expires: expiresSec,
    expiresAt: writeTime(expiresSec * 1000),
    ...(word === null ? {} : { word }),
  };
}
