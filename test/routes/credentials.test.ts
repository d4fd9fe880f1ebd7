import { env } from "cloudflare:workers";
import { toBech32 } from "@cosmjs/encoding";
import { afterAll, describe, expect, it } from "vitest";
import type { GrantTerms } from "../../workers/domain/access/grant.ts";
import { createCode, createKey } from "../../workers/domain/access/grants.ts";
import type { ServedNetwork } from "../../workers/domain/network/served.ts";
import { openHouse } from "../../workers/wiring.ts";
import { type Answer, ask, claim, claimsOf, newAddress, until } from "../support/api.ts";
import { byOps } from "../support/by-ops.ts";

/** Its chain has a cap for clients (3 for an IPv4 address), and knows no module account by name. */
const chain = "limited-1";
const govHash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("gov"));
const moduleAccount = toBech32("sand", new Uint8Array(govHash).slice(0, 20));
const terms: GrantTerms = { label: "a test's", denoms: [], perDay: 2, budget: null, expiresAtMs: null };
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const eligibility = (query: string, headers: HeadersInit = {}, chainId = chain) =>
  ask(`/api/v1/networks/${chainId}/faucet/eligibility?${query}`, { headers });
let clients = 0;
const newClient = () => {
  clients += 1;
  return { "cf-connecting-ip": `203.0.113.${clients}` };
};

function networkOf(chainId: string): ServedNetwork {
  const opened = openHouse(env);
  const network = opened.ok ? opened.house.networks.find(({ facts }) => facts.chainId === chainId) : undefined;
  if (!network) throw new Error(`${chainId} is not served`);
  return network;
}

async function newKey(over: Partial<GrantTerms> = {}, chainId = chain): Promise<{ secret: string; id: string }> {
  const made = await createKey(networkOf(chainId), { ...terms, ...over }, byOps());
  if (!made.ok) throw new Error(made.refusal.reason);
  return { secret: made.secret, id: made.grant.id };
}

async function newCode(over: Partial<GrantTerms> = {}): Promise<string> {
  const made = await createCode(networkOf(chain), null, { ...terms, perDay: 0, ...over }, byOps());
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.secret;
}

const accepted = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 202).length;

afterAll(async () => {
  for (const chainId of [chain, "pow-1"]) {
    await until(
      () => ask(`/api/v1/networks/${chainId}/faucet`),
      ({ body }) => body.queueLength === 0 && body.submitted === 0,
    );
  }
}, 60_000);

describe("an API key", () => {
  it("claims without a challenge where one is asked for, and without its client's cap", async () => {
    const key = await newKey({}, "pow-1");
    const { status } = await claim("pow-1", { address: newAddress() }, bearer(key.secret));
    expect(status).toBe(202);
    const wide = await newKey({ perDay: 50 });
    const client = newClient();
    for (let index = 0; index < 5; index += 1) {
      expect((await claim(chain, { address: newAddress() }, { ...bearer(wide.secret), ...client })).status).toBe(202);
    }
    expect((await claim(chain, { address: newAddress() }, client)).status).toBe(202);
  });

  it("gets exactly its claims of a day when 200 come at once; the rest are credential_limited, with the time", async () => {
    const { secret } = await newKey({ perDay: 4 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => claim(chain, { address: newAddress() }, bearer(secret))),
    );
    expect(accepted(answers)).toBe(4);
    for (const { status, body, headers } of answers.filter((answer) => answer.status !== 202)) {
      expect([status, body.code, body.kind]).toEqual([429, "credential_limited", "key"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(86_300);
      expect(Date.parse(String(body.retryAt))).toBeGreaterThan(Date.now());
    }
  });

  it("gets a claim back when it fails", async () => {
    const { secret } = await newKey({ perDay: 1 });
    const { body } = await claim(chain, { address: moduleAccount }, bearer(secret));
    expect((await claim(chain, { address: newAddress() }, bearer(secret))).body.code).toBe("credential_limited");
    await until(
      () => ask(`${claimsOf(chain)}/${String(body.id)}`),
      (answer) => answer.body.state === "failed",
    );
    expect((await claim(chain, { address: newAddress() }, bearer(secret))).status).toBe(202);
  });

  it("does not open the recipient's cooldown, nor a second claim beside an open one", async () => {
    const { secret } = await newKey({ perDay: 50 });
    const address = newAddress();
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(chain, { address }, bearer(secret))));
    expect(accepted(answers)).toBe(1);
    const { body } = await claim(chain, { address }, bearer(secret), "?wait=confirmed");
    expect(body.code).toMatch(/^(claim_open|cooldown_active)$/);
  });

  it.each([
    ["nobody's", "wsk_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ["malformed", "wsk_"],
    ["a CI token where none is taken", "eyJhbGciOiJSUzI1NiJ9.e30.x"],
  ])("is credential_invalid when it is %s, and the answer says how to come with another", async (_, secret) => {
    const { status, body, headers } = await claim(chain, { address: newAddress() }, bearer(secret));
    expect([status, body.code]).toEqual([401, "credential_invalid"]);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it("changed in one letter is told nothing else than one that is nobody's", async () => {
    const { secret, id } = await newKey();
    const near = `${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`;
    const far = `wsk_${"x".repeat(12)}_${"A".repeat(43)}`;
    const [one, other] = await Promise.all(
      [near, far].map((each) => claim(chain, { address: newAddress() }, bearer(each))),
    );
    expect(one?.body).toEqual(other?.body);
    expect(JSON.stringify(one?.body)).not.toContain(id);
  });

  it("is credential_spent once revoked or expired, and says which", async () => {
    const expired = await newKey({ expiresAtMs: Date.now() - 1 });
    const revoked = await newKey();
    await networkOf(chain).dispenser.revokeGrant("key", revoked.id, byOps());
    for (const [{ secret }, word] of [
      [expired, "expired"],
      [revoked, "revoked"],
    ] as const) {
      const { status, body } = await claim(chain, { address: newAddress() }, bearer(secret));
      expect([status, body.code, body.kind]).toEqual([403, "credential_spent", "key"]);
      expect(body.detail).toContain(word);
    }
  });

  it("is credential_scope for a token that it is not good for", async () => {
    const { secret } = await newKey({ denoms: ["usand"] });
    const { status, body } = await claim(chain, { address: newAddress(), denoms: ["ufoo"] }, bearer(secret));
    expect([status, body.code]).toEqual([403, "credential_scope"]);
    expect(body.detail).toContain("usand");
  });
});

describe("an event code", () => {
  it("gets exactly its budget when 200 in one hall come at once, and is credential_spent then", async () => {
    const code = await newCode({ budget: 6 });
    const hall = newClient();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => claim(chain, { address: newAddress(), code }, hall)),
    );
    expect(accepted(answers)).toBe(6);
    const refused = answers.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(["403 credential_spent"]),
    );
    expect(refused[0]?.body.detail).toContain("All 6 claims");
  });

  it("is found whatever its case", async () => {
    const code = await newCode();
    expect((await claim(chain, { address: newAddress(), code: code.toUpperCase() })).status).toBe(202);
  });

  it("can't be guessed: past 100 wrong ones no more of this client are looked at, also not by asking first", async () => {
    const client = newClient();
    const guess = (index: number) =>
      index % 2 === 0
        ? claim(chain, { address: newAddress(), code: `guess-${index}` }, client)
        : eligibility(`address=${newAddress()}&code=guess-${index}`, client);
    const answers = await Promise.all(Array.from({ length: 150 }, (_, index) => guess(index)));
    const codes = answers.map(({ body }) => body.code ?? (body.refusal as { code: string }).code);
    expect(codes.filter((code) => code === "credential_invalid")).toHaveLength(100);
    expect(codes.filter((code) => code === "credential_limited")).toHaveLength(50);
    const { status, body } = await claim(chain, { address: newAddress(), code: await newCode() }, client);
    expect([status, body.code, body.kind]).toEqual([429, "credential_limited", "code"]);
  });
});

describe("a signature", () => {
  it("is signature_not_taken to ask for, and credential_invalid to bring, where it is not taken", async () => {
    const address = newAddress();
    const body = JSON.stringify({ address, kind: "signature" });
    const asked = await ask("/api/v1/networks/pow-2/faucet/challenges", { method: "POST", body });
    expect([asked.status, asked.body.code]).toEqual([409, "signature_not_taken"]);
    const signature = { text: "t", pubKey: "p", signature: "s" };
    const brought = await claim("pow-2", { address, signature });
    expect([brought.status, brought.body.code, brought.body.kind]).toEqual([401, "credential_invalid", "signature"]);
  });
});

describe("eligibility", () => {
  it("answers before the click, with routes and price, and stores nothing", async () => {
    const address = newAddress();
    const { status, body, headers } = await eligibility(`address=${address.toUpperCase()}`, {}, "pow-1");
    expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(body).toMatchObject({ address, chainId: "pow-1", eligible: true, cheapest: "challenge" });
    expect(body.drips).toEqual([{ denom: "usand", amount: "1000000" }]);
    const [signature, route] = body.routes as Record<string, unknown>[];
    // The network sets no caps for clients: there a signature stands for no puzzle.
    expect(signature).toMatchObject({ route: "signature", open: false, cheapest: false });
    expect(route).toMatchObject({ route: "challenge", open: true, cheapest: true });
    expect(route?.work).toMatchObject({ triesMost: expect.any(Number), secondsAbout: expect.any(Number) });
    expect((await ask(`${claimsOf("pow-1")}?address=${address}`)).body).toEqual({ claims: [] });
  });

  it("tells of a client at its cap when it ends, and that a key is still welcome", async () => {
    const client = newClient();
    for (let index = 0; index < 3; index += 1) await claim(chain, { address: newAddress() }, client);
    const address = newAddress();
    const { body } = await eligibility(`address=${address}`, client);
    const refused = await claim(chain, { address }, client);
    expect(body).toMatchObject({ eligible: false, cheapest: null, drips: [] });
    expect(body.refusal).toEqual({
      code: refused.body.code,
      detail: refused.body.detail,
      retryAt: refused.body.retryAt,
      values: refused.body.values,
    });
    const { secret } = await newKey();
    const withKey = await eligibility(`address=${address}`, { ...client, ...bearer(secret) });
    expect(withKey.body).toMatchObject({ eligible: true, cheapest: "key", routes: [{ perDay: 2 }] });
  });

  it("is refused for a parameter that it does not know, and for a network that is not served", async () => {
    expect((await eligibility("address=x&y=1")).body.code).toBe("invalid_query");
    expect((await eligibility("address=x", {}, "nowhere-1")).body.code).toBe("unknown_network");
    expect((await eligibility("address=x")).body).toMatchObject({
      eligible: false,
      refusal: { code: "invalid_address" },
    });
  });
});
