import { z } from "@hono/zod-openapi";
import { type Issued, issueChallenge } from "../domain/access/issue-challenge.ts";
import { siteOf } from "./brought.ts";
import { clientOriginOf } from "./client-address.ts";
import { json, networkOf, networkParams, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { writeTime } from "./shapes.ts";

const body = z
  .strictObject({
    address: z.string().min(1).max(256).openapi({ description: "Who is to be paid; the challenge is for it alone." }),
    kind: z
      .enum(["pow", "signature"])
      .default("pow")
      .openapi({ description: "A puzzle to solve, or a text for the recipient's wallet to sign (ADR-036)." }),
  })
  .openapi("ChallengeRequest");

const puzzleShape = z
  .object({
    kind: z.literal("pow"),
    chainId: z.string(),
    address: z.string().openapi({ description: "Lower case." }),
    challenge: z
      .object({ parameters: z.object({}).loose(), signature: z.string() })
      .openapi({ description: "ALTCHA's second format, to be handed back unchanged." }),
    expiresAt: z.iso.datetime(),
    work: z.object({
      algorithm: z.literal("SCRYPT"),
      triesMost: z.int().openapi({ description: "The counter that solves it is below this." }),
      triesExpected: z.int().openapi({ description: "On average; each counter is as likely." }),
    }),
  })
  .openapi("Challenge");
const signShape = z
  .object({
    kind: z.literal("signature"),
    chainId: z.string(),
    address: z.string(),
    text: z.string().openapi({ description: "To be signed as it is; claim with it as signature.text." }),
    expiresAt: z.iso.datetime(),
  })
  .openapi("SignText");
const shape = z.union([puzzleShape, signShape]);

/** What a claim brings along, solved or signed: once, for this address, network and time. */
export const createChallenge: Operation = {
  route: {
    method: "post",
    path: "/api/v1/networks/{chainId}/faucet/challenges",
    summary: "Ask for the puzzle that a claim has to bring solved, or for a text to sign",
    request: {
      params: networkParams,
      body: { required: true, content: { "application/json": { schema: body } } },
    },
    responses: {
      201: json('Find the counter; claim with base64 of {"challenge": …, "solution": {counter, derivedKey}}', shape),
      ...problems({
        400: "invalid_json, invalid_body",
        404: "unknown_network",
        409: "challenge_not_needed: claims of this network bring none; signature_not_taken: it would not help here, or now",
        413: "body_too_large",
        422: "invalid_address, recipient_not_allowed",
        429: "challenge_limited: retryAt and Retry-After say until when",
        503: "faucet_paused, faucet_halted, faucet_disabled, dispenser_unreachable, config_invalid",
      }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const { chainId } = network.value.facts;
    const id = await c.var.house.newClaimId(chainId, null);
    const asked = { ...read.value, id, client: clientOriginOf(c), site: siteOf(c) };
    const issued = await issueChallenge(network.value, asked);
    if (!issued.ok) return refuseHere(c, issued.refusal);
    return c.json(writeIssued(chainId, issued), 201, { "Cache-Control": "no-store" });
  },
};

function writeIssued(chainId: string, issued: Extract<Issued, { ok: true }>): z.output<typeof shape> {
  const { address } = issued;
  if (issued.kind === "signature") {
    const { text, expiresAtMs } = issued.sign;
    return { kind: "signature", chainId, address, text, expiresAt: writeTime(expiresAtMs) };
  }
  const { puzzle, expiresAtMs, triesMost } = issued.challenge;
  return {
    kind: "pow",
    chainId,
    address,
    challenge: { parameters: { ...puzzle.parameters }, signature: puzzle.signature },
    expiresAt: writeTime(expiresAtMs),
    work: { algorithm: "SCRYPT", triesMost, triesExpected: Math.ceil(triesMost / 2) },
  };
}
