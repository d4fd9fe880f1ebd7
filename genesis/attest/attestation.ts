import { z } from "zod";
import { said } from "../document/said.ts";
import { sameBytes } from "../log/bytes.ts";
import { judgeArbitrary } from "../proof/arbitrary.ts";
import { judgeProof, proofBytesMax, readProof } from "../proof/signed-tx.ts";
import { flaw, type WordFlaw } from "./flaw.ts";
import { originInWord, readWord, type Word, wordBytesMax } from "./word.ts";
import { readWordFile, writeWordFile } from "./word-file.ts";

const wellFormed = (text: string) => text.isWellFormed();
const adr036 = {
  v: z.literal(1),
  proof: z.literal("adr036"),
  word: z.string().max(wordBytesMax).refine(wellFormed, "is no text"),
  pubKey: z.string().max(88).refine(wellFormed, "is no text"),
  signature: z.string().max(88).refine(wellFormed, "is no text"),
};
/** `tx`: the JSON that `tx sign` printed, as it is. */
const tx = {
  v: z.literal(1),
  proof: z.literal("tx"),
  tx: z.string().max(proofBytesMax).refine(wellFormed, "is no text"),
};
const fileSchema = z.discriminatedUnion("proof", [z.strictObject(adr036), z.strictObject(tx)]);
/** What an operator says they hold, where it is not the sealed file. Nobody signs it; it only warns. */
const holds = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "is no SHA-256 in lower-case hexadecimal")
  .optional();
const requestSchema = z.discriminatedUnion("proof", [
  z.strictObject({ ...adr036, holds }),
  z.strictObject({ ...tx, holds }),
]);

/** An operator's signed word: the content of an `attestation` act. */
export type AttestationFile = z.infer<typeof fileSchema>;

/** Whom an attestation must be of, and in which ceremony. */
export type AttestationContext = {
  readonly prefix: string;
  readonly chainId: string;
  /** The log's origin. */
  readonly origin: string;
  readonly operator: string;
};

/** What an attestation says, or all that is wrong with it. */
export type AttestationReading =
  | { readonly ok: true; readonly word: Word }
  | { readonly ok: false; readonly flaws: readonly WordFlaw[] };

/** An attestation as content: its one spelling. */
export function writeAttestation(file: AttestationFile): Uint8Array {
  return writeWordFile(file);
}

/** Reads an attestation's content, which must be in its one spelling. A string: what is wrong with it. */
export function readAttestation(bytes: Uint8Array): AttestationFile | string {
  const file = readWordFile(fileSchema, bytes);
  return typeof file === "string" || sameBytes(writeAttestation(file), bytes) ? file : "it is not in canonical form";
}

/** Reads what an operator sends: an attestation in any spelling, with what they hold if it is another file. */
export function readAttestationRequest(bytes: Uint8Array): { file: AttestationFile; holds: string | null } | string {
  const read = readWordFile(requestSchema, bytes);
  if (typeof read === "string") return read;
  const { holds: other = null, ...file } = read;
  return { file, holds: other };
}

/**
 * Judges an attestation but for its digest, which takes the genesis file: the word is one of this ceremony, and the
 * operator signed it. Whether its version stands and its nonce is ours is the caller's to judge.
 */
export function judgeAttestation(file: AttestationFile, context: AttestationContext): AttestationReading {
  const { prefix, operator, chainId } = context;
  if (file.proof === "adr036") {
    return together(wordIn(file.word, context), judgeArbitrary({ ...file, text: file.word }, { prefix, operator }));
  }
  const read = readProof(file.tx);
  if (!read.ok) return { ok: false, flaws: [read.refusal] };
  const flaws = judgeProof(read.tx, { prefix, operator, knownChainIds: [chainId] });
  return together(wordIn(read.memo, context), flaws);
}

function together(word: Word | WordFlaw, flaws: readonly WordFlaw[]): AttestationReading {
  if ("rule" in word) return { ok: false, flaws: [word, ...flaws] };
  return flaws.length > 0 ? { ok: false, flaws } : { ok: true, word };
}

function wordIn(line: string, { chainId, origin }: AttestationContext): Word | WordFlaw {
  const word = readWord(line);
  if (word === null) return flaw("word", said`what was signed is not the one line that attests`);
  if (word.chainId !== chainId)
    return flaw("chain-id", said`the word is for ${word.chainId}, this ceremony is ${chainId}`);
  const own = originInWord(origin);
  if (word.origin !== own)
    return flaw("origin", said`the word is for the ceremony at ${word.origin}, this one is ${own}`);
  return word;
}
