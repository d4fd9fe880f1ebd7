import { z } from "@hono/zod-openapi";
import { json } from "./context.ts";
import type { Operation } from "./operation.ts";
import { networkShape, writeNetwork } from "./shapes.ts";

/** What is served here, the default network first. */
export const listNetworks: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks",
    summary: "Networks served here, the default first",
    responses: { 200: json("The networks", z.object({ networks: z.array(networkShape) })) },
  },
  answer: (c) => c.json({ networks: c.var.house.networks.map((network) => writeNetwork(network.facts)) }),
};
