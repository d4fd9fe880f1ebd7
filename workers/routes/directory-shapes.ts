import { z } from "@hono/zod-openapi";
import type { Entry } from "../domain/validator/list.ts";
import { peerOutcomes } from "../domain/validator/peer-look.ts";
import type { OperatorProfile, Registration } from "../domain/validator/registration.ts";
import { standingGentxShape, writeGentx } from "./ceremony-shapes.ts";
import { writeTime } from "./shapes.ts";

const time = z.iso.datetime();
const proofKind = z.enum(["adr036", "tx", "gentx"]).openapi({ description: "How the operator's key was proved." });
const text = z.string();

/** What an operator says of their validator: text of strangers, to be shown as text. */
export const profileShape = z
  .object({
    moniker: text,
    identity: text,
    website: text,
    securityContact: text,
    details: text,
    consensusKey: text.nullable().openapi({ description: "Base64 of an Ed25519 key." }),
    peer: text.nullable().openapi({ description: "nodeid@host:port" }),
    seed: z.boolean(),
    commission: z.object({ rate: text, maxRate: text, maxChangeRate: text }).nullable(),
    region: text,
    provider: text,
    hardware: z.boolean(),
    keySafety: z.boolean(),
  })
  .openapi("ValidatorProfile");

/** An operator in the directory. */
export const entryShape = z
  .object({
    operator: z.string().openapi({ description: "The account's address." }),
    valoper: z.string(),
    state: z.enum(["pending", "approved", "rejected", "withdrawn", "unregistered"]).openapi({
      description: "unregistered: a gentx of theirs stands in the ceremony, and nobody has registered them.",
    }),
    moniker: z.string(),
    profile: profileShape.nullable().openapi({ description: "Not shown of who was rejected or has withdrawn." }),
    reason: z.string().optional().openapi({ description: "Why it was rejected." }),
    registered: z
      .object({ proof: proofKind, rev: z.int(), createdAt: time, changedAt: time })
      .nullable()
      .openapi({ description: "Null while unregistered." }),
    peerLook: z
      .object({
        outcome: z.enum(peerOutcomes).openapi({
          description:
            "reachable: a node answered that proved that it holds the key of its node id, and says that it is on this chain.",
        }),
        seen: z.string().openapi({ description: "The other node's id or the other chain's; empty otherwise." }),
        lookedAt: time,
      })
      .nullable()
      .openapi({ description: "The newest look at the node of an approved operator; null: none." }),
    gentx: standingGentxShape.nullable().openapi({ description: "Theirs in the ceremony." }),
  })
  .openapi("Validator");

/** A registration as coordinators see it. */
export const registrationShape = z
  .object({
    operator: z.string(),
    state: z.enum(["pending", "approved", "rejected", "withdrawn"]),
    rev: z.int().openapi({ description: "What a decision is about." }),
    profile: profileShape.nullable(),
    proof: proofKind,
    reason: z.string(),
    allocation: z.object({ denom: z.string(), amount: z.string() }).nullable(),
    createdAt: time,
    changedAt: time,
    grantedAt: time.nullable().openapi({ description: "When a faucet code was made for them." }),
  })
  .openapi("Registration");

/** An operator as they go out. */
export function writeEntry({ registered, gentx, reason, profile, look, ...same }: Entry): z.output<typeof entryShape> {
  return {
    ...same,
    profile: profile && writeProfile(profile),
    ...(reason === "" ? {} : { reason }),
    registered: registered && {
      proof: registered.proof,
      rev: registered.rev,
      createdAt: writeTime(registered.createdAtMs),
      changedAt: writeTime(registered.changedAtMs),
    },
    peerLook: look && { outcome: look.outcome, seen: look.seen, lookedAt: writeTime(look.atMs) },
    gentx: gentx && writeGentx(gentx),
  };
}

/** A registration as it goes out to coordinators. */
export function writeRegistration(registration: Registration): z.output<typeof registrationShape> {
  const { createdAtMs, changedAtMs, grantedAtMs, allocation, profile, ...same } = registration;
  return {
    ...same,
    profile: profile && writeProfile(profile),
    allocation: allocation && { denom: allocation.denom, amount: allocation.amount.toString() },
    createdAt: writeTime(createdAtMs),
    changedAt: writeTime(changedAtMs),
    grantedAt: grantedAtMs === null ? null : writeTime(grantedAtMs),
  };
}

function writeProfile(profile: OperatorProfile): z.output<typeof profileShape> {
  return { ...profile };
}
