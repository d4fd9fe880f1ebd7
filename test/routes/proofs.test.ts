import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { GithubOidc } from "../../workers/access/github-oidc.ts";
import { Adr036Proofs } from "../../workers/access/signature-proofs.ts";
import { Turnstile } from "../../workers/access/turnstile.ts";
import { openHouse } from "../../workers/wiring.ts";
import { type Answer, ask, balanceOf, claim, newAddress } from "../support/api.ts";
import { newArbitrarySigner } from "../support/arbitrary-signer.ts";
import { oidcToken, turnstileToken } from "../support/proofs-api.ts";

const audience = "http://wellspring.test";

describe("in workerd, as in Node,", () => {
  it("a token signed with RS256 is good, and one whose signature was changed is not", async () => {
    const github = new GithubOidc({ issuer: env.OIDC_ISSUER, audience, repositories: ["octo-org/*"], events: [] });
    const token = await oidcToken(audience);
    expect(await github.verify(token, Date.now())).toMatchObject({ ok: true, quotaKey: "oidc:74" });
    const [header, payload] = token.split(".");
    const signature = (await oidcToken(audience)).split(".")[2];
    const forged = await github.verify(`${header}.${payload}.${signature}`, Date.now());
    expect(forged).toMatchObject({ ok: false, detail: expect.stringMatching(/signature is not its issuer's/) });
  });

  it("a wallet's signature is good, and another wallet's is not", async () => {
    const proofs = new Adr036Proofs(env.CHALLENGE_SECRET, "sand", "register");
    const [wallet, other] = [await newArbitrarySigner(), await newArbitrarySigner()];
    const { text } = await proofs.issue("proofs-1", wallet.address, audience, Date.now());
    const verify = async (signer: typeof wallet) =>
      proofs.verify("proofs-1", wallet.address, audience, await signer.sign(text), Date.now());
    expect(await verify(wallet)).toMatchObject({ ok: true, quotaKey: `signature:${wallet.address}` });
    expect(await verify(other)).toMatchObject({ ok: false });
  });

  it("a Turnstile token is good for its address, and for no other", async () => {
    const { TURNSTILE_SECRET: secret, TURNSTILE_VERIFY_URL: verifyUrl } = env;
    const settings = { chainId: "proofs-1", secret, verifyUrl, hostnames: ["wellspring.test"] };
    const turnstile = new Turnstile(settings, () => undefined);
    const address = newAddress();
    const token = await turnstileToken({ hostname: "wellspring.test", action: "claim", cdata: address });
    expect(await turnstile.verify(token, "192.0.2.1", address, Date.now())).toMatchObject({ ok: true });
    expect(await turnstile.verify(token, "192.0.2.1", newAddress(), Date.now())).toMatchObject({ ok: false });
  });
});

const chain = "proofs-1";
const paid = async (body: object, headers: HeadersInit = {}) => claim(chain, body, headers, "?wait=confirmed");
const refusalOf = ({ status, body }: Answer) => [status, body.code];
/** By which route the dispenser holds that a claim came. */
const routeOf = ({ body }: Answer) =>
  runInDurableObject(env.DISPENSER.getByName(chain), (_, { storage }) =>
    String(storage.sql.exec("SELECT route FROM claims WHERE id = ?", String(body.id)).one().route),
  );
const expectPaid = async (answer: Answer, address: string, route: string) => {
  expect([answer.status, answer.body.state]).toEqual([202, "confirmed"]);
  expect([await balanceOf(chain, address), await routeOf(answer)]).toEqual([1_000_000n, route]);
};

describe("a claim by a CI token", () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it("is paid in a block, and the token pays no second time, for anyone", async () => {
    const [address, token] = [newAddress(), await oidcToken(audience)];
    await expectPaid(await paid({ address }, bearer(token)), address, "oidc");
    for (const again of [address, newAddress()])
      expect(refusalOf(await claim(chain, { address: again }, bearer(token)))).toEqual([409, "challenge_used"]);
  });

  it("50 times at once is paid once", async () => {
    const token = await oidcToken(audience);
    const answers = await Promise.all(Array.from({ length: 50 }, () => paid({ address: newAddress() }, bearer(token))));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  });

  it("under one Idempotency-Key is one claim, however often it is sent", async () => {
    const headers = { ...bearer(await oidcToken(audience)), "idempotency-key": crypto.randomUUID() };
    const body = { address: newAddress() };
    const answers = [await claim(chain, body, headers), await paid(body, headers)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
  });

  it.each([
    ["for another audience", "https://github.com/octo-org", {}, /audience is not/],
    ["of a repository that is not served", audience, { repository: "a/b", repository_owner: "a" }, /not among those/],
    ["that has expired", audience, { exp: 1 }, /expired/],
  ])("is refused with a token %s, and nothing is used up", async (_, forWhom, over, detail) => {
    const answer = await claim(chain, { address: newAddress() }, bearer(await oidcToken(forWhom, over)));
    expect(refusalOf(answer)).toEqual([401, "credential_invalid"]);
    expect(answer.body.detail).toMatch(detail);
  });

  it("is refused where the network takes none", async () => {
    const answer = await claim("sandbox-1", { address: newAddress() }, bearer(await oidcToken(audience)));
    expect(refusalOf(answer)).toEqual([401, "credential_invalid"]);
  });
});

describe("a claim by the recipient's signature", () => {
  const textFor = async (address: string) => {
    const path = `/api/v1/networks/${chain}/faucet/challenges`;
    const { status, body } = await ask(path, { method: "POST", body: JSON.stringify({ address, kind: "signature" }) });
    expect([status, body.kind]).toEqual([201, "signature"]);
    return String(body.text);
  };

  it("is paid in a block, and the text pays no second time, also when it is signed again", async () => {
    const wallet = await newArbitrarySigner();
    const text = await textFor(wallet.address);
    expect(text).toContain("Origin: http://wellspring.test\nNetwork: proofs-1\nAction: claim\n");
    const { address } = wallet;
    await expectPaid(await paid({ address, signature: await wallet.sign(text) }), address, "signature");
    const again = await claim(chain, { address, signature: await wallet.sign(text) });
    expect(refusalOf(again)).toEqual([409, "challenge_used"]);
  });

  it("is refused for another address than the one that signed", async () => {
    const wallet = await newArbitrarySigner();
    const signature = await wallet.sign(await textFor(wallet.address));
    const answer = await claim(chain, { address: newAddress(), signature });
    expect(refusalOf(answer)).toEqual([401, "credential_invalid"]);
    expect(answer.body.detail).toContain(wallet.address);
  });

  it("is refused under another host than the text names: a page that passes texts on gets nothing", async () => {
    const wallet = await newArbitrarySigner();
    const signature = await wallet.sign(await textFor(wallet.address));
    const path = `http://evil.test/api/v1/networks/${chain}/faucet/claims`;
    const body = JSON.stringify({ address: wallet.address, signature });
    const answer = await exports.default.fetch(new Request(path, { method: "POST", body }));
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining("http://evil.test")]);
  });
});

describe("a claim by Turnstile", () => {
  const solve = (cdata: string, over: object = {}) =>
    turnstileToken({ hostname: "wellspring.test", action: "claim", cdata, ...over });

  it("is what the faucet says it asks for, with its site key", async () => {
    const { body } = await ask(`/api/v1/networks/${chain}/faucet`);
    expect(body).toMatchObject({ challenge: "turnstile", turnstile: { siteKey: "0x4AAAAAAAstandin" }, enabled: true });
    const missing = await claim(chain, { address: newAddress() });
    expect(refusalOf(missing)).toEqual([403, "challenge_required"]);
    expect(missing.body.detail).toMatch(/Turnstile widget/);
    const path = `/api/v1/networks/${chain}/faucet/challenges`;
    const puzzle = await ask(path, { method: "POST", body: JSON.stringify({ address: newAddress() }) });
    expect(refusalOf(puzzle)).toEqual([409, "challenge_not_needed"]);
  });

  it("is paid in a block, and the token pays no second time", async () => {
    const address = newAddress();
    const turnstile = await solve(address);
    await expectPaid(await paid({ address, turnstile }), address, "turnstile");
    expect(refusalOf(await claim(chain, { address, turnstile }))).toEqual([409, "challenge_used"]);
  });

  it("under one Idempotency-Key is one claim, although Cloudflare takes a token once", async () => {
    const address = newAddress();
    const body = { address, turnstile: await solve(address) };
    const headers = { "idempotency-key": crypto.randomUUID() };
    const answers = [await claim(chain, body, headers), await paid(body, headers)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
  });

  it.each([
    ["that was solved for another address", newAddress(), {}, /another address/],
    ["of another action", "", { action: "login" }, /not for the action claim/],
    ["of another page", "", { hostname: "old.wellspring.test" }, /a page that is not/],
  ])("is refused with a token %s", async (_, other, over, detail) => {
    const address = newAddress();
    const answer = await claim(chain, { address, turnstile: await solve(other || address, over) });
    expect(refusalOf(answer)).toEqual([403, "challenge_invalid"]);
    expect(answer.body.detail).toMatch(detail);
  });

  it("is the least trouble for an address that asks before it claims; no puzzle is offered", async () => {
    const { body } = await ask(`/api/v1/networks/${chain}/faucet/eligibility?address=${newAddress()}`);
    expect(body).toMatchObject({ eligible: true, cheapest: "turnstile" });
    const routes = (body.routes as { route: string; open: boolean }[]).map(({ route, open }) => `${route} ${open}`);
    expect(routes).toEqual(["turnstile true", "signature true", "code false", "oidc false", "key false"]);
  });

  it("closes the faucet where its secret is not set, and says which", async () => {
    const opened = openHouse({ ...env, TURNSTILE_SECRET: "" });
    const network = opened.ok ? opened.house.networks.find(({ facts }) => facts.chainId === chain) : undefined;
    expect(network?.challenge).toMatchObject({ kind: "unset", detail: expect.stringContaining("TURNSTILE_SECRET") });
    expect(network?.proofs).toMatchObject({ turnstile: null });
  });
});
