import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis/cloudflare";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClientLimiter, LimiterUnreachable } from "../../workers/domain/access/client.ts";
import { clientNetworksOf } from "../../workers/domain/access/networks-of.ts";
import { FallbackLimiter } from "../../workers/limits/fallback-limiter.ts";
import { UpstashLimiter } from "../../workers/limits/upstash-limiter.ts";
import { describeClientLimiter } from "../conformance/client-limiter.ts";
import { hasRedis, type RedisServer, startRedis } from "../support/redis.ts";
import { startUpstashRest, type UpstashRest } from "../support/upstash-rest.ts";

const found = hasRedis("the limiter over a real Redis");

let redis: RedisServer;
let rest: UpstashRest;
const logged: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
const log = (event: string, fields: Readonly<Record<string, unknown>>) => void logged.push({ event, fields });
const ipv4 = clientNetworksOf({ address: "192.0.2.1" }, { ipv4: 2, ipv6By64: 0, ipv6By56: 0, ipv6By48: 0 });

function upstash(timeoutMs = 5_000, scope = `test:${crypto.randomUUID()}`): UpstashLimiter {
  return new UpstashLimiter({ url: rest.url, token: rest.token, scope, timeoutMs }, log);
}

/** A second limiter that only says that it was asked. */
function noting(): ClientLimiter & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    take: async (id) => {
      asked.push(`take ${id}`);
      return { ok: true, hold: "second" };
    },
    look: async () => {
      asked.push("look");
      return { counts: [], full: null };
    },
    giveBack: async (id) => void asked.push(`giveBack ${id}`),
  };
}

describe.skipIf(!found)("over a real redis-server behind Upstash's REST protocol", () => {
  beforeAll(async () => {
    redis = await startRedis();
    rest = await startUpstashRest(redis);
  });
  afterAll(async () => {
    await rest?.stop();
    await redis?.stop();
  });
  beforeEach(() => {
    rest.setFault("none");
    logged.length = 0;
    rest.commands.length = 0;
  });

  describeClientLimiter("the Upstash limiter", () => upstash());

  describe("the Upstash limiter", () => {
    it("asks once a claim, by the script's hash once Redis knows it", async () => {
      const limiter = upstash();
      await limiter.take("a", ipv4, Date.now());
      rest.commands.length = 0;
      await limiter.take("b", ipv4, Date.now());
      expect(rest.commands).toEqual(["EVALSHA"]);
    });

    it("finds its scripts again when Redis has forgotten them", async () => {
      const limiter = upstash();
      const first = await limiter.take("a", ipv4, Date.now());
      await redis.send(["SCRIPT", "FLUSH"]);
      expect(await limiter.take("b", ipv4, Date.now())).toMatchObject({ ok: true });
      await redis.send(["SCRIPT", "FLUSH"]);
      if (first.ok) await limiter.giveBack("a", first.hold);
      expect(await limiter.take("c", ipv4, Date.now())).toMatchObject({ ok: true });
      expect((await limiter.take("d", ipv4, Date.now())).ok).toBe(false);
    });

    it("keeps nothing for longer than a day, and nothing of what was given back", async () => {
      const limiter = upstash(5_000, "kept");
      const count = await limiter.take("a", ipv4, Date.now());
      const keys = (await redis.send(["KEYS", "kept:*"])) as string[];
      expect(keys.sort()).toEqual(["kept:claim:a", "kept:net:4:192.0.2.1"]);
      for (const key of keys) {
        const leftMs = Number(await redis.send(["PTTL", key]));
        expect(leftMs).toBeGreaterThan(86_000_000);
        expect(leftMs).toBeLessThanOrEqual(86_400_000);
      }
      if (count.ok) await limiter.giveBack("a", count.hold);
      expect(await redis.send(["KEYS", "kept:*"])).toEqual([]);
    });

    it("writes nothing for a claim that is refused", async () => {
      const limiter = upstash(5_000, "refused");
      for (const id of ["a", "b"]) await limiter.take(id, ipv4, Date.now());
      const before = await redis.send(["DBSIZE"]);
      expect((await limiter.take("c", ipv4, Date.now())).ok).toBe(false);
      expect(await redis.send(["DBSIZE"])).toBe(before);
      expect(await redis.send(["ZCARD", "refused:net:4:192.0.2.1"])).toBe(2);
    });

    it("counts networks and deployments of other names apart", async () => {
      for (const scope of ["one", "two"]) {
        const limiter = upstash(5_000, `apart:${scope}`);
        for (const id of ["a", "b"]) expect(await limiter.take(id, ipv4, Date.now())).toMatchObject({ ok: true });
      }
    });

    it.each([500, 502, 429, "silent", "hangs_after"] as const)("throws when Redis answers %s", async (fault) => {
      rest.setFault(fault);
      const began = Date.now();
      await expect(upstash(200).take("a", ipv4, Date.now())).rejects.toThrow(LimiterUnreachable);
      expect(Date.now() - began).toBeLessThan(2_000);
    });

    it("throws when its token is wrong, and when nobody listens", async () => {
      const options = { url: rest.url, token: "wrong", scope: "s", timeoutMs: 500 };
      await expect(new UpstashLimiter(options, log).take("a", ipv4, 1)).rejects.toThrow(LimiterUnreachable);
      const down = { ...options, url: "http://127.0.0.1:9" };
      await expect(new UpstashLimiter(down, log).take("a", ipv4, 1)).rejects.toThrow(LimiterUnreachable);
    });

    it("names no client's address in what it logs, and never throws when it gives back", async () => {
      rest.setFault(500);
      const limiter = upstash(200);
      const error = await limiter.take("a", ipv4, Date.now()).catch((thrown: unknown) => String(thrown));
      expect(error).not.toContain("192.0.2.1");
      await limiter.giveBack("a", null);
      expect(logged.map(({ event }) => event)).toEqual(["client_give_back_failed"]);
    });

    it("is needed: the package itself lets a client through after its timeout", async () => {
      rest.setFault("silent");
      const client = new Redis({ url: rest.url, token: rest.token, retry: false, enableTelemetry: false });
      const limiter = new Ratelimit({ redis: client, limiter: Ratelimit.fixedWindow(1, "1 d"), timeout: 100 });
      expect(await limiter.limit("client")).toMatchObject({ success: true, reason: "timeout" });
    });
  });

  describe("with a second limiter behind it", () => {
    it.each([500, "silent"] as const)(
      "a claim is counted there when Redis answers %s, and it is logged",
      async (fault) => {
        const second = noting();
        const limiter = new FallbackLimiter(upstash(200), second, log);
        rest.setFault(fault);
        const nowMs = Date.now();
        expect(await limiter.take("a", ipv4, nowMs)).toEqual({ ok: true, hold: "second" });
        expect(logged.map(({ event }) => event)).toEqual(["client_limiter_failed"]);
        const began = Date.now();
        await limiter.take("b", ipv4, nowMs + 1);
        expect(Date.now() - began).toBeLessThan(100);
        expect(second.asked).toEqual(["take a", "take b"]);
      },
    );

    it("Redis is asked again after a while, and then alone", async () => {
      const second = noting();
      const limiter = new FallbackLimiter(upstash(200), second, log);
      rest.setFault(500);
      await limiter.take("a", ipv4, 1_000);
      rest.setFault("none");
      await limiter.take("b", ipv4, 15_999);
      await limiter.take("c", ipv4, 16_000);
      expect(second.asked).toEqual(["take a", "take b"]);
    });

    it("a claim that failed is free again wherever it was counted", async () => {
      const second = noting();
      const first = upstash(300);
      const limiter = new FallbackLimiter(first, second, log);
      rest.setFault("hangs_after");
      await limiter.take("a", ipv4, Date.now());
      rest.setFault("none");
      await limiter.giveBack("a", null);
      expect(second.asked).toEqual(["take a", "giveBack a"]);
      for (const id of ["b", "c"]) expect(await first.take(id, ipv4, Date.now())).toMatchObject({ ok: true });
    });
  });
});
