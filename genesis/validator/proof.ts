import { z } from "zod";
import { flaw, type WordFlaw } from "../attest/flaw.ts";
import { originInWord, wordBytesMax } from "../attest/word.ts";
import { type Said, said } from "../document/said.ts";
import { gentxBytesMax } from "../gentx/judge.ts";
import { judgeArbitrary } from "../proof/arbitrary.ts";
import { judgeProof, proofBytesMax, readProof } from "../proof/signed-tx.ts";
import { type Content, contentSchema } from "./content.ts";
import { contentDigest, type RegistrationAction, type RegistrationWord, readRegistrationWord } from "./word.ts";

const wellFormed = (value: string) => value.isWellFormed();
const adr036 = z.strictObject({
  kind: z.literal("adr036"),
  /** The line, as `signArbitrary` signed it. */
  word: z.string().max(wordBytesMax).refine(wellFormed, "is no text"),
  pubKey: z.string().max(88).refine(wellFormed, "is no text"),
  signature: z.string().max(88).refine(wellFormed, "is no text"),
});
const tx = z.strictObject({
  kind: z.literal("tx"),
  /** The JSON that `tx sign` printed, as it is; its memo is the line. */
  tx: z.string().max(proofBytesMax).refine(wellFormed, "is no text"),
});
const gentx = z.strictObject({
  kind: z.literal("gentx"),
  /** The file's text; left out: the one that stands in the ceremony. */
  gentx: z.string().max(gentxBytesMax).refine(wellFormed, "is no text").optional(),
});

/** An operator's signature over a line, by a wallet or by the chain's own binary. */
export const signedProofSchema = z.discriminatedUnion("kind", [adr036, tx]);
/** See {@link signedProofSchema}. */
export type SignedProof = z.infer<typeof signedProofSchema>;

const operator = z.string().min(1).max(160);

/** A registration: content and a signature over it, or a gentx, which says all that it may say by itself. */
export const registrationSchema = z.union([
  z.strictObject({ operator, content: contentSchema, proof: signedProofSchema }),
  z.strictObject({ operator, proof: gentx }),
]);
/** See {@link registrationSchema}. */
export type RegistrationRequest = z.infer<typeof registrationSchema>;

/** Whose word it must be, for what, and where. */
export type RegistrationContext = {
  readonly action: RegistrationAction;
  readonly chainId: string;
  readonly prefix: string;
  readonly origin: string;
  readonly operator: string;
  readonly content: Content | null;
};

/** What was signed, or all that is wrong with it. */
export type RegistrationReading =
  | { readonly ok: true; readonly word: RegistrationWord }
  | { readonly ok: false; readonly flaws: readonly WordFlaw[] };

/**
 * Judges a proof: the line is of this network, action, operator and content, and the operator's key signed it. Whether
 * its nonce is ours, unspent and not expired is the caller's to judge.
 */
export function judgeRegistrationProof(proof: SignedProof, context: RegistrationContext): RegistrationReading {
  const { prefix, operator, chainId } = context;
  if (proof.kind === "adr036") {
    return together(proof.word, judgeArbitrary({ ...proof, text: proof.word }, { prefix, operator }), context);
  }
  const read = readProof(proof.tx);
  if (!read.ok) return { ok: false, flaws: [read.refusal] };
  return together(read.memo, judgeProof(read.tx, { prefix, operator, knownChainIds: [chainId] }), context);
}

function together(line: string, flaws: readonly WordFlaw[], context: RegistrationContext): RegistrationReading {
  const word = readRegistrationWord(line);
  if (word === null) {
    const words = said`what was signed is not the one line that the challenge asks for`;
    return { ok: false, flaws: [flaw("word", words), ...flaws] };
  }
  const all = [...unlike(word, context), ...flaws];
  return all.length > 0 ? { ok: false, flaws: all } : { ok: true, word };
}

function unlike(word: RegistrationWord, context: RegistrationContext): WordFlaw[] {
  const found: WordFlaw[] = [];
  const expect = (rule: string, is: string, own: string, words: Said) => {
    if (is !== own) found.push(flaw(rule, words));
  };
  const { action, chainId, operator, origin, content } = context;
  expect("action", word.action, action, said`the line says ${word.action}, asked is to ${action}`);
  expect("chain-id", word.chainId, chainId, said`the line is for ${word.chainId}, this network is ${chainId}`);
  const own = originInWord(origin);
  expect("origin", word.origin, own, said`the line is for the deployment ${word.origin}, this one is ${own}`);
  expect("operator", word.operator, operator, said`the line is of ${word.operator}, asked is about ${operator}`);
  expect(
    "digest",
    word.digest,
    contentDigest(content),
    said`the line was signed for another content than the one sent`,
  );
  return found;
}
