import { z } from "@hono/zod-openapi";
import type { Claim } from "../domain/claim/claim.ts";
import type { NetworkFacts } from "../domain/network/served.ts";
import { writeDrips } from "../domain/shared/coin.ts";

const coin = z
  .object({ denom: z.string(), amount: z.string().openapi({ description: "Base units, a decimal string." }) })
  .openapi("Coin");
const time = z.iso.datetime().openapi({ description: "RFC 3339, UTC." });

/** A network on the wire. */
export const networkShape = z
  .object({
    chainId: z.string(),
    name: z.string(),
    driver: z.string(),
    bech32Prefix: z.string(),
    denoms: z.array(z.object({ denom: z.string(), display: z.string(), exponent: z.int() })),
    explorer: z
      .object({ tx: z.string().openapi({ description: "{txHash} stands for a transaction's hash." }) })
      .optional(),
    wallet: z
      .object({
        rpc: z.string(),
        rest: z.string(),
        coinType: z.int(),
        gasPrice: z.object({
          denom: z.string(),
          milliAmount: z.int().openapi({ description: "Thousandths of a base unit, per unit of gas." }),
        }),
      })
      .optional()
      .openapi({ description: "What a wallet that does not know the network is told." }),
    community: z
      .array(z.object({ name: z.string(), url: z.string() }))
      .openapi({ description: "Where this network's people meet." }),
    ceremony: z.boolean().openapi({ description: "Whether a genesis ceremony is held here." }),
    validators: z.boolean().openapi({ description: "Whether validators sign up here." }),
    faucet: z.object({ enabled: z.boolean(), drips: z.array(coin) }),
  })
  .openapi("Network");

/** A claim on the wire. */
export const claimShape = z
  .object({
    id: z.string(),
    chainId: z.string(),
    address: z.string().openapi({ description: "Lower case." }),
    state: z.enum(["queued", "submitted", "confirmed", "failed"]),
    drips: z.array(coin),
    queuePosition: z.int().optional().openapi({ description: "1 is next; only while queued." }),
    txHash: z.string().optional(),
    height: z.int().optional(),
    code: z.string().optional().openapi({ description: "Why it failed." }),
    reason: z.string().optional().openapi({ description: "The chain's own words on a failure." }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi("Claim");

const values = z
  .record(z.string(), z.string())
  .optional()
  .openapi({ description: "What `detail` names, apart: numbers in digits, lists by comma, times as RFC 3339." });

/** A page of claims, newest first. */
export const claimPageShape = z
  .object({
    claims: z.array(claimShape),
    nextCursor: z.string().optional().openapi({ description: "Hand it in as `cursor` for the next page." }),
  })
  .openapi("ClaimPage");

/** What a faucet is and how it does. */
export const faucetShape = z
  .object({
    chainId: z.string(),
    enabled: z.boolean(),
    address: z.string().openapi({ description: "Who pays; fund this one. Empty while its key is missing." }),
    drips: z.array(coin),
    limits: z.object({ cooldownSeconds: z.int(), queueMax: z.int() }),
    challenge: z.enum(["none", "pow", "turnstile"]).openapi({
      description: "pow: a claim brings a solved challenge. turnstile: a token of the widget, its cdata the address.",
    }),
    turnstile: z.object({ siteKey: z.string() }).optional(),
    balance: z.array(coin),
    balanceAt: time.optional(),
    queueLength: z.int(),
    submitted: z.int(),
    medianWaitMs: z.number().nullable(),
    height: z.int().nullable(),
    blockMs: z.number(),
    paused: z
      .object({ reason: z.string(), since: time, retryAt: time.optional() })
      .nullable()
      .openapi({ description: "An operator has paused it: new claims are refused." }),
    halt: z.object({ code: z.string(), detail: z.string(), since: time }).nullable(),
  })
  .openapi("Faucet");

const routeName = z.enum(["open", "turnstile", "signature", "challenge", "code", "oidc", "key"]);

/** Whether an address may claim. */
export const eligibilityShape = z
  .object({
    address: z.string().openapi({ description: "Lower case where it is one of this network." }),
    chainId: z.string(),
    eligible: z.boolean(),
    drips: z.array(coin).openapi({ description: "What a claim would pay now; [] where none would be taken." }),
    refusal: z
      .object({
        code: z.string(),
        detail: z.string(),
        retryAt: time.optional(),
        claimId: z.string().optional(),
        values,
      })
      .optional()
      .openapi({ description: "What a claim would be answered now." }),
    routes: z.array(
      z.object({
        route: routeName,
        open: z.boolean(),
        cheapest: z.boolean(),
        perDay: z.int().optional().openapi({ description: "Claims a day of this credential." }),
        work: z.object({ triesMost: z.int(), secondsAbout: z.number() }).optional(),
        retryAt: time.optional(),
        detail: z.string().optional(),
      }),
    ),
    cheapest: routeName.nullable(),
  })
  .openapi("Eligibility");

/** A sentence with its values apart (genesis/document/said.ts). */
export const saidShape = z.array(z.string()).openapi({
  description:
    "The message with its values apart, for other languages: the sentence with {0}, {1} … and then the values. {0*}: the value is a sentence whose own values follow it.",
});

/** A rule of the judge that a gentx breaks, or that is worth a word (docs/gentx-rules.md). */
export const findingShape = z
  .object({
    rule: z.string(),
    message: z.string(),
    said: saidShape,
    remedy: z.string(),
    value: z.string().optional().openapi({ description: "The value seen, made safe to show." }),
  })
  .openapi("GentxFinding");

/** Every refusal: RFC 9457 and what helps. */
export const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    kind: z.enum(["key", "code", "oidc", "signature"]).optional().openapi({ description: "With credential_…: which." }),
    why: z.string().optional().openapi({ description: "With act_forbidden: which rule." }),
    failures: z
      .array(findingShape)
      .optional()
      .openapi({ description: "With gentx_refused: all rules that it breaks." }),
    warnings: z.array(findingShape).optional(),
    retryAt: time.optional(),
    claimId: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), said: saidShape.optional() })).optional(),
    values,
  })
  .openapi("Problem");

/** A claim as it goes out. */
export function writeClaim(claim: Claim): z.output<typeof claimShape> {
  const { drips, createdAtMs, updatedAtMs, ...same } = claim;
  return { ...same, drips: writeDrips(drips), createdAt: writeTime(createdAtMs), updatedAt: writeTime(updatedAtMs) };
}

/** A network as it goes out. */
export function writeNetwork(facts: NetworkFacts): z.output<typeof networkShape> {
  const { chainId, name, driver, bech32Prefix, explorer, ceremony, community, wallet, validators, faucet } = facts;
  return {
    chainId,
    name,
    driver,
    bech32Prefix,
    denoms: [...facts.denoms],
    ...(explorer === null ? {} : { explorer: { ...explorer } }),
    ...(wallet === null ? {} : { wallet: { ...wallet } }),
    ceremony,
    validators,
    community: [...community],
    faucet: { enabled: faucet.enabled, drips: writeDrips(faucet.drips) },
  };
}

/** Milliseconds since 1970 as RFC 3339. */
export function writeTime(ms: number): string {
  return new Date(ms).toISOString();
}
