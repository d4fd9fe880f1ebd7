import { z } from "@hono/zod-openapi";
import { type SeenBlock, statusOf } from "../domain/status/network-status.ts";
import { json, networkOf, networkParams, problems } from "./context.ts";
import type { Operation } from "./operation.ts";
import { writeTime } from "./shapes.ts";

const time = z.iso.datetime();
/** A block's head on the wire. */
export const blockFields = {
  height: z.int(),
  hash: z.string(),
  time,
  txs: z.int(),
  proposer: z.string().openapi({ description: "A consensus address, upper-case hexadecimal." }),
};
const power = z.string().openapi({ description: "Voting power, a decimal string." });
const shape = z
  .object({
    chainId: z.string(),
    state: z.enum(["producing", "stopped", "unknown"]).openapi({
      description: "unknown: no endpoint answers, which says nothing of the chain.",
    }),
    height: z.int().nullable(),
    lastBlockAt: time.nullable(),
    blockMs: z.int().nullable().openapi({ description: "Median time between the newest blocks." }),
    peers: z.int().nullable().openapi({ description: "Of the node that was asked; null: it does not tell." }),
    validators: z
      .object({ total: z.int(), signing: z.int(), power, signingPower: power })
      .nullable()
      .openapi({ description: "Who signed the newest finished block; null: the node does not tell." }),
    blocks: z.array(z.object(blockFields)).openapi({ description: "The newest first." }),
    endpoints: z.array(
      z.object({
        name: z.string(),
        height: z.int().nullable(),
        catchingUp: z.boolean().nullable(),
        why: z.string().nullable(),
      }),
    ),
  })
  .openapi("NetworkStatus");

/** How a network is, as its endpoints show it. */
export const readStatus: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/status",
    summary: "How the network is: height, block time, peers, validators that sign, newest blocks",
    request: { params: networkParams },
    responses: {
      200: json("As the network's endpoints show it, some seconds old", shape),
      ...problems({ 404: "unknown_network" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const { eyes, facts, nowMs } = network.value;
    const look = await eyes.look();
    const { lastBlockAtMs, ...sum } = statusOf(look, nowMs());
    const { signing } = look;
    const status = {
      chainId: facts.chainId,
      ...sum,
      lastBlockAt: lastBlockAtMs === null ? null : writeTime(lastBlockAtMs),
      peers: look.peers,
      validators: signing && {
        total: signing.validators,
        signing: signing.signing,
        power: String(signing.power),
        signingPower: String(signing.signingPower),
      },
      blocks: look.blocks.map(writeBlock),
      endpoints: look.endpoints.map((one) =>
        one.reached
          ? { name: one.name, height: one.height, catchingUp: one.catchingUp, why: null }
          : { name: one.name, height: null, catchingUp: null, why: one.why },
      ),
    };
    return c.json(status satisfies z.output<typeof shape>, 200, { "Cache-Control": "no-store" });
  },
};

/** A block's head as it goes out. */
export function writeBlock({ timeMs, ...same }: SeenBlock) {
  return { ...same, time: writeTime(timeMs) };
}
