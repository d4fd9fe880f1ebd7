import { z } from "@hono/zod-openapi";
import type { HandedIn } from "../../domain/ceremony/ceremony-api.ts";
import { ceremonyOf, ceremonyPath, notBegun } from "../ceremony-of.ts";
import { judgedGentxShape, receiptShape, standingGentxShape, writeGentx, writeReceipt } from "../ceremony-shapes.ts";
import { json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { bring } from "./bring.ts";

const path = `${ceremonyPath}/gentxs`;
const noStore = { "Cache-Control": "no-store" };
const listShape = z.object({ gentxs: z.array(standingGentxShape) }).openapi("StandingGentxs");
const handedInShape = judgedGentxShape.extend({ receipt: receiptShape }).openapi("HandedIn");
const gentxBody = {
  required: true,
  content: {
    "application/json": {
      schema: z.object({}).loose().openapi({ description: "The file that the chain's own `gentx` command wrote." }),
    },
  },
};
const unread = { 404: "unknown_network, ceremony_not_found", 503: "ceremony_disabled, ceremony_unreachable" } as const;
const judging = problems({
  ...unread,
  409: "act_forbidden: `why` says which rule of the ceremony",
  413: "content_too_large",
  422: "gentx_refused: every rule that it breaks, in `failures`",
  429: "gentxs_limited: retryAt and Retry-After say until when",
  503: `${unread[503]}, ceremony_busy`,
});

/** Judges a gentx and keeps nothing. */
export const checkGentx: Operation = {
  route: {
    method: "post",
    path: `${path}/check`,
    summary: "Judge a gentx as handing it in would; nothing is kept",
    request: { params: networkParams, body: gentxBody },
    responses: { 200: json("It would be taken", judgedGentxShape), ...judging },
  },
  answer: async (c) => {
    const brought = await bring(c);
    if (!brought.ok) return brought.response;
    const checked = await brought.value.room.check(brought.value.bytes);
    return checked.ok ? c.json(writeJudged(checked.value), 200, noStore) : refuseHere(c, checked.refusal);
  },
};

/** Hands a gentx in. */
export const handInGentx: Operation = {
  route: {
    method: "post",
    path,
    summary: "Hand in a gentx; a newer one of the same operator takes the older one's place",
    request: { params: networkParams, body: gentxBody },
    responses: { 201: json("It is taken; the receipt proves it", handedInShape), ...judging },
  },
  answer: async (c) => {
    const brought = await bring(c);
    if (!brought.ok) return brought.response;
    const taken = await brought.value.room.handIn(brought.value.bytes);
    if (!taken.ok) return refuseHere(c, taken.refusal);
    const { receipt } = taken.value;
    return c.json({ ...writeJudged(taken.value), receipt: writeReceipt(receipt) }, 201, noStore);
  },
};

/** The gentxs that stand. */
export const listGentxs: Operation = {
  route: {
    method: "get",
    path,
    summary: "The gentxs that stand",
    request: { params: networkParams },
    responses: { 200: json("All of them", listShape), ...problems(unread) },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const view = await ceremony.value.room.view();
    return view === null ? notBegun(c) : c.json({ gentxs: view.gentxs.map(writeGentx) }, 200, noStore);
  },
};

/** One operator's gentx: the very bytes that were handed in. */
export const readGentx: Operation = {
  route: {
    method: "get",
    path: `${path}/{operator}`,
    summary: "An operator's gentx that stands, as it was handed in",
    request: {
      params: networkParams.extend({ operator: z.string().openapi({ description: "An account's address." }) }),
    },
    responses: {
      200: json("The file", z.object({}).loose()),
      ...problems({ ...unread, 404: `${unread[404]}, unknown_gentx` }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const { room } = ceremony.value;
    const operator = c.req.param("operator") ?? "";
    const view = await room.view();
    if (view === null) return notBegun(c);
    const found = view.gentxs.find((gentx) => gentx.operator === operator);
    const bytes = found && (await room.logFile(`content/${found.sha256}`));
    if (!bytes) return refuseHere(c, { reason: "unknown_gentx", operator: operator.slice(0, 100) });
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { ...noStore, "Content-Type": "application/json" });
  },
};

function writeJudged({ operator, moniker, power, sha256, warnings }: Omit<HandedIn, "receipt">) {
  return { operator, moniker, power, sha256, warnings: [...warnings] };
}
