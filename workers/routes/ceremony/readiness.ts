import { z } from "@hono/zod-openapi";
import type { ReadinessView } from "../../domain/ceremony/words-api.ts";
import { ceremonyOf, ceremonyPath } from "../ceremony-of.ts";
import { json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { writeTime } from "../shapes.ts";

const time = z.iso.datetime();
const power = z.string().openapi({ description: "Voting power, a decimal string." });
const percent = z.number().openapi({ description: "Of all power, two digits, rounded down." });
const shape = z
  .object({
    version: z.int(),
    sha256: z.string(),
    totalPower: power,
    attestedPower: power.openapi({ description: "By the log: what the gate goes by." }),
    attestedPercent: percent,
    readyPower: power.openapi({ description: "Of it, power whose node says that InitChain passed." }),
    readyPercent: percent,
    hashes: z
      .array(z.object({ sha256: z.string(), power, percent, operators: z.array(z.string()) }))
      .openapi({ description: "By everyone's newest word, so with those who said that they hold another file." }),
    silent: z.array(z.object({ operator: z.string(), power })),
    deadlock: z
      .boolean()
      .openapi({ description: "A third or more holds other files: the chain would stop at block 2." }),
    nodes: z.array(
      z.object({
        operator: z.string(),
        node: z.string(),
        initChainPassed: z.boolean(),
        binaryVersion: z.string(),
        clockSkewMs: z.int(),
        index: z.int(),
      }),
    ),
    gate: z.object({
      open: z.boolean(),
      reasons: z.array(z.string()).openapi({ description: "What keeps it shut." }),
      mayOpen: z.boolean().openapi({ description: "Whether waiting can still open it for this version." }),
      notBefore: time.optional(),
      proposedTime: time.optional().openapi({ description: "The genesis time to take instead." }),
    }),
  })
  .openapi("Readiness");

/** Who holds the sealed genesis, by power, and whether the launch may go on. */
export const readReadiness: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/readiness`,
    summary: "Who holds the sealed genesis, by power, and the launch gate",
    request: { params: networkParams },
    responses: {
      200: json("Of the version that stands", shape),
      ...problems({
        404: "unknown_network, ceremony_not_found, genesis_not_sealed",
        503: "ceremony_disabled, ceremony_unreachable",
      }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const view = await ceremony.value.room.readiness();
    if (view === null) return refuseHere(c, { reason: "genesis_not_sealed", version: null });
    return c.json(writeReadiness(view), 200, { "Cache-Control": "no-store" });
  },
};

function writeReadiness({ gate, hashes, silent, nodes, ...same }: ReadinessView): z.output<typeof shape> {
  return {
    ...same,
    hashes: hashes.map(({ operators, ...hash }) => ({ ...hash, operators: [...operators] })),
    silent: [...silent],
    nodes: [...nodes],
    gate: gate.open
      ? { open: true, reasons: [], mayOpen: true }
      : {
          open: false,
          reasons: [...gate.reasons],
          mayOpen: gate.mayOpen,
          notBefore: writeTime(gate.notBeforeMs),
          proposedTime: writeTime(gate.proposedTimeMs),
        },
  };
}
