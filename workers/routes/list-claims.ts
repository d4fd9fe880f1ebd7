import { z } from "@hono/zod-openapi";
import { json, networkOf, networkParams, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { readQuery } from "./read-query.ts";
import { claimPageShape, writeClaim } from "./shapes.ts";

const pageLength = 50;
const query = z.strictObject({
  address: z.string().min(1).max(256),
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/, "is not a cursor of ours")
    .optional()
    .openapi({ description: "`nextCursor` of the page before." }),
});

/** Claims of an address, newest first, from the read model: a few seconds behind the dispenser. */
export const listClaims: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/faucet/claims",
    summary: "Claims of an address, newest first",
    request: { params: networkParams, query },
    responses: {
      200: json("A page of claims", claimPageShape),
      ...problems({ 400: "invalid_query", 404: "unknown_network", 422: "invalid_address" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const asked = readQuery(c, query);
    if (!asked.ok) return asked.response;
    const reading = network.value.readAddress(asked.value.address);
    if (!reading.ok) return refuseHere(c, reading.refusal);
    const { cursor } = asked.value;
    const before = cursor === undefined ? null : Number(cursor);
    const page = await network.value.history.claimsOf(reading.address, before, pageLength);
    const nextCursor = page.next === null ? {} : { nextCursor: String(page.next) };
    return c.json({ claims: page.claims.map(writeClaim), ...nextCursor }, 200, { "Cache-Control": "no-store" });
  },
};
