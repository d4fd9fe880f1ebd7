import { createHash } from "node:crypto";
import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Refusal } from "../../workers/routes/problem.ts";
import { read } from "../architecture/tree.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";
import { pack, solve } from "../support/solve-challenge.ts";
import { alterDispensers, settledRows, storedRows } from "../support/stored-rows.ts";

type Code = Refusal["reason"];
type Asked = { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> };
/** What makes the refusal come, and the request that must be refused. `breaks`: done right before it, else with all. */
type Case = {
  readonly status: number;
  /** Where it is tested instead: what makes it come can't be made over HTTP yet. */
  readonly elsewhere?: string;
  /** A wrong key is counted for its client: that is what this writes. */
  readonly counted?: true;
  readonly before?: () => Promise<unknown>;
  readonly breaks?: () => Promise<unknown>;
  readonly ask: () => Promise<Response>;
};

const pow = { challenge: "pow", challengeTries: 2, cooldownSeconds: 0 };
const networks = {
  "open-1": {},
  "held-1": { blockTimeMs: "manual" },
  "empty-1": { amount: 1_000n },
  "reset-1": {},
  "one-1": { faucet: { limits: { client: { ipv4: 1 } } } },
  "spent-1": { faucet: { limits: { hourlyBudget: 1, openPercent: 100 } } },
  "capped-1": { faucet: { cooldownSeconds: 0, recipientCap: [{ denom: "usand", amount: "1000000" }] } },
  "pow-1": { faucet: { ...pow, limits: { hourlyBudget: 100, openPercent: 100 } } },
  "scarce-1": { faucet: { ...pow, limits: { hourlyBudget: 4, openPercent: 100 } } },
  "full-1": { blockTimeMs: "manual", faucet: { queueMax: 1, inFlightMax: 1 } },
  "off-1": { faucet: { enabled: false } },
  "paused-1": {},
  "mint-1": { faucet: { ...pow, limits: { hourlyBudget: 100, challengesPerDay: 1 } } },
} as const;
type Id = keyof typeof networks;

const newAddress = () => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
const address = newAddress();
/** cosmos-sdk: a module account's address is the hash of its name. */
const feeCollector = toBech32("sand", createHash("sha256").update("fee_collector").digest().subarray(0, 20));

describe("each refusal, by its code", { timeout: 60_000 }, () => {
  let house: RawHouse<Id>;
  let solved = "";
  let cheap = "";

  const send = (path: string, { method = "GET", body, headers = {} }: Asked = {}) =>
    fetch(house.worker.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const faucet = (id: string) => `/api/v1/networks/${id}/faucet`;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });
  const claim = (id: Id, body: object | string, query = "", headers: Record<string, string> = {}) =>
    post(`${faucet(id)}/claims${query}`, body, headers);
  const accepted = async (id: Id, body: object, query = "", headers: Record<string, string> = {}) => {
    const answer = await claim(id, body, query, headers);
    expect([answer.status, await answer.text()]).toEqual([202, expect.any(String)]);
  };
  const buy = async (id: Id, to: string) => {
    const answer = await post(`${faucet(id)}/challenges`, { address: to });
    return ((await answer.json()) as { challenge: unknown }).challenge;
  };
  const until = async (id: Id, holds: (facts: Record<string, unknown>) => boolean) => {
    for (let wait = 0; wait < 200; wait += 1) {
      if (holds((await (await send(faucet(id))).json()) as Record<string, unknown>)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${id} never came to what the test waits for`);
  };
  const operate = (method: string, id: Id, path: string, body?: object, by: keyof typeof adminKeys = "operator") =>
    send(`/api/v1/admin/networks/${id}/faucet${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKeys[by]}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const knock = (ip: string) =>
    send("/api/v1/admin/actor", { headers: { authorization: "Bearer wsa_olga_wrong", "cf-connecting-ip": ip } });
  const never = () => Promise.reject(new Error("not asked here"));
  const key = { "idempotency-key": "one-key" };

  const cases: { readonly [C in Code]: Case } = {
    claim_open: { status: 409, before: () => accepted("held-1", { address }), ask: () => claim("held-1", { address }) },
    cooldown_active: {
      status: 429,
      before: () => accepted("open-1", { address }, "?wait=confirmed"),
      ask: () => claim("open-1", { address: address.toUpperCase() }),
    },
    idempotency_key_reused: {
      status: 422,
      before: () => accepted("open-1", { address: newAddress() }, "?wait=confirmed", key),
      ask: () => claim("open-1", { address: newAddress() }, "", key),
    },
    unknown_denom: { status: 422, ask: () => claim("open-1", { address: newAddress(), denoms: ["ugold"] }) },
    invalid_address: { status: 422, ask: () => claim("open-1", { address: "sand1nobody" }) },
    recipient_not_allowed: { status: 422, ask: () => claim("open-1", { address: feeCollector }) },
    client_limited: {
      status: 429,
      before: () => accepted("one-1", { address: newAddress() }, "?wait=confirmed"),
      ask: () => claim("one-1", { address: newAddress() }),
    },
    budget_spent: {
      status: 429,
      before: () => accepted("spent-1", { address: newAddress() }, "?wait=confirmed"),
      ask: () => claim("spent-1", { address: newAddress() }),
    },
    balance_enough: {
      status: 409,
      before: () => accepted("capped-1", { address }, "?wait=confirmed"),
      ask: () => claim("capped-1", { address }),
    },
    challenge_required: { status: 403, ask: () => claim("pow-1", { address }) },
    challenge_invalid: {
      status: 403,
      ask: async () =>
        claim("pow-1", { address, challenge: pack(await buy("pow-1", address), { counter: 0, derivedKey: "00" }) }),
    },
    challenge_used: {
      status: 409,
      before: async () => {
        solved = await solve(await buy("pow-1", address));
        await accepted("pow-1", { address, challenge: solved }, "?wait=confirmed");
      },
      ask: () => claim("pow-1", { address, challenge: solved }),
    },
    challenge_outpriced: {
      status: 409,
      before: async () => {
        cheap = await solve(await buy("scarce-1", address));
        for (let spent = 0; spent < 3; spent += 1) {
          const other = newAddress();
          await accepted(
            "scarce-1",
            { address: other, challenge: await solve(await buy("scarce-1", other)) },
            "?wait=confirmed",
          );
        }
      },
      ask: () => claim("scarce-1", { address, challenge: cheap }),
    },
    queue_full: {
      status: 503,
      before: async () => {
        // The first goes out and waits for a block that never comes; behind it the line is as long as it may be.
        await accepted("full-1", { address: newAddress() });
        await until("full-1", ({ submitted }) => submitted === 1);
        await accepted("full-1", { address: newAddress() });
      },
      ask: () => claim("full-1", { address: newAddress() }),
    },
    faucet_empty: { status: 503, ask: () => claim("empty-1", { address: newAddress() }) },
    faucet_halted: {
      status: 503,
      before: async () => {
        await accepted("reset-1", { address }, "?wait=confirmed");
        house.chains["reset-1"].reset();
        await house.worker.scheduled();
        await until("reset-1", ({ halt }) => halt !== null);
      },
      ask: () => claim("reset-1", { address: newAddress() }),
    },
    faucet_disabled: { status: 503, ask: () => claim("off-1", { address }) },
    faucet_paused: {
      status: 503,
      before: () => operate("POST", "paused-1", "/pause", { reason: "the chain upgrades" }),
      ask: () => claim("paused-1", { address: newAddress() }),
    },
    credential_invalid: {
      status: 401,
      counted: true,
      ask: () => claim("open-1", { address: newAddress() }, "", { authorization: "Bearer wsk_wrong" }),
    },
    credential_limited: { status: 429, elsewhere: "test/routes/credentials.test.ts", ask: never },
    credential_spent: { status: 403, elsewhere: "test/routes/credentials.test.ts", ask: never },
    credential_scope: { status: 403, elsewhere: "test/routes/credentials.test.ts", ask: never },
    signature_not_taken: {
      status: 409,
      ask: () => post(`${faucet("pow-1")}/challenges`, { address, kind: "signature" }),
    },
    challenge_limited: {
      status: 429,
      before: () => post(`${faucet("mint-1")}/challenges`, { address }, { "cf-connecting-ip": "192.0.2.1" }),
      ask: () => post(`${faucet("mint-1")}/challenges`, { address }, { "cf-connecting-ip": "192.0.2.1" }),
    },
    admin_key_missing: { status: 401, ask: () => send("/api/v1/admin/actor") },
    admin_key_invalid: { status: 401, counted: true, ask: () => knock("192.0.2.2") },
    admin_tries_spent: {
      status: 429,
      before: async () => {
        for (let tries = 0; tries < 20; tries += 1) await knock("192.0.2.3");
      },
      ask: () => knock("192.0.2.3"),
    },
    role_missing: { status: 403, ask: () => operate("POST", "open-1", "/resume", undefined, "viewer") },
    not_paused: { status: 409, ask: () => operate("POST", "open-1", "/resume") },
    budget_not_set: { status: 404, ask: () => operate("DELETE", "open-1", "/budget") },
    not_denied: { status: 404, ask: () => operate("DELETE", "open-1", `/denied/${address}`) },
    deny_list_full: { status: 409, elsewhere: "test/domain/operate.test.ts", ask: never },
    not_found: { status: 404, ask: () => post("/api/v1/nothing/here", { address }) },
    unknown_network: { status: 404, ask: () => post(`${faucet("nowhere-1")}/claims`, { address }) },
    unknown_claim: { status: 404, ask: () => send(`${faucet("open-1")}/claims/nothing`) },
    challenge_not_needed: { status: 409, ask: () => post(`${faucet("open-1")}/challenges`, { address }) },
    method_not_allowed: { status: 405, ask: () => send(`${faucet("open-1")}/claims`, { method: "DELETE" }) },
    body_too_large: { status: 413, ask: () => claim("open-1", { address: "x".repeat(65_536) }) },
    invalid_json: { status: 400, ask: () => claim("open-1", `{"address":"${newAddress()}"`) },
    invalid_body: { status: 400, ask: () => claim("open-1", { adress: newAddress() }) },
    invalid_query: { status: 400, ask: () => claim("open-1", { address: newAddress() }, "?wait=forever") },
    invalid_idempotency_key: {
      status: 400,
      ask: () => claim("open-1", { address: newAddress() }, "", { "idempotency-key": "k".repeat(256) }),
    },
    internal: {
      status: 500,
      breaks: () => house.worker.query("DROP TABLE claims"),
      ask: () => send(`${faucet("open-1")}/claims?address=${address}`),
    },
    dispenser_unreachable: {
      status: 503,
      // Its storage was written by a release that is newer than this one.
      breaks: () =>
        house.restart({}, () =>
          alterDispensers(house.stateDir, address, "INSERT OR IGNORE INTO schema_steps VALUES (999, 0)"),
        ),
      ask: () => claim("open-1", { address: newAddress() }),
    },
    config_invalid: {
      status: 503,
      breaks: () => house.restart({ NETWORKS: "missing-1" }, () => undefined),
      ask: () => claim("open-1", { address: newAddress() }),
    },
  };

  beforeAll(async () => {
    house = await startRawHouse<Id>(networks);
    await Promise.all(Object.values(cases).map(({ before }) => before?.()));
    await until("empty-1", ({ balanceAt }) => balanceAt !== undefined);
    await settledRows(house.stateDir);
  });

  afterAll(() => house?.stop());

  it("is in this file, whichever code problem.ts knows", () => {
    const source = read("workers/routes/problem.ts");
    const known = new Set([...source.matchAll(/case "(\w+)":/g)].map(([, code]) => code));
    expect([...known].sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.keys(cases) as Code[])(
    "%s is answered with its status and words, and writes nothing",
    async (code) => {
      const { status, elsewhere, counted, breaks, ask } = cases[code];
      if (elsewhere !== undefined) return expect(read(elsewhere)).toContain(code);
      await breaks?.();
      const rows = breaks ? await settledRows(house.stateDir) : storedRows(house.stateDir);
      const answer = await ask();
      const body = (await answer.json()) as Record<string, unknown>;
      expect([answer.status, body.code, body.status]).toEqual([status, code, status]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(body.type).toBe(`/problems/${code}`);
      expect(String(body.title).length).toBeGreaterThan(3);
      expect(String(body.detail)).toMatch(/^[^\n]{10,}$/);
      if (body.retryAt !== undefined) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      const kept = (all: readonly string[]) =>
        counted ? all.filter((row) => !row.startsWith("wellspring-client-limits")) : all;
      return expect(kept(storedRows(house.stateDir))).toEqual(kept(rows));
    },
  );
});
