import { describe, expect, it } from "vitest";
import type { ClaimRefusal } from "../../workers/domain/claim/refusals.ts";
import type { NetworkFacts } from "../../workers/domain/network/served.ts";
import { cosmjsRefusal } from "../../workers/routes/compat/cosmjs-text.ts";
import { pawRefusal } from "../../workers/routes/compat/paw-json.ts";
import { pingpubRefusal } from "../../workers/routes/compat/pingpub-text.ts";
import { balanceOf, newAddress, until } from "../support/api.ts";
import { json, post, send } from "../support/peer-client.ts";

const drip = 1_000_000n;

describe("PAW's own faucet's wire", () => {
  const base = "/api/v1/faucet";

  it("pays a request as its site sends it, and lists and counts it", async () => {
    const before = json(await send(`${base}/stats`));
    const address = newAddress();
    const answer = await post(`${base}/request`, { address, captcha_token: "10000000-aaaa-bbbb-cccc-000000000001" });
    expect([answer.status, json(answer)]).toEqual([
      200,
      {
        tx_hash: expect.stringMatching(/^[0-9A-F]{64}$/),
        recipient: address,
        amount: 1_000_000,
        message: "Tokens sent successfully",
      },
    ]);
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
    const recent = await until(
      () => send(`${base}/recent`),
      (one) => one.text.includes(address),
    );
    const [newest] = json(recent).transactions as Record<string, unknown>[];
    expect(newest).toEqual({
      recipient: address,
      amount: 1_000_000,
      tx_hash: json(answer).tx_hash,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    const stats = json(await send(`${base}/stats`));
    expect(Object.keys(stats)).toEqual(Object.keys(before));
    expect(Object.keys(stats)).toEqual([
      ...["total_requests", "successful_requests", "failed_requests", "total_distributed", "unique_recipients"],
      ...["requests_last_24h", "requests_last_hour"],
    ]);
  });

  it("tells what it pays and what it holds, to the last unit", async () => {
    const answer = await until(
      () => send(`${base}/info`),
      (one) => !one.text.includes('"balance":0,'),
    );
    expect(json(answer)).toEqual({
      amount_per_request: 1_000_000,
      denom: "usand",
      balance: expect.any(Number),
      max_recipient_balance: 0,
      total_distributed: expect.any(Number),
      unique_recipients: expect.any(Number),
      requests_last_24h: expect.any(Number),
      chain_id: "sandbox-1",
    });
    expect(answer.text).toMatch(/"balance":\d{30,}[,}]/);
  });

  it("is healthy while its chain is seen, and says so where it is not", async () => {
    const answer = await until(
      () => send("/api/v1/health"),
      (one) => json(one).status === "healthy",
    );
    expect(json(answer)).toEqual({ status: "healthy", network: "sandbox-1", height: expect.any(Number) });
  });

  it.each([
    ["no JSON", "{", 400, "Invalid request format"],
    ["no address", { captcha_token: "x" }, 400, "Invalid request format"],
    ["another chain's address", { address: "paw1x", captcha_token: "x" }, 400, "Invalid address format"],
  ])("refuses %s", async (_, body, status, error) => {
    const answer = await post(`${base}/request`, body);
    expect([answer.status, json(answer)]).toEqual([status, { error }]);
  });

  it("answers 429 to an address that was just paid, and 503 when it is empty", async () => {
    const body = { address: newAddress(), captcha_token: "x" };
    expect((await post(`${base}/request`, body)).status).toBe(200);
    const again = await post(`${base}/request`, body);
    expect([again.status, Object.keys(json(again))]).toEqual([429, ["error"]]);
    const empty = await post(`http://faucet.empty-1.test${base}/request`, { address: newAddress() });
    expect([empty.status, Object.keys(json(empty))]).toEqual([503, ["error"]]);
  });
});

describe("ping-pub's two wires", () => {
  it("pay by GET, and nobody keeps the answer", async () => {
    const [one, old, three] = [newAddress(), newAddress(), newAddress()];
    const own = await send(`/send/sandbox-1/${one}`);
    const older = await send(`/send/${old}`);
    const explorer = await send(`/sandbox-1/send/${three}`);
    const hash = expect.stringMatching(/^[0-9A-F]{64}$/);
    for (const { text } of [own, older]) {
      expect(JSON.parse(text).result).toMatchObject({ code: 0, height: expect.any(Number), transactionHash: hash });
    }
    expect(json(explorer)).toEqual({ status: "ok", result: { txhash: hash } });
    for (const { status, headers } of [own, older, explorer]) {
      expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    }
    expect(await Promise.all([one, old, three].map((to) => balanceOf("sandbox-1", to)))).toEqual([drip, drip, drip]);
    expect(json(await send(`/send/sandbox-1/${one}`))).toEqual({ result: "You requested too often" });
    expect(json(await send(`/sandbox-1/send/${one}`))).toEqual({ status: "error", message: "You requested too often" });
  });

  it("say what is wrong with 200", async () => {
    expect(await send("/send/sandbox-1/cosmos1x")).toMatchObject({
      ...{ status: 200, text: '{"result":"Address [cosmos1x] is not supported."}' },
    });
    expect(json(await send(`/empty-1/send/${newAddress()}`))).toEqual({
      status: "error",
      message: expect.stringMatching(/^err: The faucet's balance/),
    });
  });

  it.each([
    ["Sec-Purpose: prefetch", {}],
    ["Sec-Purpose: prefetch;prerender", {}],
    ["Purpose: prefetch", {}],
    ["X-Moz: prefetch", {}],
    ["Sec-Fetch-Dest: image", {}],
    ["HEAD", { method: "HEAD" }],
  ])("pay nothing for a request that nobody made: %s", async (name, init) => {
    const address = newAddress();
    const [header = "", value] = name.split(": ");
    const headers: HeadersInit = value === undefined ? {} : { [header]: value };
    for (const path of [`/send/sandbox-1/${address}`, `/sandbox-1/send/${address}`]) {
      const answer = await send(path, { ...init, headers });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([503, "no-store"]);
    }
    const paid = await send(`/sandbox-1/send/${address}`);
    expect(json(paid).status).toBe("ok");
  });

  it("tell the balance", async () => {
    const coin = { denom: "usand", amount: expect.stringMatching(/^\d+$/) };
    expect(json(await send("/balance/sandbox-1"))).toEqual(coin);
    const { status, result } = json(await send("/sandbox-1/balance"));
    expect([status, result]).toEqual(["ok", { address: expect.stringMatching(/^sand1/), balance: [coin] }]);
    expect(json(await send("/config.json")).blockchains).toEqual(["sandbox-1", "held-1", "empty-1", "share-1"]);
  });
});

describe("every refusal has its words on every wire", () => {
  const at = { retryAtMs: 61_000, claimId: "id" };
  const refusals: { readonly [R in ClaimRefusal["reason"]]: ClaimRefusal & { readonly reason: R } } = {
    claim_open: { reason: "claim_open", claimId: "id" },
    cooldown_active: { reason: "cooldown_active", ...at },
    idempotency_key_reused: { reason: "idempotency_key_reused" },
    unknown_denom: { reason: "unknown_denom", denom: "ux", available: ["ua", "ub"] },
    invalid_address: { reason: "invalid_address", detail: "no" },
    recipient_not_allowed: { reason: "recipient_not_allowed", detail: "no" },
    client_limited: { reason: "client_limited", width: "IPv6 /64", retryAtMs: 61_000 },
    budget_spent: { reason: "budget_spent", retryAtMs: 61_000 },
    balance_enough: { reason: "balance_enough", denom: "ua", cap: 5n },
    challenge_required: { reason: "challenge_required" },
    challenge_invalid: { reason: "challenge_invalid", detail: "no" },
    challenge_used: { reason: "challenge_used" },
    challenge_outpriced: { reason: "challenge_outpriced" },
    credential_invalid: { reason: "credential_invalid", kind: "key", detail: "no" },
    credential_limited: { reason: "credential_limited", kind: "key", detail: "no", retryAtMs: 61_000 },
    credential_spent: { reason: "credential_spent", kind: "code", detail: "no" },
    credential_scope: { reason: "credential_scope", kind: "key", denom: "ua", allowed: ["ub"] },
    queue_full: { reason: "queue_full", retryAtMs: 61_000 },
    faucet_empty: { reason: "faucet_empty" },
    faucet_paused: { reason: "faucet_paused", detail: "no", retryAtMs: null },
    faucet_halted: { reason: "faucet_halted", detail: "no" },
    faucet_disabled: { reason: "faucet_disabled", detail: "no" },
  };
  const facts = { faucet: { cooldownMs: 3_600_000 } } as NetworkFacts;
  const wait = (seconds: number) =>
    `Too many request for the same address. Blocked to prevent draining. Please wait ${seconds} seconds and try it again!`;
  const failed = "Sending tokens failed";
  const often = "You requested too often";
  const unsupported = "Address [a] is not supported.";
  it.each([
    ["claim_open", 405, wait(3_600), 429, often],
    ["cooldown_active", 405, wait(60), 429, often],
    ["idempotency_key_reused", 500, failed, 400, /^err: /],
    ["unknown_denom", 422, "Token is not available. Available tokens are: ua,ub", 400, /^err: .*ua, ub/],
    ["invalid_address", 400, "Address is not in the expected format for this chain.", 400, unsupported],
    ["recipient_not_allowed", 500, failed, 403, unsupported],
    ["client_limited", 405, /^This IPv6 \/64 has made its claims/, 429, often],
    ["budget_spent", 405, /^What the faucet gives in an hour by this way is spent/, 429, often],
    ["balance_enough", 405, /^This address holds 5ua or more/, 403, /^err: /],
    ["challenge_required", 405, /solved challenge/, 403, /^err: /],
    ["challenge_invalid", 405, "no", 403, "err: no"],
    ["challenge_used", 405, /has paid for a claim already/, 403, /^err: /],
    ["credential_invalid", 405, "no", 403, "err: no"],
    ["credential_limited", 405, "no", 403, "err: no"],
    ["credential_spent", 405, "no", 403, "err: no"],
    ["credential_scope", 405, /is good for ub, not for ua/, 403, /^err: /],
    ["queue_full", 500, failed, 503, /^err: /],
    ["faucet_empty", 422, "Token is not available. Available tokens are: ", 503, /^err: /],
    ["faucet_paused", 405, /paused it: no$/, 503, /^err: .*paused/],
    ["faucet_halted", 500, failed, 503, "err: no"],
    ["faucet_disabled", 500, failed, 503, "err: no"],
  ] as const)("%s", (reason, status, text, pawStatus, pingpub) => {
    const refusal = refusals[reason];
    const cosmjs = cosmjsRefusal(refusal, facts, 1_000);
    expect(cosmjs.status).toBe(status);
    expect(cosmjs.text).toMatch(text instanceof RegExp ? text : exactly(text));
    const paw = pawRefusal(refusal);
    expect([paw.status, paw.error.length > 0]).toEqual([pawStatus, true]);
    expect(pingpubRefusal(refusal, "a")).toMatch(pingpub instanceof RegExp ? pingpub : exactly(pingpub));
  });

  function exactly(text: string): RegExp {
    return new RegExp(`^${text.replaceAll(/[.[\]!]/g, "\\$&")}$`);
  }
});
