import canonicalize from "canonicalize";
import { z } from "zod";
import { inEnglish, type Said, said } from "../document/said.ts";
import { descriptionBytesMax, hidesLetters } from "../gentx/check-description.ts";
import { decOne, readGoDec } from "../gentx/go-number.ts";
import { readPeer, unreachable } from "../gentx/peer.ts";
import { fromBase64 } from "../log/bytes.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** What a rule of ours says where it doesn't hold, with its values apart. */
function wrong(words: Said) {
  return { message: inEnglish(words), params: { said: words } };
}

/** What is wrong at a place of a content. zod's own rules say it in a sentence without values. */
export function saidOf(issue: z.core.$ZodIssue): Said {
  const words: unknown = issue.code === "custom" ? issue.params?.said : undefined;
  return Array.isArray(words) ? (words as unknown as Said) : [issue.message];
}

/** A text of at most so many bytes in which everything can be seen; markup and other alphabets are data like any. */
function text(bytesMax: number, lines = false) {
  return z
    .string()
    .refine((value) => value.isWellFormed(), wrong(said`is no text`))
    .refine((value) => bytesOf(value) <= bytesMax, wrong(said`has more than ${bytesMax} bytes`))
    .refine(
      (value) => !hidesLetters(lines ? value.replaceAll(/[\r\n]/g, "") : value),
      wrong(said`holds characters that can't be seen`),
    );
}

const share = z
  .string()
  .regex(/^(0(\.[0-9]{1,18})?|1(\.0{1,18})?)$/, inEnglish(said`is no share from 0 to 1, such as "0.05"`));

const commissionSchema = z
  .strictObject({ rate: share, maxRate: share, maxChangeRate: share })
  .refine(({ rate, maxRate, maxChangeRate }) => {
    const [own, max, change] = [rate, maxRate, maxChangeRate].map((one) => readGoDec(one) ?? decOne * 2n);
    return own !== undefined && max !== undefined && change !== undefined && own <= max && change <= max;
  }, wrong(said`neither rate nor maxChangeRate may be more than maxRate`));

/** Where a node is found: `nodeid@host:port`, reachable from the internet as far as its name says. */
const peer = z
  .string()
  .max(320, inEnglish(said`is too long`))
  .superRefine((value, context) => {
    const read = readPeer(value);
    const words = read === null ? said`is not nodeid@host:port` : unreachable(read.host);
    if (words !== null) context.addIssue({ code: "custom", ...wrong(words) });
  });

/** What an operator says of their validator, for everybody to read. Lengths are the SDK's, in bytes. */
export const profileSchema = z.strictObject({
  moniker: text(descriptionBytesMax.moniker).refine((value) => value.trim() !== "", wrong(said`is empty`)),
  /** Keybase's. */
  identity: z
    .string()
    .regex(/^([0-9A-Fa-f]{16})?$/, inEnglish(said`is not the 16 hexadecimal digits of a Keybase identity`))
    .default(""),
  website: text(descriptionBytesMax.website)
    .refine((value) => value === "" || isWebsite(value), wrong(said`is no http or https URL`))
    .default(""),
  securityContact: text(descriptionBytesMax.securityContact).default(""),
  details: text(descriptionBytesMax.details, true).default(""),
  /** Base64 of the 32 bytes of an Ed25519 key; null until it is known. */
  consensusKey: z
    .string()
    .max(44, inEnglish(said`is too long`))
    .refine((value) => fromBase64(value)?.length === 32, wrong(said`is no base64 of 32 bytes`))
    .nullable()
    .default(null),
  /** Null until the node stands. */
  peer: peer.nullable().default(null),
  /** Whether the node helps others to find peers. */
  seed: z.boolean().default(false),
  commission: commissionSchema.nullable().default(null),
  region: text(64).default(""),
  provider: text(64).default(""),
  /** The operator says: the machine is as large as the network asks. */
  hardware: z.boolean().default(false),
  /** And: the consensus key is on one machine only, and kept. */
  keySafety: z.boolean().default(false),
});

/** What an operator says of their validator. */
export type Profile = z.infer<typeof profileSchema>;

/**
 * What a registration or an amendment says. `contact` is for the coordinator alone; null takes one back, left out it
 * stays as it is.
 */
export const contentSchema = z.strictObject({
  profile: profileSchema,
  contact: text(280, true)
    .refine((value) => value.trim() !== "", wrong(said`is empty; null takes it back`))
    .nullable()
    .optional(),
});

/** What a registration or an amendment says. */
export type Content = z.infer<typeof contentSchema>;

/** The bytes whose SHA-256 a word names: canonical JSON (RFC 8785) with every default written out; `{}` of nothing. */
export function contentBytes(content: Content | null): Uint8Array {
  return new TextEncoder().encode(canonicalize(content ?? {}) ?? "");
}

/** Whether a text is an http or https URL as it stands, without what a parser would mend, and without a password. */
export function isWebsite(value: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}
