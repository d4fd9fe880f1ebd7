import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../workers/routes/app.ts";
import { openHouse } from "../../workers/wiring.ts";
import { adminKeys, newAdminClient } from "../support/admin-keys.ts";
import { claim, newAddress, until } from "../support/api.ts";

async function read(): Promise<string> {
  return (await exports.default.fetch("http://wellspring.test/metrics")).text();
}

describe("the numbers", () => {
  it("count what a dispenser refused and what never reached one, and say which network does not answer", async () => {
    const address = newAddress();
    expect((await claim("sandbox-1", { address }, {}, "?wait=confirmed")).status).toBe(202);
    expect((await claim("sandbox-1", { address })).body.code).toBe("cooldown_active");
    expect((await claim("sandbox-1", { address: "nonsense" })).body.code).toBe("invalid_address");
    const text = await until(read, (page) =>
      /refused_total\{chain_id="sandbox-1",code="invalid_address"\} 1/.test(page),
    );
    expect(text).toContain('wellspring_claims_refused_total{chain_id="sandbox-1",code="cooldown_active"} 1\n');
    expect(text).toMatch(/wellspring_claims_ended_total\{chain_id="sandbox-1",state="confirmed"\} \d/);
    expect(text).toMatch(/wellspring_balance\{chain_id="sandbox-1",denom="usand"\} \d{30,}/);
    expect(text).toContain('wellspring_up{chain_id="full-1"} 1');
    expect(text).not.toContain(address);
    expect(text).not.toMatch(/sand1/);
  });

  it("are Prometheus' text, and asked for 50 times they are written once", async () => {
    const answer = await exports.default.fetch("http://wellspring.test/metrics");
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    await answer.text();
    const pages = await Promise.all(Array.from({ length: 50 }, read));
    expect(new Set(pages).size).toBeLessThanOrEqual(2);
  });

  it("are for admin keys alone where the setting says so", async () => {
    const app = createApp({ open: openHouse, page: () => null, nowMs: () => 0, log: () => undefined });
    const closed = { ...env, METRICS: "key" };
    const ask = (key: string | null) => {
      const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
      return app.request("/metrics", { headers: { "cf-connecting-ip": newAdminClient(), ...authorization } }, closed);
    };
    expect([(await ask(null)).status, (await ask("wsa_x_y")).status]).toEqual([401, 401]);
    expect((await ask(adminKeys.viewer)).status).toBe(200);
  });
});
