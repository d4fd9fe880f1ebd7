import { z } from "@hono/zod-openapi";
import type { CeremonyView, GentxView, ReceiptView } from "../domain/ceremony/ceremony-api.ts";
import { parametersShape, phaseNames } from "../domain/ceremony/words.ts";
import { findingShape, writeTime } from "./shapes.ts";

const time = z.iso.datetime();
const hash = z.string().openapi({ description: "SHA-256 in lower-case hexadecimal." });
const power = z.string().openapi({ description: "Voting power, a decimal string." });

/** The receipt of an act. */
export const receiptShape = z
  .object({
    index: z.int(),
    leafHash: hash,
    inclusion: z.array(hash).openapi({ description: "The proof, RFC 9162, 2.1.3." }),
    checkpoint: z.string().openapi({ description: "A signed note (C2SP tlog-checkpoint) of the log as it stands." }),
  })
  .openapi("CeremonyReceipt");

/** A gentx that stands. */
export const standingGentxShape = z
  .object({ operator: z.string(), moniker: z.string(), power, sha256: hash, index: z.int() })
  .openapi("StandingGentx");

/** A gentx that was judged, and may be taken. */
export const judgedGentxShape = z
  .object({
    operator: z.string(),
    moniker: z.string(),
    power,
    sha256: hash,
    warnings: z.array(findingShape),
  })
  .openapi("JudgedGentx");

/** Where a ceremony stands. */
export const ceremonyShape = z
  .object({
    chainId: z.string(),
    phase: z.enum(phaseNames),
    phaseSince: time,
    parameters: parametersShape,
    base: hash.nullable().openapi({ description: "The base genesis; null until there is one." }),
    allocations: z.object({ sha256: hash, accounts: z.int() }).nullable(),
    gentxs: z.array(standingGentxShape),
    refusals: z.int().openapi({ description: "Gentxs that were handed in and not taken." }),
    wishes: z
      .array(z.object({ intent: z.string(), by: z.string(), reason: z.string(), expiresAt: time }))
      .openapi({ description: "Acts that wait for a second coordinator who asks for the same." }),
    seals: z.array(
      z.object({
        version: z.int(),
        sha256: hash,
        canonicalSha256: hash.openapi({ description: "Of the canonical form (RFC 8785) of the file." }),
        answerSha256: hash.openapi({ description: "Of the canonical form of what a node answers at /genesis." }),
        validatorsHash: z.string().openapi({ description: "What the header of block 1 will show; upper case." }),
        size: z.int(),
        index: z.int(),
        at: time,
      }),
    ),
    standing: z.int().nullable().openapi({ description: "The version that stands." }),
    attestedPower: power,
    totalPower: power,
    acts: z.int().openapi({ description: "Leaves in the log." }),
    origin: z.string().openapi({ description: "The log's name." }),
    verifierKey: z.string().openapi({ description: "What the log's checkpoints are checked with." }),
  })
  .openapi("Ceremony");

/** A ceremony as it goes out. */
export function writeCeremony(chainId: string, view: CeremonyView): z.output<typeof ceremonyShape> {
  const { phaseSinceMs, baseSha256, seals, gentxs, allocations, wishes, ...same } = view;
  return {
    chainId,
    ...same,
    phaseSince: writeTime(phaseSinceMs),
    base: baseSha256,
    allocations: allocations && { ...allocations },
    gentxs: gentxs.map(writeGentx),
    wishes: wishes.map(({ expiresAtMs, ...wish }) => ({ ...wish, expiresAt: writeTime(expiresAtMs) })),
    seals: seals.map(({ atMs, ...seal }) => ({ ...seal, at: writeTime(atMs) })),
  };
}

/** A gentx that stands, as it goes out. */
export function writeGentx(gentx: GentxView): z.output<typeof standingGentxShape> {
  return { ...gentx };
}

/** A receipt as it goes out. */
export function writeReceipt(receipt: ReceiptView): z.output<typeof receiptShape> {
  return { ...receipt, inclusion: [...receipt.inclusion] };
}
