import { isNonceOf, type NonceFacts, nonceOf } from "../../../genesis/attest/nonce.ts";
import { originInWord } from "../../../genesis/attest/word.ts";
import { wordPhases } from "../../../genesis/ceremony/apply-word.ts";
import type { Seal } from "../../../genesis/ceremony/state.ts";
import type { Intake } from "./hand-in.ts";
import { type AskedWord, refusedWord } from "./word-refusals.ts";
import type { WordChallenge } from "./words-api.ts";

/** Long enough to carry a line to a machine without a network and back. */
const lifetimeSec = 6 * 3600;

/** The nonces for an operator's words on the version that stands. They follow from the secret; nothing is stored. */
export function challengeOf(intake: Intake, operator: string): AskedWord<WordChallenge> {
  const stands = standingFor(intake, operator);
  if (!stands.ok) return stands;
  const { words, key, nowMs } = intake.ports;
  const { version, genesis, parameters } = stands.value;
  const { chainId } = parameters;
  const expiresSec = Math.ceil(nowMs() / 1000) + lifetimeSec;
  const facts = { origin: key.name, chainId, operator, version, expiresSec };
  const value = {
    ...facts,
    origin: originInWord(key.name),
    genesisSha256: genesis.sha256,
    attestNonce: nonceOf(words.attestSecret, { ...facts, action: "attest" }),
    beaconNonce: nonceOf(words.attestSecret, { ...facts, action: "beacon" }),
  };
  return { ok: true, value };
}

/** The version that words may be said on now. */
export function standingNow({ journal }: Intake): AskedWord<Seal> {
  const { state } = journal;
  if (state === null) return refusedWord({ reason: "act_forbidden", why: { reason: "not_created" } });
  const { phase, standing } = state;
  if (standing !== null && wordPhases.includes(phase)) return { ok: true, value: standing };
  return refusedWord({ reason: "act_forbidden", why: { reason: "wrong_phase", phase, wants: wordPhases } });
}

/** The version that this operator may speak on now. */
export function standingFor(intake: Intake, operator: string): AskedWord<Seal> {
  const stands = standingNow(intake);
  if (!stands.ok || stands.value.gentxs.has(operator)) return stands;
  return refusedWord({ reason: "act_forbidden", why: { reason: "not_in_genesis" } });
}

/** What a word says of the challenge that it answers. */
type Answered = Pick<NonceFacts, "action" | "operator" | "version" | "expiresSec"> & { readonly nonce: string };

/** Whether a word is on the version that stands, with a nonce of ours that has not expired. */
export function checkChallenge({ ports }: Intake, { version, parameters }: Seal, word: Answered): AskedWord<null> {
  if (word.version !== version) {
    return refusedWord({ reason: "act_forbidden", why: { reason: "wrong_version", expected: version } });
  }
  const { action, operator, expiresSec } = word;
  const facts = { origin: ports.key.name, chainId: parameters.chainId, action, operator, version, expiresSec };
  if (!isNonceOf(word.nonce, ports.words.attestSecret, facts)) return refusedWord({ reason: "challenge_unknown" });
  const endedMs = expiresSec * 1000;
  return ports.nowMs() < endedMs ? { ok: true, value: null } : refusedWord({ reason: "challenge_expired", endedMs });
}
