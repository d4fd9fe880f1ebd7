import { z } from "@hono/zod-openapi";
import type { AskedWord } from "../../domain/ceremony/word-refusals.ts";
import type { WordTaken } from "../../domain/ceremony/words-api.ts";
import { ceremonyOf, ceremonyPath } from "../ceremony-of.ts";
import { receiptShape, writeReceipt } from "../ceremony-shapes.ts";
import { type HouseContext, json, networkParams, problems, refuseHere } from "../context.ts";
import type { Operation } from "../operation.ts";
import { writeTime } from "../shapes.ts";
import { bring } from "./bring.ts";

const hash = z.string().openapi({ description: "SHA-256 in lower-case hexadecimal." });
const operatorParams = networkParams.extend({
  operator: z.string().openapi({ description: "An account's address." }),
});
const noStore = { "Cache-Control": "no-store" };
const challengeShape = z
  .object({
    origin: z.string(),
    chainId: z.string(),
    operator: z.string(),
    version: z.int(),
    genesisSha256: hash,
    expires: z.int().openapi({ description: "Unix seconds, as the word writes them." }),
    expiresAt: z.iso.datetime(),
    attestNonce: z.string().openapi({ description: "For an attestation, and for nothing else." }),
    beaconNonce: z.string(),
  })
  .openapi("WordChallenge");
const takenShape = z
  .object({
    operator: z.string(),
    version: z.int(),
    genesisSha256: hash,
    node: z.string().nullable().openapi({ description: "The node that speaks for this operator." }),
    receipt: receiptShape,
  })
  .openapi("WordTaken");
const body = (description: string) => ({
  required: true,
  content: { "application/json": { schema: z.object({}).loose().openapi({ description }) } },
});
const unread = { 404: "unknown_network, ceremony_not_found", 503: "ceremony_disabled, ceremony_unreachable" } as const;
const speaking = problems({
  ...unread,
  409: "act_forbidden: `why` says which rule of the ceremony; wrong_file, node_not_tied",
  413: "content_too_large",
  422: "word_refused, challenge_unknown, challenge_expired",
  429: "gentxs_limited: retryAt and Retry-After say until when",
  503: `${unread[503]}, ceremony_busy`,
});

/** What an operator's words on the sealed genesis are made of. */
export const readWordChallenge: Operation = {
  route: {
    method: "get",
    path: `${ceremonyPath}/challenges/{operator}`,
    summary: "The nonces for an operator's attestation and for their node's beacon",
    request: { params: operatorParams },
    responses: {
      200: json("`npm run genesis -- attest-word` makes the line to sign of it", challengeShape),
      ...problems({ ...unread, 409: "act_forbidden: nothing is sealed, or they are not in it" }),
    },
  },
  answer: async (c) => {
    const ceremony = ceremonyOf(c);
    if (!ceremony.ok) return ceremony.response;
    const made = await ceremony.value.room.challenge((c.req.param("operator") ?? "").slice(0, 100));
    if (!made.ok) return refuseHere(c, made.refusal);
    const { expiresSec, ...same } = made.value;
    const challenge = { ...same, expires: expiresSec, expiresAt: writeTime(expiresSec * 1000) };
    return c.json(challenge satisfies z.output<typeof challengeShape>, 200, noStore);
  },
};

/** An operator's word that they hold the sealed genesis. */
export const attestGenesis: Operation = {
  route: {
    method: "post",
    path: `${ceremonyPath}/attestations/{operator}`,
    summary: "Attest the sealed genesis; the same word again answers the same receipt",
    request: {
      params: operatorParams,
      body: body('{"v": 1, "proof": "adr036", "word", "pubKey", "signature"} or {"v": 1, "proof": "tx", "tx"}'),
    },
    responses: { 201: json("It is in the log", takenShape), ...speaking },
  },
  answer: async (c) => {
    const brought = await bring(c);
    if (!brought.ok) return brought.response;
    const operator = (c.req.param("operator") ?? "").slice(0, 100);
    return answerWord(c, await brought.value.room.attest(operator, brought.value.bytes));
  },
};

/** A node's word on what it has made ready. */
export const sendBeacon: Operation = {
  route: {
    method: "post",
    path: `${ceremonyPath}/beacons`,
    summary: "A node says that it took the sealed genesis",
    request: { params: networkParams, body: body("What `npm run genesis -- beacon` prints.") },
    responses: { 201: json("It is in the log", takenShape), ...speaking },
  },
  answer: async (c) => {
    const brought = await bring(c);
    if (!brought.ok) return brought.response;
    return answerWord(c, await brought.value.room.beacon(brought.value.bytes));
  },
};

function answerWord(c: HouseContext, taken: AskedWord<WordTaken>): Response {
  if (!taken.ok) return refuseHere(c, taken.refusal);
  const { receipt, ...same } = taken.value;
  return c.json({ ...same, receipt: writeReceipt(receipt) }, 201, noStore);
}
