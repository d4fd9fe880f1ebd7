import { createScheduledController } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "../../workers/main.ts";
import { createApp } from "../../workers/routes/app.ts";
import { openHouse } from "../../workers/wiring.ts";
import { ask, claimsOf, until } from "../support/api.ts";

describe("what is served", () => {
  it("is listed with the default network first", async () => {
    const { status, body } = await ask("/api/v1/networks");
    expect(status).toBe(200);
    const networks = body.networks as { chainId: string }[];
    expect(networks.map((network) => network.chainId).join(",")).toBe(env.NETWORKS);
    expect(networks[0]).toEqual({
      chainId: "sandbox-1",
      name: "Test sandbox-1",
      driver: "cosmos",
      bech32Prefix: "sand",
      denoms: [{ denom: "usand", display: "SAND", exponent: 6 }],
      ceremony: false,
      validators: false,
      community: [],
      faucet: { enabled: true, drips: [{ denom: "usand", amount: "1000000" }] },
    });
    expect((await ask("/api/v1/networks/sandbox-1")).body).toEqual(networks[0]);
  });

  it("never shows a node's address or a key", async () => {
    const answers = await Promise.all(
      ["/api/v1/networks", "/api/v1/networks/sandbox-1/faucet"].map((path) => ask(path)),
    );
    const text = JSON.stringify(answers.map((answer) => answer.body));
    expect(text).not.toContain("127.0.0.1");
    for (const word of env.FAUCET_MNEMONIC.split(" ")) expect(text).not.toContain(`${word} `);
  });

  it("tells of a faucet its address, balance, line and limits", async () => {
    const { body } = await until(
      () => ask("/api/v1/networks/sandbox-1/faucet"),
      (answer) => answer.body.balanceAt !== undefined,
    );
    expect(body).toMatchObject({ chainId: "sandbox-1", enabled: true, challenge: "none", halt: null });
    expect(body).toMatchObject({ limits: { cooldownSeconds: 3600, queueMax: 50_000 } });
    expect(body.address).toMatch(/^sand1/);
    expect(body.balance).toEqual([{ denom: "usand", amount: expect.stringMatching(/^\d{30,}$/) }]);
  });

  it("passes out where a transaction is looked up, where people meet and what a wallet is told, and no endpoint of its own", async () => {
    const { body } = await ask("/api/v1/networks/held-1");
    expect(body).toMatchObject({
      explorer: { tx: "https://scan.example/tx/{txHash}" },
      community: [{ name: "Forum", url: "https://forum.example/c" }],
      wallet: { rpc: "https://rpc.example", coinType: 118, gasPrice: { denom: "usand", milliAmount: 1 } },
    });
    expect(JSON.stringify(body)).not.toContain("127.0.0.1");
  });

  it("says which networks there are when asked for another", async () => {
    for (const path of ["", "/faucet", "/faucet/claims/x", "/faucet/claims/x/events", "/faucet/claims?address=x"]) {
      const { status, body } = await ask(`/api/v1/networks/nowhere-1${path}`);
      expect([status, body.code]).toEqual([404, "unknown_network"]);
      expect(body.detail).toContain("sandbox-1");
    }
  });

  it("says that a claim is unknown", async () => {
    for (const path of ["/nothing", "/nothing/events"]) {
      const { status, body } = await ask(claimsOf("sandbox-1") + path);
      expect([status, body.code]).toEqual([404, "unknown_claim"]);
    }
  });

  it("names the methods that a path takes", async () => {
    const { status, body, headers } = await ask(claimsOf("sandbox-1"), { method: "DELETE" });
    expect([status, body.code]).toEqual([405, "method_not_allowed"]);
    expect(headers.get("allow")).toBe("POST, GET, HEAD, OPTIONS");
    expect((await ask("/api/v1/nothing")).body.code).toBe("not_found");
  });

  it("is open to every origin, with a preflight for claims", async () => {
    const url = `http://wellspring.test${claimsOf("sandbox-1")}`;
    const headers = {
      origin: "https://example.org",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,idempotency-key",
    };
    const preflight = await exports.default.fetch(new Request(url, { method: "OPTIONS", headers }));
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("idempotency-key");
    const refused = await ask(claimsOf("sandbox-1"), { method: "POST", body: "", headers: { origin: "https://a.b" } });
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect(refused.headers.get("access-control-expose-headers")).toContain("Retry-After");
  });
});

describe("health", () => {
  it("lives while the Worker does", async () => {
    expect(await ask("/healthz")).toMatchObject({ status: 200, body: { ok: true } });
  });

  it("is ready network by network: cron makes each dispenser look at its chain", async () => {
    const controller = createScheduledController({ scheduledTime: new Date(), cron: "* * * * *" });
    await worker.scheduled(controller, env);
    const { status, body } = await until(
      () => ask("/readyz"),
      (answer) => (answer.body.networks as { ok: boolean }[])[0]?.ok === true,
    );
    expect(status).toBe(503);
    const networks = body.networks as { chainId: string; ok: boolean; detail: string }[];
    const of = (chainId: string) => networks.find((network) => network.chainId === chainId);
    expect(of("sandbox-1")?.ok).toBe(true);
    expect(of("full-1")).toMatchObject({ ok: false, detail: "The chain has not answered yet." });
    expect(of("genesis-1")).toMatchObject({ ok: true, detail: "Its faucet is switched off." });
    expect(of("keyless-1")).toMatchObject({ ok: false, detail: "The faucet's key is missing or invalid." });
  });
});

describe("a configuration with a fault", () => {
  const faulty = [
    ["NETWORKS", { NETWORKS: "nowhere-1" }],
    ["NETWORK_FILES", { NETWORK_FILES: "{" }],
    ["NETWORK_FILES.0.faucet.drips.0.amount", { NETWORKS: "sandbox-1", NETWORK_FILES: withFault() }],
    ["DEPLOYMENT_ID", { DEPLOYMENT_ID: "Not Allowed" }],
  ] as const;
  it.each(faulty)("at %s is named by its path, and nothing but /healthz is served", async (path, settings) => {
    const app = createApp({ open: openHouse, page: () => null, nowMs: () => 0, log: () => undefined });
    const broken = { ...env, ...settings };
    for (const url of ["/api/v1/networks", "/readyz", claimsOf("sandbox-1")]) {
      const answer = await app.request(url, {}, broken);
      const body = (await answer.json()) as { code: string; errors: { path: string }[] };
      expect([answer.status, body.code]).toEqual([503, "config_invalid"]);
      expect(body.errors.map((error) => error.path)).toContain(path);
    }
    expect((await app.request("/healthz", {}, broken)).status).toBe(200);
  });

  function withFault(): string {
    const [network] = JSON.parse(env.NETWORK_FILES) as { faucet: { drips: object[] } }[];
    return JSON.stringify([{ ...network, faucet: { drips: [{ denom: "usand", amount: "1.5" }] } }]);
  }
});

describe("the contract", () => {
  it("is an OpenAPI 3.1 document that names every operation and its refusals", async () => {
    const { body } = await ask("/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const paths = body.paths as Record<string, Record<string, { responses: Record<string, unknown> }>>;
    const claims = "/api/v1/networks/{chainId}/faucet/claims";
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        "/api/v1/networks",
        "/api/v1/networks/{chainId}",
        "/api/v1/networks/{chainId}/faucet",
        claims,
        `${claims}/{id}`,
        `${claims}/{id}/events`,
        "/healthz",
        "/readyz",
      ]),
    );
    expect(Object.keys(paths[claims]?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(["202", "400", "404", "409", "413", "422", "429", "503"]),
    );
  });

  it("is readable as a page that loads nothing from elsewhere and runs no script", async () => {
    const page = await exports.default.fetch("http://wellspring.test/reference");
    const text = await page.text();
    expect(text).toContain("POST /api/v1/networks/{chainId}/faucet/claims");
    expect(text).not.toMatch(/<script|https?:\/\//);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
