import { z } from "@hono/zod-openapi";
import { checklistOf, steps } from "../../domain/validator/checklist.ts";
import { findEntry, listDirectory } from "../../domain/validator/list.ts";
import { siteOf } from "../brought.ts";
import { json, networkParams, problems, refuseHere } from "../context.ts";
import { directoryOf, operatorOf, validatorsPath } from "../directory-of.ts";
import { entryShape, writeEntry } from "../directory-shapes.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";
import { saidShape } from "../shapes.ts";

const pageLength = 100;
const noStore = { "Cache-Control": "no-store" };
const operatorParams = networkParams.extend({ operator: z.string() });
const unread = { 404: "unknown_network, directory_not_found", 503: "directory_closed" } as const;
const unregistered = problems({
  ...unread,
  404: `${unread[404]}, unknown_registration`,
  422: "invalid_address, recipient_not_allowed",
});
const query = z.strictObject({
  state: z.enum(["pending", "approved", "rejected", "withdrawn", "unregistered"]).optional(),
  cursor: z
    .string()
    .regex(/^[a-z0-9]{1,160}$/, "is not a cursor of ours")
    .optional()
    .openapi({ description: "`nextCursor` of the page before." }),
});
const pageShape = z
  .object({
    validators: z.array(entryShape),
    gentxsKnown: z.boolean().openapi({ description: "false: the ceremony gave no answer, so gentxs are missing." }),
    nextCursor: z.string().optional(),
  })
  .openapi("ValidatorPage");
const checklistShape = z
  .object({
    operator: z.string(),
    steps: z.array(
      z.object({
        step: z.enum(steps),
        state: z.enum(["done", "open", "unknown", "not_needed"]),
        evidence: z.string(),
        said: saidShape,
        command: z.string().optional().openapi({
          description:
            "What to type. `$KEY` is the name of your key, `$KEYRING` the keyring that it lies in (the binary's own when unset), `$WELLSPRING` a checkout of this project.",
        }),
      }),
    ),
  })
  .openapi("ValidatorChecklist");

/** The directory. */
export const listValidators: Operation = {
  route: {
    method: "get",
    path: validatorsPath,
    summary: "The directory of validators, by operator",
    request: { params: networkParams, query },
    responses: { 200: json("A page of it", pageShape), ...problems({ ...unread, 400: "invalid_query" }) },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const { cursor = "", state = null } = asked.value;
    const { directory } = found.value;
    const { entries, next, gentxsKnown } = await listDirectory(directory, { after: cursor, state, limit: pageLength });
    const page = { validators: entries.map(writeEntry), gentxsKnown, ...(next === null ? {} : { nextCursor: next }) };
    return c.json(page satisfies z.output<typeof pageShape>, 200, noStore);
  },
};

/** One operator. */
export const readValidator: Operation = {
  route: {
    method: "get",
    path: `${validatorsPath}/{operator}`,
    summary: "One operator of the directory",
    request: { params: operatorParams },
    responses: { 200: json("As everybody may see them", entryShape), ...unregistered },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const operator = operatorOf(c, found.value.network);
    if (!operator.ok) return operator.response;
    const entry = await findEntry(found.value.directory, operator.value);
    if (entry === null) return refuseHere(c, { reason: "unknown_registration", operator: operator.value });
    return c.json(writeEntry(entry), 200, noStore);
  },
};

/** What an operator has done, and what is next, for who is registered and who is not. */
export const readChecklist: Operation = {
  route: {
    method: "get",
    path: `${validatorsPath}/{operator}/checklist`,
    summary: "What an operator has done and what is next, with the command for this network's binary",
    request: { params: operatorParams },
    responses: {
      200: json("In the order in which an operator does it", checklistShape),
      ...problems({ ...unread, 422: "invalid_address, recipient_not_allowed" }),
    },
  },
  answer: async (c) => {
    const found = directoryOf(c);
    if (!found.ok) return found.response;
    const operator = operatorOf(c, found.value.network);
    if (!operator.ok) return operator.response;
    const items = await checklistOf(found.value.directory, operator.value, siteOf(c));
    const told = items.map(({ said, command, ...item }) => ({
      ...item,
      said: [...said],
      ...(command === null ? {} : { command }),
    }));
    return c.json({ operator: operator.value, steps: told } satisfies z.output<typeof checklistShape>, 200, noStore);
  },
};
