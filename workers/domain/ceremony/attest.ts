import { judgeAttestation, readAttestationRequest, writeAttestation } from "../../../genesis/attest/attestation.ts";
import { digestOf } from "../../../genesis/attest/digest.ts";
import { flaw } from "../../../genesis/attest/flaw.ts";
import type { Word } from "../../../genesis/attest/word.ts";
import type { Seal } from "../../../genesis/ceremony/state.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { checkChallenge, standingFor } from "./challenge-of.ts";
import type { Intake } from "./hand-in.ts";
import { takenBefore, takeWord } from "./take-word.ts";
import { type AskedWord, refusedWord } from "./word-refusals.ts";
import type { WordTaken } from "./words-api.ts";

/**
 * Takes an operator's attestation of the version that stands. The genesis is hashed last, when the operator's own
 * signature was seen: hashing it costs most. An attestation of another file is not logged; when the operator says
 * which one, it is kept as a warning.
 */
export async function attest(intake: Intake, operator: string, body: Uint8Array): Promise<AskedWord<WordTaken>> {
  const { ports, parts } = intake;
  const stands = standingFor(intake, operator);
  if (!stands.ok) return stands;
  const seal = stands.value;
  const request = readAttestationRequest(body);
  if (typeof request === "string") {
    return refusedWord({ reason: "word_refused", flaws: [flaw("file", [request])] });
  }
  const { chainId, prefix } = seal.parameters;
  const judged = judgeAttestation(request.file, { chainId, prefix, operator, origin: ports.key.name });
  if (!judged.ok) return refusedWord({ reason: "word_refused", flaws: judged.flaws });
  const { word } = judged;
  const answered = checkChallenge(intake, seal, { ...word, action: "attest", operator });
  if (!answered.ok) return answered;
  const bytes = writeAttestation(request.file);
  const content = { sha256: sha256Hex(bytes), size: bytes.length };
  const before = intake.journal.state?.attestations.get(operator);
  const said = { operator, version: seal.version, genesisSha256: seal.genesis.sha256 };
  if (before?.content === content.sha256) return takenBefore(intake, { ...said, ...nodeOf(word) }, before);
  if (digestOf(word.nonce, await parts.genesis(seal)) !== word.digest) {
    if (request.holds !== null) keepDissent(intake, seal, operator, request.holds);
    return wrongFile(seal);
  }
  const actor = `operator:${operator}`;
  const act = { kind: "attestation", actor, ...said, content, expires: word.expiresSec, ...nodeOf(word) } as const;
  return takeWord(intake, act, bytes, () => ({ ok: true, value: null }));
}

function nodeOf({ node }: Word): { readonly node?: string } {
  return node === null ? {} : { node };
}

/** Keeps an operator's word that they hold another file than the sealed one. */
export function keepDissent({ ports, journal }: Intake, seal: Seal, operator: string, genesisSha256: string): void {
  const stillStands = journal.state?.standing?.version === seal.version;
  if (!stillStands || genesisSha256 === seal.genesis.sha256) return;
  ports.words.dissents.keep({ operator, version: seal.version, genesisSha256, acts: journal.state?.acts ?? 0 });
}

/** The refusal of a word on another file than the sealed one. */
export function wrongFile({ version, genesis }: Seal) {
  const path = `content/${genesis.sha256}`;
  return refusedWord({ reason: "wrong_file", version, expected: genesis.sha256, path });
}
