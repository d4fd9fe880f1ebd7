import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { readAnswer } from "./read-answer.ts";

/** So old keys are fetched again, so that one that the issuer took back goes. */
const freshMs = 600_000;
/** While the issuer doesn't answer, keys serve no longer than this. */
const staleMaxMs = 3_600_000;
/** While there are keys, no two fetches begin in this time: strangers name unknown keys as often as they like. */
const cooldownMs = 30_000;
const timeoutMs = 5_000;
/** Fetches begun in any `timeoutMs`: a stranger's tokens don't become a flood at an issuer that is down. */
const fetchesMax = 8;
const bytesMax = 262_144;

/** The issuer's keys can't be had now. Says nothing of the token. */
export class KeysUnreachable extends Error {
  override name = "KeysUnreachable";
}

/**
 * The public keys of one issuer, kept for ten minutes and fetched from the one address that the operator named, never
 * from one in a token. Each request fetches for itself: workerd lets none wait for another's.
 */
export class IssuerKeys {
  readonly #url: string;
  #keys: JWTVerifyGetKey | null = null;
  #fetchedAtMs = 0;
  #begunMs: number[] = [];
  #lastBegunMs = Number.NEGATIVE_INFINITY;

  constructor(url: string) {
    this.#url = url;
  }

  /** Answers what `jwtVerify` takes as its keys. It throws {@link KeysUnreachable} when there are none to look at. */
  at(nowMs: number): JWTVerifyGetKey {
    return async (header, token) => {
      const ageMs = nowMs - this.#fetchedAtMs;
      const resting = nowMs - this.#lastBegunMs < cooldownMs;
      if (this.#keys === null || ageMs >= staleMaxMs || (ageMs >= freshMs && !resting)) await this.#refresh(nowMs);
      if (this.#keys === null) throw new KeysUnreachable();
      try {
        return await this.#keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || nowMs - this.#lastBegunMs < cooldownMs) throw error;
        await this.#refresh(nowMs);
        return await this.#keys(header, token);
      }
    };
  }

  /** Fetches the keys; when that fails the old ones stay, for a while. */
  async #refresh(nowMs: number): Promise<void> {
    this.#begunMs = this.#begunMs.filter((begunMs) => Math.abs(nowMs - begunMs) < timeoutMs);
    try {
      if (this.#begunMs.length >= fetchesMax) throw new KeysUnreachable();
      this.#begunMs.push(nowMs);
      this.#lastBegunMs = nowMs;
      this.#keys = createLocalJWKSet(await fetchKeys(this.#url));
      this.#fetchedAtMs = nowMs;
    } catch (error) {
      if (nowMs - this.#fetchedAtMs < staleMaxMs) return;
      this.#keys = null;
      throw new KeysUnreachable("the issuer's keys can't be read", { cause: error });
    }
  }
}

async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(timeoutMs);
  // A redirect could lead to an address that the operator did not name.
  const answer = await fetch(url, { redirect: "manual", signal, headers: { Accept: "application/json" } });
  if (answer.status === 200) return (await readAnswer(answer, bytesMax)) as JSONWebKeySet;
  await answer.body?.cancel();
  throw new Error(`the issuer answered ${answer.status}`);
}
