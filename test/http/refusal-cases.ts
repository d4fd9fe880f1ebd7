import { createHash } from "node:crypto";
import { toBech32 } from "@cosmjs/encoding";
import { expect } from "vitest";
import type { Refusal } from "../../workers/routes/problem.ts";
import { adminKeys } from "../support/admin-keys.ts";
import type { RawHouse } from "../support/raw-house.ts";
import { pack, solve } from "../support/solve-challenge.ts";
import { alterDispensers } from "../support/stored-rows.ts";
import { brokenCeremonyCases, ceremonyCases } from "./ceremony-cases.ts";
import { closedDirectoryCase, directoryCases } from "./directory-cases.ts";
import { grantCases } from "./grant-cases.ts";

/** A code of a refusal. */
export type Code = Refusal["reason"];
type Asked = { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> };
/** What makes the refusal come, and the request that must be refused. `breaks`: done right before it, else with all. */
export type Case = {
  readonly status: number;
  /** Where it is tested instead: what makes it come can't be made over HTTP yet. */
  readonly elsewhere?: string;
  /** It is counted, and that is what it writes: a wrong key for its client (`true`), or in the rows named. */
  readonly counted?: true | string;
  readonly before?: () => Promise<unknown>;
  readonly breaks?: () => Promise<unknown>;
  readonly ask: () => Promise<Response>;
};

const pow = { challenge: "pow", challengeTries: 2, cooldownSeconds: 0 };
/** The networks of the house, each for the refusal that its name tells. */
export const networks = {
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
/** Their chain ids. */
export type Id = keyof typeof networks;

const newAddress = () => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
const address = newAddress();
/** cosmos-sdk: a module account's address is the hash of its name. */
const feeCollector = toBech32("sand", createHash("sha256").update("fee_collector").digest().subarray(0, 20));
/** A case for each code. */
export type Cases = { readonly [C in Code]: Case };

/** Asks the house; each request is one call. */
function askerOf(house: () => RawHouse<Id>) {
  const send = (path: string, { method = "GET", body, headers = {} }: Asked = {}) =>
    fetch(house().worker.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
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
  const operate = (
    method: string,
    id: Id,
    path: string,
    body?: object,
    by: keyof typeof adminKeys = "operator",
    key?: string,
  ) =>
    send(`/api/v1/admin/networks/${id}/faucet${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKeys[by]}`, ...(key === undefined ? {} : { "idempotency-key": key }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const knock = (ip: string) =>
    send("/api/v1/admin/actor", { headers: { authorization: "Bearer wsa_olga_wrong", "cf-connecting-ip": ip } });
  /** Makes an API key or an event code; answers its id. */
  const make = async (kind: "keys" | "codes", body: object, key?: string) => {
    const answer = await operate("POST", "open-1", `/${kind}`, body, "operator", key);
    const made = (await answer.json()) as { readonly id: string };
    expect([answer.status, made]).toEqual([201, expect.objectContaining({ id: expect.any(String) })]);
    return made.id;
  };
  const never = () => Promise.reject(new Error("not asked here"));
  const key = { "idempotency-key": "one-key" };
  return { send, faucet, post, claim, accepted, buy, until, operate, make, knock, never, key, house };
}

/** What asks the house. */
export type Asker = ReturnType<typeof askerOf>;

/** What the recipient, the client and the budget say no to. */
function allowanceCases({
  claim,
  accepted,
  key,
}: Asker): Pick<
  Cases,
  | "claim_open"
  | "cooldown_active"
  | "idempotency_key_reused"
  | "unknown_denom"
  | "invalid_address"
  | "recipient_not_allowed"
  | "client_limited"
  | "budget_spent"
  | "balance_enough"
> {
  return {
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
  };
}

/** What a challenge is refused for. */
function challengeCases({
  faucet,
  post,
  claim,
  accepted,
  buy,
}: Asker): Pick<
  Cases,
  | "challenge_required"
  | "challenge_invalid"
  | "challenge_used"
  | "challenge_outpriced"
  | "signature_not_taken"
  | "challenge_limited"
  | "challenge_not_needed"
> {
  let solved = "";
  let cheap = "";
  return {
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
    signature_not_taken: {
      status: 409,
      ask: () => post(`${faucet("pow-1")}/challenges`, { address, kind: "signature" }),
    },
    challenge_limited: {
      status: 429,
      before: () => post(`${faucet("mint-1")}/challenges`, { address }, { "cf-connecting-ip": "192.0.2.1" }),
      ask: () => post(`${faucet("mint-1")}/challenges`, { address }, { "cf-connecting-ip": "192.0.2.1" }),
    },
    challenge_not_needed: { status: 409, ask: () => post(`${faucet("open-1")}/challenges`, { address }) },
  };
}

/** What the faucet itself is not able to do. */
function faucetCases({
  claim,
  accepted,
  until,
  operate,
  house,
}: Asker): Pick<Cases, "queue_full" | "faucet_empty" | "faucet_halted" | "faucet_disabled" | "faucet_paused"> {
  return {
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
        house().chains["reset-1"].reset();
        await house().worker.scheduled();
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
  };
}

/** What a credential is refused for. */
function credentialCases({
  claim,
  never,
}: Asker): Pick<Cases, "credential_invalid" | "credential_limited" | "credential_spent" | "credential_scope"> {
  return {
    credential_invalid: {
      status: 401,
      counted: true,
      ask: () => claim("open-1", { address: newAddress() }, "", { authorization: "Bearer wsk_wrong" }),
    },
    credential_limited: { status: 429, elsewhere: "test/routes/credentials.test.ts", ask: never },
    credential_spent: { status: 403, elsewhere: "test/routes/credentials.test.ts", ask: never },
    credential_scope: { status: 403, elsewhere: "test/routes/credentials.test.ts", ask: never },
  };
}

/** What an admin's request is refused for. */
function adminCases({
  send,
  operate,
  knock,
  never,
}: Asker): Pick<
  Cases,
  | "admin_key_missing"
  | "admin_key_invalid"
  | "admin_tries_spent"
  | "role_missing"
  | "not_paused"
  | "budget_not_set"
  | "not_denied"
  | "deny_list_full"
> {
  return {
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
  };
}

/** What is wrong with a request before anyone looks at its claim. */
function requestCases({
  send,
  faucet,
  post,
  claim,
}: Asker): Pick<
  Cases,
  | "not_found"
  | "unknown_network"
  | "unknown_claim"
  | "not_on_chain"
  | "chain_unreachable"
  | "method_not_allowed"
  | "body_too_large"
  | "invalid_json"
  | "invalid_body"
  | "invalid_query"
  | "invalid_idempotency_key"
> {
  return {
    not_found: { status: 404, ask: () => post("/api/v1/nothing/here", { address }) },
    unknown_network: { status: 404, ask: () => post(`${faucet("nowhere-1")}/claims`, { address }) },
    unknown_claim: { status: 404, ask: () => send(`${faucet("open-1")}/claims/nothing`) },
    not_on_chain: { status: 404, ask: () => send("/api/v1/networks/open-1/blocks/999999999") },
    chain_unreachable: { status: 503, ask: () => send("/api/v1/networks/forge-1/blocks/1") },
    method_not_allowed: { status: 405, ask: () => send(`${faucet("open-1")}/claims`, { method: "DELETE" }) },
    body_too_large: { status: 413, ask: () => claim("open-1", { address: "x".repeat(65_536) }) },
    invalid_json: { status: 400, ask: () => claim("open-1", `{"address":"${newAddress()}"`) },
    invalid_body: { status: 400, ask: () => claim("open-1", { adress: newAddress() }) },
    invalid_query: { status: 400, ask: () => claim("open-1", { address: newAddress() }, "?wait=forever") },
    invalid_idempotency_key: {
      status: 400,
      ask: () => claim("open-1", { address: newAddress() }, "", { "idempotency-key": "k".repeat(256) }),
    },
  };
}

/** What is broken on our side; each breaks the house for the ones after it. */
function brokenCases({
  send,
  faucet,
  claim,
  house,
}: Asker): Pick<Cases, "internal" | "dispenser_unreachable" | "config_invalid"> {
  return {
    internal: {
      status: 500,
      breaks: () => house().worker.query("DROP TABLE claims"),
      ask: () => send(`${faucet("open-1")}/claims?address=${address}`),
    },
    dispenser_unreachable: {
      status: 503,
      // Its storage was written by a release that is newer than this one.
      breaks: () =>
        house().restart({}, () =>
          alterDispensers(house().stateDir, address, "INSERT OR IGNORE INTO schema_steps VALUES (999, 0)"),
        ),
      ask: () => claim("open-1", { address: newAddress() }),
    },
    config_invalid: {
      status: 503,
      breaks: () => house().restart({ NETWORKS: "missing-1" }, () => undefined),
      ask: () => claim("open-1", { address: newAddress() }),
    },
  };
}

/** A case for each code that there is: a new code without one does not build. Those that break the house come last. */
export function refusalCases(house: () => RawHouse<Id>): Cases {
  const asker = askerOf(house);
  return {
    ...allowanceCases(asker),
    ...challengeCases(asker),
    ...faucetCases(asker),
    ...credentialCases(asker),
    ...adminCases(asker),
    ...grantCases(asker),
    ...requestCases(asker),
    ...ceremonyCases(asker),
    ...directoryCases(asker),
    ...brokenCeremonyCases(asker),
    ...closedDirectoryCase(asker),
    ...brokenCases(asker),
  };
}
