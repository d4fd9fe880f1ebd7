import type { ClientCount, ClientLimiter, ClientLook, ClientNetwork } from "../domain/access/client.ts";
import type { Log } from "../domain/claim/ports.ts";

/** After a failure the first limiter is left alone for so long: else each claim would wait for its timeout. */
const restMs = 15_000;

/**
 * Asks the first limiter, and the second while the first fails: a client is never let through uncounted. The two
 * count apart, so around a failure a client may have up to both its caps.
 */
export class FallbackLimiter implements ClientLimiter {
  readonly #first: ClientLimiter;
  readonly #second: ClientLimiter;
  readonly #log: Log;
  #restUntilMs = 0;

  constructor(first: ClientLimiter, second: ClientLimiter, log: Log) {
    this.#first = first;
    this.#second = second;
    this.#log = log;
  }

  async take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount> {
    return this.#ask((limiter) => limiter.take(id, networks, nowMs), nowMs);
  }

  async look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook> {
    return this.#ask((limiter) => limiter.look(networks, nowMs), nowMs);
  }

  async #ask<T>(question: (limiter: ClientLimiter) => Promise<T>, nowMs: number): Promise<T> {
    if (nowMs < this.#restUntilMs) return question(this.#second);
    try {
      return await question(this.#first);
    } catch (error) {
      this.#restUntilMs = nowMs + restMs;
      this.#log("client_limiter_failed", { error: String(error).slice(0, 300), restMs });
      return question(this.#second);
    }
  }

  /** Both are told: a claim whose first answer was lost may be counted in either. */
  async giveBack(id: string, hold: string | null): Promise<void> {
    await Promise.all([this.#first.giveBack(id, hold), this.#second.giveBack(id, hold)]);
  }
}
