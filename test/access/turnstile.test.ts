import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Turnstile, type TurnstileSettings } from "../../workers/access/turnstile.ts";
import { readConfig } from "../../workers/config.ts";
import { startTurnstile, type TurnstileServer, type Widget } from "../support/turnstile-server.ts";

const hostname = "faucet.test";
const address = toBech32("sand", new Uint8Array(20).fill(7));
const events: string[] = [];
let cloudflare: TurnstileServer;
beforeAll(async () => {
  cloudflare = await startTurnstile([hostname]);
});
beforeEach(() => {
  cloudflare.setFault("none");
  events.length = 0;
});
afterAll(() => cloudflare.stop());

const open = (over: Partial<TurnstileSettings> = {}) => {
  const { secret, verifyUrl } = cloudflare;
  const settings = { chainId: "sandbox-1", secret, verifyUrl, hostnames: [hostname], ...over };
  return new Turnstile(settings, (event, fields) => events.push(`${event} ${JSON.stringify(fields)}`));
};
const solve = (over: Partial<Widget> = {}, atMs = Date.now()) =>
  cloudflare.solve({ hostname, action: "claim", cdata: address, ...over }, atMs);
const verify = (token = solve(), over: Partial<TurnstileSettings> = {}, nowMs = Date.now()) =>
  open(over).verify(token, null, address, nowMs);
const refused = (detail: RegExp) => ({ ok: false, detail: expect.stringMatching(detail) });

describe("a Turnstile token", () => {
  it("solved on the faucet's page for this address is good, and its hash is what is used up", async () => {
    const token = solve();
    const verdict = await verify(token);
    const nonce = { id: expect.stringMatching(/^turnstile:[0-9a-f]{64}$/), expiresAtMs: expect.any(Number) };
    expect(verdict).toEqual({ ok: true, quotaKey: `turnstile:${address}`, nonce });
    expect(JSON.stringify(verdict)).not.toContain(token.slice(0, 20));
    const keptMs = verdict.ok ? (verdict.nonce?.expiresAtMs ?? 0) - Date.now() : 0;
    expect(keptMs).toBeGreaterThan(890_000);
  });

  it("goes to Cloudflare with the secret, and with the client's address where it is known", async () => {
    const token = solve();
    await open().verify(token, "2001:db8::1", address, Date.now());
    const { idempotency_key: key, ...rest } = cloudflare.asked.at(-1) ?? {};
    expect(rest).toEqual({ secret: cloudflare.secret, response: token, remoteip: "2001:db8::1" });
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    await verify();
    expect(cloudflare.asked.at(-1)).not.toHaveProperty("remoteip");
  });

  it("asked about twice has one nonce, so that a lost answer can be asked for again and still pays once", async () => {
    const token = solve();
    const [first, second] = [await verify(token), await verify(token)];
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
  });

  it("that another network of ours took is refused by Cloudflare", async () => {
    const token = solve();
    await verify(token);
    expect(await verify(token, { chainId: "paw-1" })).toMatchObject(refused(/used before/));
  });
});

describe("a Turnstile token is refused", () => {
  it("that was made on another page, also on a subdomain that is not listed", async () => {
    expect(() => solve({ hostname: "evil.test" })).toThrow("110200");
    expect(await verify(solve({ hostname: `old.${hostname}` }))).toMatchObject(refused(/a page that is not/));
    expect(await verify(solve(), { hostnames: [] })).toMatchObject(refused(/a page that is not/));
  });

  it.each([
    ["for another action", { action: "login" }, /not for the action claim/],
    ["for no action", { action: "" }, /not for the action claim/],
    ["for another address", { cdata: toBech32("sand", new Uint8Array(20)) }, /another address/],
    ["for no address", { cdata: "" }, /another address/],
  ])("%s", async (_, over, detail) => {
    expect(await verify(solve(over))).toMatchObject(refused(detail));
  });

  it("that is too old by Cloudflare's word, and by ours", async () => {
    expect(await verify(solve({}, Date.now() - 301_000))).toMatchObject(refused(/older than 5 minutes/));
    expect(await verify(solve(), {}, Date.now() + 301_000)).toMatchObject(refused(/older than 5 minutes/));
    expect(await verify(solve(), {}, Date.now() - 61_000)).toMatchObject(refused(/not one of the past/));
  });

  it("that was redeemed elsewhere, or is none", async () => {
    const token = solve();
    const form = new URLSearchParams({ secret: cloudflare.secret, response: token });
    await (await fetch(cloudflare.verifyUrl, { method: "POST", body: form })).text();
    expect(await verify(token)).toMatchObject(refused(/used before/));
    expect(await verify("made up")).toMatchObject(refused(/not one of this faucet's widget/));
  });

  it("that has no characters or more than Cloudflare's tokens can have, without a word to Cloudflare", async () => {
    const before = cloudflare.asked.length;
    for (const token of ["", "a".repeat(2049)]) expect(await verify(token)).toMatchObject(refused(/2048 characters/));
    expect(cloudflare.asked.length).toBe(before);
  });

  it("where the secret is wrong: the operator's log says so, and not the secret", async () => {
    const secret = "0x4wrong";
    expect(await verify(solve(), { secret })).toMatchObject(refused(/TURNSTILE_SECRET/));
    expect(events).toEqual(["turnstile_secret_refused {}"]);
  });

  it.each([
    ["1x0000000000000000000000000000000AA", /a page that is not/],
    ["2x0000000000000000000000000000000AA", /not one of this/],
    ["3x0000000000000000000000000000000AA", /used before/],
  ])("where Cloudflare's own test secret %s is left in production", async (secret, detail) => {
    expect(await verify("XXXX.DUMMY.TOKEN.XXXX", { secret })).toMatchObject(refused(detail));
  });
});

describe("the settings of Turnstile", () => {
  it("are Cloudflare's own address and no secret where nothing is set", () => {
    const verifyUrl = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
    expect(readConfig({})).toMatchObject({ ok: true, config: { turnstile: { verifyUrl, secret: "" } } });
    const local = { TURNSTILE_VERIFY_URL: "http://127.0.0.1:1/siteverify" };
    expect(readConfig(local)).toMatchObject({ ok: true });
  });

  it.each([
    [{ TURNSTILE_VERIFY_URL: "http://siteverify.test/" }, "TURNSTILE_VERIFY_URL"],
    [{ TURNSTILE_VERIFY_URL: "http://127.0.0.1.evil.test/" }, "TURNSTILE_VERIFY_URL"],
    [{ TURNSTILE_VERIFY_URL: "nonsense" }, "TURNSTILE_VERIFY_URL"],
    [{ TURNSTILE_SECRET: "hidden \n" }, "TURNSTILE_SECRET"],
  ])("are faults by their path where the secret could be read on its way, or is none: %j", (env, path) => {
    const read = readConfig(env);
    expect(read).toMatchObject({ ok: false, faults: [{ path }] });
    expect(JSON.stringify(read)).not.toContain("hidden");
  });
});

describe("when siteverify gives no answer", () => {
  it.each([500, 429, 307, "garbage", "huge", "internal-error"] as const)(
    "%s: try again, never a pass",
    async (fault) => {
      cloudflare.setFault(fault);
      const [token, before] = [solve(), cloudflare.asked.length];
      expect(await verify(token)).toMatchObject(refused(/Try again/));
      expect(cloudflare.asked.length - before).toBe(1);
      expect(events.join()).not.toContain(token.slice(0, 20));
      expect(events.join()).not.toContain(cloudflare.secret);
    },
  );

  it("silence: the refusal comes after 5 s, and the same token is good when Cloudflare is back", async () => {
    cloudflare.setFault("silent");
    const token = solve();
    const begunMs = Date.now();
    expect(await verify(token)).toMatchObject(refused(/Try again/));
    expect(Date.now() - begunMs).toBeLessThan(10_000);
    expect(events).toEqual(['turnstile_unreachable {"error":"TimeoutError"}']);
    cloudflare.setFault("none");
    expect(await verify(token)).toMatchObject({ ok: true });
  });

  it("nobody listens: a refusal", async () => {
    expect(await verify(solve(), { verifyUrl: "http://127.0.0.1:9/siteverify" })).toMatchObject(refused(/Try again/));
  });
});
