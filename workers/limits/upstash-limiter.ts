import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis/cloudflare";
import {
  type ClientCount,
  type ClientLimiter,
  type ClientLook,
  type ClientNetwork,
  clientWindowMs,
  LimiterUnreachable,
} from "../domain/access/client.ts";
import type { Log } from "../domain/claim/ports.ts";
import { lookScript, releaseScript, takeScript } from "./upstash-scripts.ts";

/** Where the Redis is, and under which name this network counts in it: several deployments may share one. */
export type UpstashOptions = {
  readonly url: string;
  readonly token: string;
  readonly scope: string;
  /** How long a claim waits for an answer. */
  readonly timeoutMs: number;
};

/** How often a release looks again when a claim was counted anew meanwhile. */
const releasesMost = 3;
const ours = "redis:";

/**
 * Counts in Upstash Redis over REST, by `@upstash/ratelimit` with an algorithm of our own. The package's algorithms
 * count one key a call, give back by a decrement in whatever window it is by then, and know no claim that is counted
 * already; ours counts all of a client's networks, once a claim, in one script. After its timeout the package answers
 * success: here that is a failure, and LimiterUnreachable is thrown. Give it a fallback.
 */
export class UpstashLimiter implements ClientLimiter {
  readonly #redis: Redis;
  readonly #options: UpstashOptions;
  readonly #log: Log;

  constructor(options: UpstashOptions, log: Log) {
    this.#options = options;
    this.#log = log;
    this.#redis = new Redis({
      url: options.url,
      token: options.token,
      // Asking twice is safe: what is asked is named by claim and hold.
      retry: { retries: 1, backoff: () => 50 },
      // Past the package's own timeout: this one only ends what nobody waits for any more.
      signal: () => AbortSignal.timeout(options.timeoutMs * 2),
      enableTelemetry: false,
      // Texts stay texts: a claim's keys are read back as they were written.
      automaticDeserialization: false,
    });
  }

  async take(id: string, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientCount> {
    const hold = `${ours}${crypto.randomUUID()}`;
    if (networks.length === 0) return { ok: true, hold };
    let answer: Awaited<ReturnType<Ratelimit["limit"]>>;
    try {
      answer = await this.#limitOf(id, hold, networks, nowMs).limit(id);
    } catch (error) {
      throw new LimiterUnreachable(wordsOf(error), { cause: error });
    }
    if (answer.reason === "timeout") throw new LimiterUnreachable(`no answer in ${this.#options.timeoutMs} ms`);
    if (answer.success) return { ok: true, hold };
    return { ok: false, width: networks[answer.limit]?.width ?? "client", retryAtMs: answer.reset };
  }

  async look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook> {
    if (networks.length === 0) return { counts: [], full: null };
    const names = networks.map((network) => this.#networkKey(network.key));
    const caps = networks.map((network) => String(network.max));
    try {
      const answer = await this.#run(lookScript, names, [String(nowMs), String(clientWindowMs), ...caps]);
      const [which = Number.NaN, retryAtMs = 0, ...counts] = (answer as unknown[]).map(Number);
      if (!Number.isInteger(which)) throw new Error("the script's answer has another shape");
      const width = networks[which - 1]?.width;
      return { counts, full: width === undefined ? null : { width, retryAtMs } };
    } catch (error) {
      throw new LimiterUnreachable(wordsOf(error), { cause: error });
    }
  }

  async giveBack(id: string, hold: string | null): Promise<void> {
    if (hold !== null && !hold.startsWith(ours)) return;
    try {
      for (let attempt = 1; attempt <= releasesMost; attempt += 1) {
        const keys = await this.#redis.hget<string>(this.#claimKey(id), "keys");
        if (keys === null) return;
        const sets = (JSON.parse(keys) as string[]).map((key) => this.#networkKey(key));
        const done = await this.#run(releaseScript, [this.#claimKey(id), ...sets], [id, hold ?? "", keys]);
        if (Number(done) === 1) return;
      }
      throw new Error("the claim was counted anew each time");
    } catch (error) {
      this.#log("client_give_back_failed", { claim: id, error: wordsOf(error) });
    }
  }

  /** One limiter a call: the package's interface has no place for a claim and several keys. `limit` names the full one. */
  #limitOf(id: string, hold: string, networks: readonly ClientNetwork[], nowMs: number): Ratelimit {
    const keys = networks.map((network) => network.key);
    const take = async () => {
      const names = [this.#claimKey(id), ...keys.map((key) => this.#networkKey(key))];
      const caps = networks.map((network) => String(network.max));
      const args = [id, hold, String(nowMs), String(clientWindowMs), JSON.stringify(keys), ...caps];
      const [which = Number.NaN, retryAtMs = 0] = ((await this.#run(takeScript, names, args)) as unknown[]).map(Number);
      if (!Number.isInteger(which)) throw new Error("the script's answer has another shape");
      const pending = Promise.resolve();
      return { success: which === 0, limit: which - 1, remaining: 0, reset: retryAtMs, pending };
    };
    const unused = () => Promise.reject(new Error("not asked here"));
    return new Ratelimit({
      redis: this.#redis,
      limiter: () => ({ limit: take, getRemaining: unused, resetTokens: unused }),
      timeout: this.#options.timeoutMs,
      ephemeralCache: false,
      prefix: this.#options.scope,
    });
  }

  /** By its hash; with its text where Redis has not seen it yet. */
  #run(script: string, keys: string[], args: string[]): Promise<unknown> {
    return this.#redis.createScript<unknown>(script).exec(keys, args);
  }

  #claimKey(id: string): string {
    return `${this.#options.scope}:claim:${id}`;
  }

  #networkKey(key: string): string {
    return `${this.#options.scope}:net:${key}`;
  }
}

/** The client's error repeats the command, which holds addresses: only its beginning is kept. */
function wordsOf(error: unknown): string {
  return String(error).split(", command was")[0]?.slice(0, 300) ?? "";
}
