import { z } from "@hono/zod-openapi";
import { type LaunchView, viewLaunch } from "../../domain/ceremony/launch.ts";
import { ceremonyOf, ceremonyPath } from "../ceremony-of.ts";
import { json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { writeTime } from "../shapes.ts";

const powerFields = {
  power: z.string().openapi({ description: "Voting power, a decimal string." }),
  percent: z.number().openapi({ description: "Of all power, two digits, rounded down." }),
};
const named = z.array(z.object({ operator: z.string(), moniker: z.string(), power: z.string() }));
const shape = z
  .object({
    version: z.int(),
    chainId: z.string(),
    genesisTime: z.iso.datetime(),
    state: z.enum(["waiting", "unknown", "forming", "running"]).openapi({
      description: "unknown: no endpoint answers. forming: one does, and shows no block yet.",
    }),
    height: z.int(),
    block1: z.object({
      expectedValidatorsHash: z.string(),
      proved: z.boolean().openapi({
        description: "All that show block 1 show the same one, of this chain, with the validators that were sealed.",
      }),
      seen: z.array(
        z.object({ endpoint: z.string(), hash: z.string(), chainId: z.string(), validatorsHash: z.string() }),
      ),
    }),
    blocks: z
      .array(z.object({ height: z.int(), ...powerFields, missing: named }))
      .openapi({ description: "The newest ones, by the power that signed them, and who did not." }),
    round: z
      .object({
        height: z.int(),
        round: z.int(),
        prevoted: z.object(powerFields),
        precommitted: z.object(powerFields),
        missing: named.openapi({ description: "Who has not prevoted: whom the others wait for." }),
      })
      .nullable(),
    endpoints: z.array(z.object({ name: z.string(), height: z.int().nullable(), why: z.string().nullable() })),
  })
  .openapi("Launch");

/** How the launch goes. */
export const readLaunch: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/launch`,
    summary: "The launch by power: block 1 against the sealed genesis, who signs, who is missing",
    request: { params: networkParams },
    responses: {
      200: json("As the network's endpoints show it, some seconds old", shape),
      ...problems({
        404: "unknown_network, ceremony_not_found, genesis_not_sealed",
        503: "ceremony_disabled, ceremony_unreachable",
      }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const { room, eyes } = ceremony.value;
    const facts = await room.launchFacts();
    if (facts === null) return refuseHere(c, { reason: "genesis_not_sealed", version: null });
    const view = viewLaunch(facts, await eyes.look(), c.var.house.nowMs());
    return c.json(writeLaunch(view), 200, { "Cache-Control": "no-store" });
  },
};

function writeLaunch({ genesisTimeMs, block1, blocks, round, endpoints, ...same }: LaunchView): z.output<typeof shape> {
  return {
    ...same,
    genesisTime: writeTime(genesisTimeMs),
    block1: { ...block1, seen: [...block1.seen] },
    blocks: blocks.map(({ missing, ...block }) => ({ ...block, missing: [...missing] })),
    round: round && { ...round, missing: [...round.missing] },
    endpoints: [...endpoints],
  };
}
