import { z } from "@hono/zod-openapi";
import { ceremonyOf, ceremonyPath, notBegun } from "../ceremony-of.ts";
import { ceremonyShape, writeCeremony } from "../ceremony-shapes.ts";
import { json, networkParams, problems } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";

const query = z.strictObject({
  unbegun: z.literal("empty").optional().openapi({
    description:
      "A ceremony that its coordinators have not begun is answered by 204 instead of 404: for who waits for it.",
  }),
});

/** Where a ceremony stands. */
export const readCeremony: Operation = {
  route: {
    method: "get",
    path: ceremonyPath,
    summary: "Where the genesis ceremony stands",
    request: { params: networkParams, query },
    responses: {
      200: json("The ceremony", ceremonyShape),
      204: { description: "With `unbegun=empty`: it has not begun" },
      ...problems({
        400: "invalid_query",
        404: "unknown_network, ceremony_not_found",
        503: "ceremony_disabled, ceremony_unreachable, config_invalid",
      }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const { network, room } = ceremony.value;
    const view = await room.view();
    if (view === null)
      return asked.value.unbegun === undefined ? notBegun(c) : c.body(null, 204, { "Cache-Control": "no-store" });
    return c.json(writeCeremony(network.facts.chainId, view), 200, { "Cache-Control": "no-store" });
  },
};
