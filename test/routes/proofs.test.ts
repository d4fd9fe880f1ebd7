import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { GithubOidc } from "../../workers/access/github-oidc.ts";
import { Adr036Proofs } from "../../workers/access/signature-proofs.ts";
import { Turnstile } from "../../workers/access/turnstile.ts";
import { newAddress } from "../support/api.ts";
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
