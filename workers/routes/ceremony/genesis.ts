import { z } from "@hono/zod-openapi";
import type { SealedGenesis } from "../../domain/ceremony/ceremony-api.ts";
import { ceremonyOf, ceremonyPath } from "../ceremony-of.ts";
import { type Found, type HouseContext, json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { readQuery } from "../read-query.ts";

const query = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/, "is no version")
    .optional()
    .openapi({ description: "The one that stands when left out." }),
});
const sealed = problems({
  400: "invalid_query",
  404: "unknown_network, ceremony_not_found, genesis_not_sealed",
  503: "ceremony_disabled, ceremony_unreachable",
});
const making = problems({
  404: "unknown_network, ceremony_not_found",
  409: "act_forbidden: there is no base genesis yet",
  422: "parts_broken",
  503: "ceremony_disabled, ceremony_unreachable",
});
const file = (description: string) => json(description, z.object({}).loose());
const text = (description: string) => ({ description, content: { "text/plain": { schema: z.string() } } });

/** A sealed genesis, the very bytes. */
export const readGenesis: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/genesis.json`,
    summary: "The sealed genesis",
    request: { params: networkParams, query },
    responses: { 200: file("The file that every node needs, to the byte"), ...sealed },
  },
  answer: async (c) => {
    const found = await sealedGenesis(c);
    if (!found.ok) return found.response;
    const { genesis, sha256, version } = found.value;
    return c.body(genesis as Uint8Array<ArrayBuffer>, 200, {
      "Content-Type": "application/json",
      // A version never changes; which of them stands may.
      "Cache-Control": c.req.query("version") === undefined ? "no-cache" : "public, max-age=31536000, immutable",
      ETag: `"${sha256}"`,
      "X-Genesis-Sha256": sha256,
      "X-Genesis-Version": String(version),
    });
  },
};

/** The SHA-256 of a sealed genesis, as `sha256sum --check` reads it. */
export const readGenesisHash: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/genesis.sha256`,
    summary: "The SHA-256 of the sealed genesis, for `sha256sum --check`",
    request: { params: networkParams, query },
    responses: { 200: text("One line: the hash, two spaces, genesis.json"), ...sealed },
  },
  answer: async (c) => {
    const found = await sealedGenesis(c);
    return found.ok
      ? c.text(`${found.value.sha256}  genesis.json\n`, 200, { "Cache-Control": "no-cache" })
      : found.response;
  },
};

/** The genesis as it would be sealed now. */
export const readPreview: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/preview.json`,
    summary: "The genesis as it would be sealed now",
    request: { params: networkParams },
    responses: { 200: file("Not to be launched with: it changes with every act"), ...making },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const made = await ceremony.value.room.preview();
    if (!made.ok) return refuseHere(c, made.refusal);
    const { genesis, sha256, canonicalSha256, answerSha256, validatorsHash } = made.value;
    return c.body(genesis as Uint8Array<ArrayBuffer>, 200, {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Genesis-Sha256": sha256,
      "X-Genesis-Canonical-Sha256": canonicalSha256,
      "X-Genesis-Answer-Sha256": answerSha256,
      "X-Validators-Hash": validatorsHash,
    });
  },
};

/** What the launch will be like. */
export const readReport: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/report`,
    summary: "Power, concentration, commissions and supply of the genesis as it would be sealed now",
    request: { params: networkParams },
    responses: { 200: text("For people"), ...making },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const made = await ceremony.value.room.review();
    return made.ok
      ? c.text(`${made.value.report}\n`, 200, { "Cache-Control": "no-store" })
      : refuseHere(c, made.refusal);
  },
};

async function sealedGenesis(c: HouseContext): Promise<Found<SealedGenesis>> {
  const ceremony = ceremonyOf(c);
  if (!ceremony.ok) return ceremony;
  const asked = readQuery(c, query);
  if (!asked.ok) return asked;
  const version = asked.value.version === undefined ? null : Number(asked.value.version);
  const value = await ceremony.value.room.genesis(version);
  if (value === null) return { ok: false, response: refuseHere(c, { reason: "genesis_not_sealed", version }) };
  return { ok: true, value };
}
