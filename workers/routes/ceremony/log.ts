import { z } from "@hono/zod-openapi";
import { ceremonyOf, ceremonyPath, type WithCeremony } from "../ceremony-of.ts";
import { receiptShape, writeReceipt } from "../ceremony-shapes.ts";
import { type HouseContext, json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";

const path = `${ceremonyPath}/log`;
const unread = {
  404: "unknown_network, ceremony_not_found, not_found",
  503: "ceremony_disabled, ceremony_unreachable",
};
const forEver = "public, max-age=31536000, immutable";
const bytes = (description: string) => ({
  description,
  content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
});
const consistencyShape = z
  .object({ proof: z.array(z.string()), checkpoint: z.string() })
  .openapi("CeremonyConsistency");
const consistencyQuery = z.strictObject({
  old: z
    .string()
    .regex(/^[1-9][0-9]{0,9}$/, "is no size of a log")
    .openapi({ description: "How many leaves the older checkpoint has." }),
});

/** The log as it stands, signed. */
export const readCheckpoint: Operation = {
  route: {
    method: "get",
    path: `${path}/checkpoint`,
    summary: "The log's signed checkpoint",
    request: { params: networkParams },
    responses: {
      200: { description: "A signed note", content: { "text/plain": { schema: z.string() } } },
      ...problems(unread),
    },
  },
  answer: (c) => answerFile(c, "checkpoint", "text/plain; charset=utf-8", "no-store"),
};

/** A tile of hashes or of entries, full or partial (C2SP tlog-tiles). */
export const readTile: Operation = {
  route: {
    method: "get",
    path: `${path}/tile/{tile}`,
    summary: "A tile of the log (C2SP tlog-tiles)",
    request: {
      params: networkParams.extend({
        tile: z.string().openapi({ description: "Such as 0/000.p/12 or entries/000.p/12.", example: "0/000" }),
      }),
    },
    responses: { 200: bytes("Hashes, or entries with their lengths"), ...problems(unread) },
  },
  at: `${path.replace("{chainId}", ":chainId")}/tile/:tile{.+}`,
  answer: (c) => answerFile(c, `tile/${c.req.param("tile")}`, "application/octet-stream", forEver),
};

/** Bytes that a leaf names. */
export const readContent: Operation = {
  route: {
    method: "get",
    path: `${path}/content/{sha256}`,
    summary: "Bytes that a leaf names by their SHA-256",
    request: { params: networkParams.extend({ sha256: z.string() }) },
    responses: { 200: bytes("The bytes as they were handed in"), ...problems(unread) },
  },
  answer: (c) => answerFile(c, `content/${c.req.param("sha256")}`, "application/octet-stream", forEver),
};

/** The receipt of a leaf in the log as it stands. */
export const readReceipt: Operation = {
  route: {
    method: "get",
    path: `${path}/receipts/{index}`,
    summary: "The proof that a leaf is in the log as it stands",
    request: { params: networkParams.extend({ index: z.string().openapi({ example: "0" }) }) },
    responses: { 200: json("The receipt", receiptShape), ...problems(unread) },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const index = c.req.param("index") ?? "";
    const receipt = /^(0|[1-9][0-9]{0,9})$/.test(index) ? await ceremony.value.room.receipt(Number(index)) : null;
    if (receipt === null) return noFile(c, "The log has no such leaf.");
    return c.json(writeReceipt(receipt), 200, { "Cache-Control": "no-store" });
  },
};

/** The proof that the log only grew. */
export const readConsistency: Operation = {
  route: {
    method: "get",
    path: `${path}/consistency`,
    summary: "The proof that the log as it stands begins with an older one",
    request: { params: networkParams, query: consistencyQuery },
    responses: {
      200: json("RFC 9162, 2.1.4", consistencyShape),
      ...problems({ ...unread, 400: "invalid_query" }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const asked = readQuery(c, consistencyQuery);
    if (!asked.ok) return asked.response;
    const found = await ceremony.value.room.consistency(Number(asked.value.old));
    if (found === null) return noFile(c, "The log has fewer leaves than that.");
    return c.json({ proof: [...found.proof], checkpoint: found.checkpoint }, 200, { "Cache-Control": "no-store" });
  },
};

async function answerFile(c: HouseContext, name: string, type: string, cache: string): Promise<Response> {
  const ceremony = ceremonyOf(c);
  if (!ceremony.ok) return ceremony.response;
  const file = await fileOf(ceremony.value, name);
  if (file === null) return noFile(c, "The log has no such file.");
  // Whatever was handed in, no browser takes it for a page.
  return c.body(file as Uint8Array<ArrayBuffer>, 200, {
    "Content-Type": type,
    "Cache-Control": cache,
    "Content-Disposition": "attachment",
  });
}

function fileOf({ room }: WithCeremony, name: string): Promise<Uint8Array | null> {
  return room.logFile(name);
}

function noFile(c: HouseContext, detail: string): Response {
  return refuseHere(c, { reason: "not_found", detail });
}
