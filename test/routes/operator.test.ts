import { afterAll, describe, expect, it } from "vitest";
import { adminKeys, newAdminClient } from "../support/admin-keys.ts";
import { type Answer, ask, claim, claimsOf, newAddress, until } from "../support/api.ts";

const chain = "operated-1";
const base = `/api/v1/admin/networks/${chain}/faucet`;
const client = newAdminClient();

function act(
  method: string,
  path: string,
  body?: unknown,
  key: keyof typeof adminKeys = "operator",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const own = { authorization: `Bearer ${adminKeys[key]}`, "cf-connecting-ip": client, ...headers };
  return ask(base + path, { method, headers: own, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

const audit = async () => (await act("GET", "/audit")).body.acts as Record<string, unknown>[];
const states = async (id: unknown) => (await ask(`${claimsOf(chain)}/${String(id)}`)).body.state;

/** Also the end of every claim that this file made. */
afterAll(async () => {
  await act("POST", "/resume");
  await until(
    () => ask(`/api/v1/networks/${chain}/faucet`),
    ({ body }) => body.queueLength === 0 && body.submitted === 0,
  );
}, 30_000);

describe("a pause", () => {
  it("refuses new claims with the operator's reason and time, and is told to everyone", async () => {
    const retryAt = new Date(Date.now() + 600_000).toISOString();
    const { status, body } = await act("POST", "/pause", { reason: "the chain upgrades", retryAt });
    expect([status, body.pause]).toMatchObject([
      200,
      { by: "olga", reason: "the chain upgrades", retryAt, drain: true },
    ]);
    const refused = await claim(chain, { address: newAddress() });
    expect([refused.status, refused.body.code, refused.body.retryAt]).toEqual([503, "faucet_paused", retryAt]);
    expect(refused.body.detail).toContain("the chain upgrades");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(500);
    const seen = await ask(`/api/v1/networks/${chain}/faucet`);
    expect(seen.body.paused).toMatchObject({ reason: "the chain upgrades", retryAt });
    expect(JSON.stringify(seen.body)).not.toContain("olga");
    expect((await act("POST", "/resume")).body.pause).toBeNull();
    expect((await claim(chain, { address: newAddress() })).status).toBe(202);
  });

  it("without drain holds the line until it resumes, and then pays it", async () => {
    await until(
      () => ask(`/api/v1/networks/${chain}/faucet`),
      ({ body }) => body.queueLength === 0 && body.submitted === 0,
    );
    // Both in one step: nothing is signed between a claim and the pause that holds it.
    const [{ body }] = await Promise.all([
      claim(chain, { address: newAddress() }),
      act("POST", "/pause", { reason: "look first", drain: false }),
    ]);
    const waiting = body.id;
    if (waiting !== undefined) {
      const before = await states(waiting);
      await new Promise((resolve) => setTimeout(resolve, 700));
      if (before === "queued") expect(await states(waiting)).toBe("queued");
    }
    expect((await act("POST", "/resume")).status).toBe(200);
    if (waiting !== undefined)
      await until(
        () => states(waiting),
        (state) => state === "confirmed",
      );
  });

  it("is resumed once: the second time it is refused by name, without an audit row", async () => {
    await act("POST", "/pause", { reason: "twice" });
    await act("POST", "/resume");
    const rows = (await audit()).length;
    const { status, body } = await act("POST", "/resume");
    expect([status, body.code]).toEqual([409, "not_paused"]);
    expect((await audit()).length).toBe(rows);
  });
});

describe("a deny list", () => {
  it("refuses an address in whatever case until it is allowed again", async () => {
    const address = newAddress();
    const denied = await act("POST", "/denied", { address: address.toUpperCase(), reason: "drains it" });
    expect([denied.status, denied.body.denied]).toEqual([200, 1]);
    const refused = await claim(chain, { address });
    expect([refused.status, refused.body.code]).toEqual([422, "recipient_not_allowed"]);
    expect(JSON.stringify(refused.body)).not.toContain("drains it");
    const list = (await act("GET", "/denied", undefined, "viewer")).body.denied;
    expect(list).toMatchObject([{ address, reason: "drains it", by: "olga" }]);
    expect((await act("DELETE", `/denied/${address.toUpperCase()}`)).body.denied).toBe(0);
    expect((await claim(chain, { address })).status).toBe(202);
    expect((await act("DELETE", `/denied/${address}`)).body.code).toBe("not_denied");
    expect((await act("POST", "/denied", { address: "nonsense", reason: "x" })).body.code).toBe("invalid_address");
  });
});

describe("a budget", () => {
  it("set by an operator is in force at once, and gone when it is cleared", async () => {
    const { body } = await act("GET", "");
    const spent = Number(body.spentLastHour);
    expect(body.hourlyBudget).toBe(0);
    await act("PUT", "/budget", { claimsPerHour: spent + 1 });
    expect((await act("GET", "")).body).toMatchObject({
      hourlyBudget: spent + 1,
      operator: { budget: { by: "olga" } },
    });
    expect((await claim(chain, { address: newAddress() })).status).toBe(202);
    expect((await claim(chain, { address: newAddress() })).body.code).toBe("budget_spent");
    expect((await act("DELETE", "/budget")).body.budget).toBeNull();
    expect((await claim(chain, { address: newAddress() })).status).toBe(202);
    expect((await act("DELETE", "/budget")).body.code).toBe("budget_not_set");
    expect((await act("PUT", "/budget", { claimsPerHour: 0 })).body.code).toBe("invalid_body");
  });
});

describe("the audit", () => {
  it("holds each act once, newest first, with who did what to whom", async () => {
    const address = newAddress();
    await act("POST", "/denied", { address, reason: "audited" }, "both");
    await act("DELETE", `/denied/${address}`);
    const [last, before] = await audit();
    expect(last).toMatchObject({ actor: "olga", act: "allow", subject: address, detail: {} });
    expect(before).toMatchObject({ actor: "bea", act: "deny", subject: address, detail: { reason: "audited" } });
    const { body } = await act("GET", `/audit?cursor=${String(last?.n)}`);
    expect((body.acts as unknown[])[0]).toEqual(before);
    expect(JSON.stringify(await audit())).not.toContain("wsa_");
  });

  it("has one row for an act that is asked for again under its Idempotency-Key", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    const rows = (await audit()).length;
    await act("POST", "/pause", { reason: "once" }, "operator", key);
    await act("POST", "/resume");
    const again = await act("POST", "/pause", { reason: "once" }, "operator", key);
    expect([again.status, again.body.pause]).toEqual([200, null]);
    expect((await audit()).length).toBe(rows + 2);
  });
});

describe("who may not", () => {
  const acts = [
    ["POST", "/pause"],
    ["POST", "/resume"],
    ["PUT", "/budget"],
    ["DELETE", "/budget"],
    ["POST", "/denied"],
    ["DELETE", "/denied/sand1x"],
  ] as const;
  it.each(acts)("%s %s takes the role operator, whatever the body is", async (method, path) => {
    for (const key of ["viewer", "coordinator"] as const) {
      const { status, body } = await act(method, path, method === "DELETE" ? undefined : { nonsense: 1 }, key);
      expect([status, body.code]).toEqual([403, "role_missing"]);
    }
    const nobody = await ask(base + path, { method });
    expect([nobody.status, nobody.body.code]).toEqual([401, "admin_key_missing"]);
  });

  it.each(["", "/denied", "/audit"])("GET %s is for every role, and for nobody without a key", async (path) => {
    for (const key of ["viewer", "coordinator"] as const)
      expect((await act("GET", path, undefined, key)).status).toBe(200);
    expect((await ask(base + path)).body.code).toBe("admin_key_missing");
  });

  it("learns nothing about networks without a key, and by name with one", async () => {
    const path = "/api/v1/admin/networks/nowhere-1/faucet";
    expect((await ask(path)).body.code).toBe("admin_key_missing");
    const headers = { authorization: `Bearer ${adminKeys.viewer}`, "cf-connecting-ip": client };
    expect((await ask(path, { headers })).body.code).toBe("unknown_network");
  });
});
