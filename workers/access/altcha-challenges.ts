import { createChallenge, type DeriveKeyFunction, HmacAlgorithm, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/scrypt";
import type { Challenge, Challenges, ChallengeVerdict } from "../domain/access/challenge.ts";
import { readSolution } from "./solution.ts";

/** Long enough for the dearest puzzle on a slow phone. */
const lifetimeMs = 600_000;
/** Spent nonces are kept this much longer, so that a clock that runs behind opens no second chance. */
const nonceGraceMs = 600_000;
/** scrypt's N and r: 128 · N · r bytes, 2 MiB. One derivation, 3 ms of CPU in workerd, is all that issuing costs. */
const work = { algorithm: "SCRYPT", cost: 2048, memoryCost: 8, parallelism: 1, keyLength: 32 } as const;

/**
 * Proof of work in ALTCHA's second format, in its key-signature mode: whoever issues a puzzle chooses the counter,
 * derives its key once and signs it, so that checking a solution is two HMACs and no scrypt, however often one sends
 * it. The parameters are signed whole: network, address and expiry can't be changed. Keeps nothing itself.
 */
export class AltchaChallenges implements Challenges {
  readonly #puzzleKey: string;
  readonly #solutionKey: string;

  /** `secret`: 32 characters or more; two keys are made of it, apart by their labels. */
  constructor(secret: string) {
    this.#puzzleKey = `wellspring/puzzle/${secret}`;
    this.#solutionKey = `wellspring/solution/${secret}`;
  }

  async issue(chainId: string, address: string, triesMost: number, nowMs: number): Promise<Challenge> {
    const expiresAtS = Math.floor((nowMs + lifetimeMs) / 1000);
    const { parameters, signature } = await createChallenge({
      ...work,
      // From 0 on: a solver that knew a least counter would skip the work below it.
      counter: randomInt(triesMost - 1, 0),
      data: { chainId, address, triesMost },
      expiresAt: expiresAtS,
      deriveKey,
      hmacAlgorithm: HmacAlgorithm.SHA_256,
      hmacSignatureSecret: this.#puzzleKey,
      hmacKeySignatureSecret: this.#solutionKey,
    });
    if (signature === undefined) throw new Error("a puzzle was not signed");
    return { puzzle: { parameters: { ...parameters }, signature }, expiresAtMs: expiresAtS * 1000, triesMost };
  }

  async verify(chainId: string, address: string, text: string, nowMs: number): Promise<ChallengeVerdict> {
    const read = readSolution(text);
    if (!read.ok) return read;
    const { challenge, solution } = read;
    const { data, nonce, expiresAt } = challenge.parameters;
    const no = (detail: string): ChallengeVerdict => ({ ok: false, detail });
    if (expiresAt * 1000 <= nowMs) return no("The challenge has expired. Ask for a new one.");
    const verdict = await verifySolution({
      challenge,
      solution,
      deriveKey: neverDerive,
      hmacAlgorithm: HmacAlgorithm.SHA_256,
      hmacSignatureSecret: this.#puzzleKey,
      hmacKeySignatureSecret: this.#solutionKey,
    });
    if (verdict.expired) return no("The challenge has expired. Ask for a new one.");
    if (verdict.invalidSignature) return no("The challenge was not made here, or was changed. Ask for a new one.");
    if (data.chainId !== chainId) return no(`The challenge is for the network ${data.chainId}.`);
    if (data.address !== address) return no(`The challenge is for the address ${data.address}.`);
    if (!verdict.verified) return no("The challenge is not solved.");
    return { ok: true, nonce: { id: nonce, expiresAtMs: expiresAt * 1000 + nonceGraceMs }, triesMost: data.triesMost };
  }
}

/** A puzzle of ours always has a key signature; deriving here would let strangers spend our CPU. */
const neverDerive: DeriveKeyFunction = () => Promise.reject(new Error("a solution is never derived again"));
