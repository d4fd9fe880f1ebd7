import { originInWord } from "../../../genesis/attest/word.ts";
import type { Content } from "../../../genesis/validator/content.ts";
import { isRegistrationNonce, registrationNonce, registrationSalt } from "../../../genesis/validator/nonce.ts";
import {
  contentDigest,
  type RegistrationAction,
  type RegistrationWord,
  writeRegistrationWord,
} from "../../../genesis/validator/word.ts";
import type { Directory, SpentNonce } from "./ports.ts";
import { type AskedDirectory, type RegistrationRefusal, refusedDirectory } from "./refusals.ts";

/** Long enough to carry a line to a machine without a network and back. */
const lifetimeSec = 6 * 3600;
/** Spent nonces are kept this much longer, so that a clock that runs behind opens no second chance. */
const graceMs = 600_000;

/** What an operator signs with. Nothing of it is stored: asking again is free. */
export type RegistrationChallenge = {
  readonly action: RegistrationAction;
  readonly chainId: string;
  /** As the line writes it. */
  readonly origin: string;
  readonly operator: string;
  readonly expiresSec: number;
  readonly nonce: string;
  /** The line itself, where the content is known; null: it takes the content's digest. */
  readonly word: string | null;
};

/** A challenge; with `content` given (null: a withdrawal has none) its line is written out. */
export function challengeRegistration(
  { chainId, origin, secret, nowMs, newId }: Directory,
  action: RegistrationAction,
  operator: string,
  content: Content | null | undefined,
): RegistrationChallenge {
  const expiresSec = Math.ceil(nowMs() / 1000) + lifetimeSec;
  const nonce = registrationNonce(secret, { origin, chainId, action, operator, expiresSec }, registrationSalt(newId()));
  const facts = { action, chainId, origin: originInWord(origin), operator, expiresSec, nonce };
  const known = action === "withdraw" ? null : content;
  const word = known === undefined ? null : writeRegistrationWord({ ...facts, digest: contentDigest(known) });
  return { ...facts, word };
}

/** The nonce of a line that was signed, when it is ours and has not expired. */
export function checkNonce(
  { chainId, origin, secret, nowMs }: Directory,
  { action, operator, expiresSec, nonce }: RegistrationWord,
): AskedDirectory<SpentNonce, RegistrationRefusal> {
  const facts = { origin, chainId, action, operator, expiresSec };
  if (!isRegistrationNonce(nonce, secret, facts)) return refusedDirectory({ reason: "challenge_unknown" });
  const endedMs = expiresSec * 1000;
  if (nowMs() >= endedMs) return refusedDirectory({ reason: "challenge_expired", endedMs });
  return { ok: true, value: { id: nonce, expiresAtMs: endedMs + graceMs } };
}
