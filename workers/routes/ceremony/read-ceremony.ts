import { ceremonyOf, ceremonyPath, notBegun } from "../ceremony-of.ts";
import { ceremonyShape, writeCeremony } from "../ceremony-shapes.ts";
import { json, networkParams, problems } from "../context.ts";
import type { Operation } from "../operation.ts";

/** Where a ceremony stands. */
export const readCeremony: Operation = {
  route: {
    method: "get",
    path: ceremonyPath,
    summary: "Where the genesis ceremony stands",
    request: { params: networkParams },
    responses: {
      200: json("The ceremony", ceremonyShape),
      ...problems({
        404: "unknown_network, ceremony_not_found",
        503: "ceremony_disabled, ceremony_unreachable, config_invalid",
      }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const { network, room } = ceremony.value;
    const view = await room.view();
    if (view === null) return notBegun(c);
    return c.json(writeCeremony(network.facts.chainId, view), 200, { "Cache-Control": "no-store" });
  },
};
