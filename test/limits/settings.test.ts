import { describe, expect, it } from "vitest";
import { readConfig } from "../../workers/config.ts";

const url = "https://example.upstash.io";

describe("the settings of the Redis that counts clients", () => {
  it("are both there or both not", () => {
    const both = readConfig({ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: "t" });
    expect(both).toMatchObject({ ok: true, config: { upstash: { url, token: "t" } } });
    for (const none of [{}, { UPSTASH_REDIS_REST_URL: "", UPSTASH_REDIS_REST_TOKEN: "" }]) {
      expect(readConfig(none)).toMatchObject({ ok: true, config: { upstash: null } });
    }
  });

  it.each([
    [{ UPSTASH_REDIS_REST_URL: url }, "UPSTASH_REDIS_REST_TOKEN"],
    [{ UPSTASH_REDIS_REST_TOKEN: "t" }, "UPSTASH_REDIS_REST_URL"],
    [{ UPSTASH_REDIS_REST_URL: "redis://example", UPSTASH_REDIS_REST_TOKEN: "t" }, "UPSTASH_REDIS_REST_URL"],
    [{ UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: "secret \n" }, "UPSTASH_REDIS_REST_TOKEN"],
  ])("are faults by their path where they are half or wrong, without the token: %j", (env, path) => {
    const read = readConfig(env);
    expect(read).toMatchObject({ ok: false, faults: [{ path }] });
    expect(JSON.stringify(read)).not.toContain("secret ");
  });
});
