import { z } from "@hono/zod-openapi";
import { issueChallenge } from "../domain/access/issue-challenge.ts";
import { json, networkOf, networkParams, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { writeTime } from "./shapes.ts";

const body = z
  .strictObject({
    address: z.string().min(1).max(256).openapi({ description: "Who is to be paid; the challenge is for it alone." }),
  })
  .openapi("ChallengeRequest");

const shape = z
  .object({
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

/** A puzzle whose solution a claim brings along: once, for this address, network and time. Stores nothing. */
export const createChallenge: Operation = {
  route: {
    method: "post",
    path: "/api/v1/networks/{chainId}/faucet/challenges",
    summary: "Ask for the puzzle that a claim has to bring solved",
    request: {
      params: networkParams,
      body: { required: true, content: { "application/json": { schema: body } } },
    },
    responses: {
      201: json('Find the counter; claim with base64 of {"challenge": …, "solution": {counter, derivedKey}}', shape),
      ...problems({
        400: "invalid_json, invalid_body",
        404: "unknown_network",
        409: "challenge_not_needed: claims of this network bring none",
        413: "body_too_large",
        422: "invalid_address, recipient_not_allowed",
        503: "faucet_paused, faucet_halted, faucet_disabled, dispenser_unreachable, config_invalid",
      }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const read = await readBody(c, body);
    if (!read.ok) return read.response;
    const issued = await issueChallenge(network.value, read.value.address);
    if (!issued.ok) return refuseHere(c, issued.refusal);
    const { puzzle, expiresAtMs, triesMost } = issued.challenge;
    const answer: z.output<typeof shape> = {
      chainId: network.value.facts.chainId,
      address: issued.address,
      challenge: { parameters: { ...puzzle.parameters }, signature: puzzle.signature },
      expiresAt: writeTime(expiresAtMs),
      work: { algorithm: "SCRYPT", triesMost, triesExpected: Math.ceil(triesMost / 2) },
    };
    return c.json(answer, 201, { "Cache-Control": "no-store" });
  },
};
