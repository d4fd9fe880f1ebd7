import canonicalize from "canonicalize";
import { z } from "zod";
import { clockSkewMaxMs } from "../attest/beacon-text.ts";
import { readUtf8 } from "../log/bytes.ts";
import { amount, operatorAddress, parametersSchema, time } from "./parameters.ts";
import { phases } from "./phases.ts";

/** The longest leaf, in bytes: an entry bundle's length has 16 bits, and some room is kept. */
export const leafBytesMax = 60_000;
/** The largest content that a leaf may name, in bytes: a base genesis of a large network fits well. */
export const contentBytesMax = 64 * 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256 in lower-case hexadecimal");
const content = z.strictObject({ sha256, size: z.int().min(0).max(contentBytesMax) });
/** Text that people read: one line, no control characters. */
const reason = z
  .string()
  .min(1)
  .max(280)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "has a control character");
const admin = z.string().regex(/^[a-z0-9-]{1,32}$/, "is no admin's name");
/** Whom a leaf names: an admin key's name, an operator's address, or the clock. Never a person's contact. */
const actor = z.string().regex(/^(admin:[a-z0-9-]{1,32}|operator:[a-z0-9]{3,90}|clock)$/, "is no actor");
/** The admins who agreed to a grave act, by name, each once and in order. */
const approvers = z
  .array(admin)
  .min(1)
  .max(8)
  .refine((names) => names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name), "are not sorted, each once");

const head = { v: z.literal(1), time, actor };
const version = z.int().min(1).max(1_000);
const nodeId = z.string().regex(/^[0-9a-f]{40}$/, "is no node id");
/** What a signed word says. `expires`, in Unix seconds, orders the words of one operator: it comes with the nonce. */
const word = {
  ...head,
  operator: operatorAddress,
  version,
  genesisSha256: sha256,
  content,
  expires: z.int().min(1).max(99_999_999_999),
};

/** One act of a ceremony, as its leaf holds it. */
export const actSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...head, kind: z.literal("created"), parameters: parametersSchema }),
  z.strictObject({
    ...head,
    kind: z.literal("parameter"),
    changes: parametersSchema.partial().optional(),
    base: content.optional(),
    reason: reason.optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("phase"),
    from: z.enum(phases),
    to: z.enum(phases),
    reason: reason.optional(),
    approvers: approvers.optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("allocations"),
    content,
    format: z.enum(["csv", "json"]),
    accounts: z.int().min(0).max(1_000_000),
  }),
  // `body` is the SHA-256 of the signed `TxBody`: a gentx that was let go can't be handed in again by a stranger.
  z.strictObject({
    ...head,
    kind: z.literal("gentx"),
    operator: operatorAddress,
    content,
    power: amount,
    body: sha256,
  }),
  z.strictObject({
    ...head,
    kind: z.literal("replacement"),
    operator: operatorAddress,
    content,
    power: amount,
    body: sha256,
    replaces: sha256,
  }),
  z.strictObject({
    ...head,
    kind: z.literal("withdrawal"),
    operator: operatorAddress,
    withdraws: sha256,
    reason: reason.optional(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal("seal"),
    version,
    genesis: content,
    canonicalSha256: sha256,
    // Of the canonical form of what a node answers at `/genesis`.
    answerSha256: sha256,
    // What the header of block 1 will show, in CometBFT's spelling.
    validatorsHash: z.string().regex(/^[0-9A-F]{64}$/, "is no hash in upper-case hexadecimal"),
    approvers,
    reason: reason.optional(),
  }),
  z.strictObject({ ...word, kind: z.literal("attestation"), node: nodeId.optional() }),
  z.strictObject({
    ...word,
    kind: z.literal("beacon"),
    node: nodeId,
    initChainPassed: z.boolean(),
    binaryVersion: z.string().regex(/^[\x21-\x7e]{1,64}$/, "is no version"),
    clockSkewMs: z.int().min(-clockSkewMaxMs).max(clockSkewMaxMs),
  }),
  z.strictObject({ ...head, kind: z.literal("abort"), reason, approvers }),
]);

/** One act of a ceremony. */
export type Act = z.infer<typeof actSchema>;
/** Bytes in the content store, by SHA-256 and length. */
export type Content = z.infer<typeof content>;

/** An act as a leaf: canonical JSON (RFC 8785) in UTF-8. Throws on an act that the schema or the size refuses. */
export function writeAct(act: Act): Uint8Array {
  const leaf = new TextEncoder().encode(canonicalize(actSchema.parse(act)) ?? "");
  if (leaf.length > leafBytesMax) throw new RangeError(`an act has at most ${leafBytesMax} bytes`);
  return leaf;
}

/** Reads a leaf, which must be the one canonical spelling of an act. A string: what is wrong with it. */
export function readAct(leaf: Uint8Array): Act | string {
  if (leaf.length > leafBytesMax) return `longer than ${leafBytesMax} bytes`;
  const text = readUtf8(leaf);
  if (text === null) return "not UTF-8";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  const read = actSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `no act: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim();
  }
  return canonicalize(read.data) === text ? read.data : "not in canonical form";
}

/** The contents whose bytes an act names. */
export function contentsOf(act: Act): Content[] {
  if (act.kind === "parameter") return act.base === undefined ? [] : [act.base];
  if (act.kind === "seal") return [act.genesis];
  return "content" in act ? [act.content] : [];
}
