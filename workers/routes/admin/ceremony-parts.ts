import { z } from "@hono/zod-openapi";
import { allocationsBytesMax, baseBytesMax } from "../../domain/ceremony/bounds.ts";
import { json, networkParams } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readBytes } from "../read-bytes.ts";
import { readQuery } from "../read-query.ts";
import { actRefusals, adminCeremonyPath, answerActed, coordinatorOf, doneShape } from "./ceremony-acts.ts";
import { adminRoute } from "./require-role.ts";

const query = z.strictObject({ format: z.enum(["csv", "json"]).default("csv") });
const putting = adminRoute({ ...actRefusals, 413: "content_too_large", 422: "parts_broken" });
const listing = adminRoute({
  ...actRefusals,
  400: "invalid_query",
  413: "content_too_large",
  422: "parts_broken: with the first line that is wrong",
});

/** The base genesis, in the draft. */
export const putBase: Operation = {
  route: {
    method: "put",
    path: `${adminCeremonyPath}/base`,
    summary: "Set the base genesis",
    security: putting.security,
    request: {
      params: networkParams,
      body: { required: true, content: { "application/json": { schema: z.object({}).loose() } } },
    },
    responses: { 200: json("It is in the log", doneShape), ...putting.refusals },
  },
  answer: async (c) => {
    const who = await coordinatorOf(c);
    if (!who.ok) return who.response;
    const read = await readBytes(c, baseBytesMax);
    if (!read.ok) return read.response;
    const { actor, room, network } = who.value;
    return answerActed(c, network.facts.chainId, await room.act(actor, { kind: "base", bytes: read.value }));
  },
};

/** The allocation list, in the place of the one before. */
export const putAllocations: Operation = {
  route: {
    method: "put",
    path: `${adminCeremonyPath}/allocations`,
    summary: "Set the list of accounts and balances",
    security: listing.security,
    request: {
      params: networkParams,
      query,
      body: {
        required: true,
        content: { "text/csv": { schema: z.string() }, "application/json": { schema: z.array(z.unknown()) } },
      },
    },
    responses: { 200: json("It is in the log", doneShape), ...listing.refusals },
  },
  answer: async (c) => {
    const who = await coordinatorOf(c);
    if (!who.ok) return who.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const read = await readBytes(c, allocationsBytesMax);
    if (!read.ok) return read.response;
    const { actor, room, network } = who.value;
    const act = { kind: "allocations", bytes: read.value, format: asked.value.format } as const;
    return answerActed(c, network.facts.chainId, await room.act(actor, act));
  },
};
