import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GithubOidc, type OidcPolicy } from "../../workers/access/github-oidc.ts";
import { type Claims, type OidcIssuer, startOidcIssuer } from "../support/oidc-issuer.ts";

const audience = "https://faucet.test";
let github: OidcIssuer;
beforeAll(async () => {
  github = await startOidcIssuer();
});
beforeEach(() => github.setFault("none"));
afterAll(() => github.stop());

const open = (over: Partial<OidcPolicy> = {}) =>
  new GithubOidc({ issuer: github.issuer, audience, repositories: ["*/*"], events: [], ...over });
const verify = async (over: Claims = {}, policy: Partial<OidcPolicy> = {}, nowMs = Date.now()) =>
  open(policy).verify(await github.mint(audience, over), nowMs);
const refused = (detail: RegExp) => ({ ok: false, detail: expect.stringMatching(detail) });
const nowS = () => Math.floor(Date.now() / 1000);
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
const keysAsked = () => github.asked.filter((path) => path === "/.well-known/jwks").length;

describe("a token that GitHub gave to a run", () => {
  it("is counted for its repository, and its jti is what is used up", async () => {
    const token = await github.mint(audience);
    const [first, again] = [await open().verify(token, Date.now()), await open().verify(token, Date.now())];
    const nonce = { id: expect.stringMatching(/^oidc:[0-9a-f]{64}$/), expiresAtMs: expect.any(Number) };
    expect(first).toEqual({ ok: true, quotaKey: "oidc:74", nonce });
    expect(again).toEqual(first);
    const other = await verify();
    expect(other.ok && first.ok && other.nonce?.id !== first.nonce?.id).toBe(true);
  });

  it("is counted under one name after the repository was renamed or given away, in any case of letters", async () => {
    const moved = await verify({ repository: "new-org/new-name", repository_owner: "new-org" });
    expect(moved).toMatchObject({ ok: true, quotaKey: "oidc:74" });
    for (const repository of ["octo-org/octo-repo", "Octo-Org/Octo-Repo"])
      expect(await verify({ repository_id: null, repository })).toMatchObject({ quotaKey: "oidc:octo-org/octo-repo" });
  });

  it("spends a nonce that is kept for as long as the token is good, and not for ever", async () => {
    const verdict = await verify({ exp: 1e15 });
    const keptMs = verdict.ok ? (verdict.nonce?.expiresAtMs ?? 0) - Date.now() : 0;
    expect(keptMs).toBeGreaterThan(930_000);
    expect(keptMs).toBeLessThan(3_600_000);
  });

  it("is taken within 30 s of its times, for clocks that are apart", async () => {
    expect(await verify({ exp: nowS() - 25 })).toMatchObject({ ok: true });
    expect(await verify({ nbf: nowS() + 25, iat: nowS() + 25 })).toMatchObject({ ok: true });
  });
});

describe("a token is refused", () => {
  it.each<[string, () => Claims, RegExp]>([
    ["for another audience", () => ({ aud: "https://github.com/octo-org" }), /audience is not https:\/\/faucet\.test/],
    ["for no audience", () => ({ aud: null }), /no claim aud/],
    ["that expired", () => ({ exp: nowS() - 31 }), /has expired/],
    ["that never expires", () => ({ exp: null }), /no claim exp/],
    ["that is not valid yet", () => ({ nbf: nowS() + 40 }), /not valid yet/],
    ["without nbf", () => ({ nbf: null }), /no claim nbf/],
    ["from the future", () => ({ iat: nowS() + 40 }), /not valid yet/],
    ["that is too old, whatever its exp", () => ({ iat: nowS() - 940, exp: nowS() + 9_000 }), /older than 15 minutes/],
    ["without iat", () => ({ iat: null }), /no claim iat/],
    ["whose times are texts", () => ({ exp: "9999999999" }), /claim exp/],
    ["without jti", () => ({ jti: null }), /no claim jti/],
    ["with an empty jti", () => ({ jti: "" }), /claim jti/],
    ["with a number as jti", () => ({ jti: 5 }), /claim jti/],
    ["without a repository", () => ({ repository: null }), /claim repository /],
    ["with a repository that is none", () => ({ repository: "octo-repo" }), /claim repository /],
    ["without an owner", () => ({ repository_owner: null }), /claim repository_owner/],
    ["whose owner is another", () => ({ repository_owner: "octo" }), /not its repository_owner/],
    ["of another issuer", () => ({ iss: "https://token.actions.githubusercontent.com" }), /issuer is not/],
    ["of an issuer that begins like ours", () => ({ iss: `${github.issuer}/evil` }), /issuer is not/],
  ])("%s", async (_, over, detail) => {
    expect(await verify(over())).toMatchObject(refused(detail));
  });

  it("that is unsigned, or signed by HMAC with the public key, and no key is looked at", async () => {
    const [, payload] = (await github.mint(audience)).split(".");
    const before = keysAsked();
    for (const alg of ["none", "None", "NONE"])
      expect(await open().verify(`${encode({ alg, kid: "x" })}.${payload}.`, Date.now())).toMatchObject(
        refused(/not signed with RS256/),
      );
    const { kid = "", n } = github.publicKey();
    const secrets = [new TextEncoder().encode(JSON.stringify(github.publicKey())), Buffer.from(n ?? "", "base64url")];
    for (const secret of secrets) {
      const hmac = new SignJWT({ iss: github.issuer, aud: audience }).setProtectedHeader({ alg: "HS256", kid });
      expect(await open().verify(await hmac.sign(secret), Date.now())).toMatchObject(refused(/not signed with RS256/));
    }
    expect(keysAsked()).toBe(before);
  });

  it("of another kind of RSA signature", async () => {
    const token = await github.mint(audience);
    const header = { alg: "PS256", kid: github.publicKey().kid };
    const ps = [encode(header), ...token.split(".").slice(1)].join(".");
    expect(await open().verify(ps, Date.now())).toMatchObject(refused(/RS256/));
  });

  it("whose payload or signature was changed", async () => {
    const [header, payload = "", signature = ""] = (await github.mint(audience)).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const forged = encode({ ...claims, repository_id: "75" });
    expect(await open().verify(`${header}.${forged}.${signature}`, Date.now())).toMatchObject(refused(/signature/));
    const other = (await github.mint(audience)).split(".")[2];
    expect(await open().verify(`${header}.${payload}.${other}`, Date.now())).toMatchObject(refused(/signature/));
  });

  it("that brings its own key, or an address to fetch one from, which is never asked", async () => {
    const thief = await startOidcIssuer();
    const lure = { jwk: thief.publicKey(), jku: `${thief.issuer}/.well-known/jwks`, x5u: `${thief.issuer}/x` };
    const token = await thief.mint(audience, { iss: github.issuer }, lure);
    expect(await open().verify(token, Date.now())).toMatchObject(refused(/doesn't publish/));
    const named = await thief.mint(audience, { iss: github.issuer }, { ...lure, kid: github.publicKey().kid });
    expect(await open().verify(named, Date.now())).toMatchObject(refused(/signature/));
    expect(await open().verify(await thief.mint(audience), Date.now())).toMatchObject(refused(/issuer is not/));
    expect(thief.asked).toEqual([]);
    await thief.stop();
  });

  it("that is longer than any of GitHub's, and no key is looked at", async () => {
    const before = keysAsked();
    const long = await github.mint(audience, { sha: "a".repeat(8_000) });
    expect(await open().verify(long, Date.now())).toMatchObject(refused(/longer than 8192/));
    expect(keysAsked()).toBe(before);
  });

  it.each([
    ["nothing", ""],
    ["no JWT", "hello"],
    ["two parts", "e30.e30"],
    ["dots", "...."],
    ["no JSON", "aaaa.bbbb.cccc"],
    ["a list", `${encode([])}.${encode([])}.AA`],
    ["no kid", `${encode({ alg: "RS256" })}.${encode({})}.AA`],
    ["a critical header", `${encode({ alg: "RS256", kid: "x", crit: ["y"], y: 1 })}.${encode({})}.AA`],
    ["letters outside of Latin-1", "ж.ж.ж"],
  ])("that is %s, and nothing throws", async (_, token) => {
    expect(await open().verify(token, Date.now())).toMatchObject({ ok: false });
  });
});

describe("lists of who is served", () => {
  it("let through owners' repositories and single ones, whatever the case", async () => {
    expect(await verify({}, { repositories: ["Octo-Org/*"] })).toMatchObject({ ok: true });
    expect(await verify({}, { repositories: ["other/*", "OCTO-org/octo-repo"] })).toMatchObject({ ok: true });
  });

  it("refuse every other, also one that looks alike", async () => {
    expect(await verify({}, { repositories: ["octo/*"] })).toMatchObject(refused(/octo-org\/octo-repo is not among/));
    for (const repositories of [["octo-org/octo"], []])
      expect(await verify({}, { repositories })).toMatchObject(refused(/is not among/));
    const lookalike = { repository: "octo-org-evil/octo-repo", repository_owner: "octo-org-evil" };
    expect(await verify(lookalike, { repositories: ["octo-org/*"] })).toMatchObject(refused(/is not among/));
  });

  it("may name the events that start a run", async () => {
    expect(await verify({}, { events: ["push", "workflow_dispatch"] })).toMatchObject({ ok: true });
    const events = ["push"];
    expect(await verify({ event_name: "pull_request_target" }, { events })).toMatchObject(
      refused(/pull_request_target/),
    );
    expect(await verify({ event_name: null }, { events })).toMatchObject(refused(/no event/));
  });
});

describe("the issuer's keys", () => {
  it("are fetched once for many tokens, and again after ten minutes", async () => {
    const proofs = open();
    const before = keysAsked();
    const startMs = Date.now();
    for (let index = 0; index < 5; index += 1) await proofs.verify(await github.mint(audience), startMs);
    expect(keysAsked() - before).toBe(1);
    await proofs.verify(await github.mint(audience), startMs + 600_000);
    expect(keysAsked() - before).toBe(2);
  });

  it("that are rotated are found, at most one fetch in 30 s, and those taken back are good no more", async () => {
    const proofs = open();
    const startMs = Date.now();
    const old = await github.mint(audience);
    expect(await proofs.verify(old, startMs)).toMatchObject({ ok: true });
    await github.rotate();
    const young = await github.mint(audience);
    const before = keysAsked();
    for (let index = 0; index < 5; index += 1)
      expect(await proofs.verify(young, startMs + 29_999)).toMatchObject(refused(/doesn't publish/));
    expect(keysAsked()).toBe(before);
    expect(await proofs.verify(young, startMs + 30_000)).toMatchObject({ ok: true });
    expect(await proofs.verify(old, startMs + 30_000)).toMatchObject({ ok: true });
    github.forgetOldKeys();
    expect(await open().verify(old, startMs)).toMatchObject(refused(/doesn't publish/));
    expect(await open().verify(young, startMs)).toMatchObject({ ok: true });
  });

  it.each([503, 302, "garbage", "huge"] as const)(
    "when the issuer answers %s: try again, never a pass",
    async (fault) => {
      github.setFault(fault);
      expect(await verify()).toMatchObject(refused(/can't be read now. Try again/));
      expect(github.asked).not.toContain("/elsewhere");
    },
  );

  it("when the issuer is silent: the answer comes in seconds", async () => {
    github.setFault("silent");
    const begunMs = Date.now();
    expect(await verify()).toMatchObject(refused(/can't be read now/));
    expect(Date.now() - begunMs).toBeLessThan(10_000);
  });

  it("of a silent issuer are asked for 8 times in 5 s, whatever strangers send", async () => {
    github.setFault(503);
    const [proofs, before, nowMs] = [open(), keysAsked(), Date.now()];
    const token = await github.mint(audience);
    await Promise.all(Array.from({ length: 50 }, () => proofs.verify(token, nowMs)));
    expect(keysAsked() - before).toBe(8);
    github.setFault("none");
    expect(await proofs.verify(token, nowMs + 5_000)).toMatchObject({ ok: true });
  });

  it("serve an hour while the issuer is down, and no longer", async () => {
    const [proofs, startMs] = [open(), Date.now()];
    await proofs.verify(await github.mint(audience), startMs);
    const later = async (afterMs: number) => {
      const atS = Math.floor((startMs + afterMs) / 1000);
      return proofs.verify(await github.mint(audience, { iat: atS, exp: atS + 300 }), startMs + afterMs);
    };
    github.setFault("silent");
    expect(await later(700_000)).toMatchObject({ ok: true });
    const begunMs = Date.now();
    expect(await later(729_999)).toMatchObject({ ok: true });
    expect(Date.now() - begunMs).toBeLessThan(1_000);
    github.setFault(503);
    expect(await later(3_599_000)).toMatchObject({ ok: true });
    expect(await later(3_600_000)).toMatchObject(refused(/can't be read now/));
  });
});
