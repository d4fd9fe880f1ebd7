import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { account } from "../genesis/gentxs.ts";
import { ask } from "../support/api.ts";
import { handIn } from "../support/ceremony-client.ts";
import { gentxFor } from "../support/ceremony-network.ts";
import { profileOf, proofOf } from "../support/registrations.ts";
import {
  amend,
  approve,
  askReviewer,
  register,
  registrationOf,
  send,
  strayAddress,
  validatorsOf,
  withdraw,
  wordFor,
} from "../support/validator-client.ts";

const chain = "signup-1";
const path = validatorsOf(chain);
const of = (number: number) => `${path}/${account(number)}`;
const secretWord = "signal: +49 151 CONTACT-OF-TESTS";
/** Every row of every table that the directory has, as text. */
async function rowsOf(...tables: readonly string[]): Promise<string> {
  const all = await Promise.all(tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()));
  return JSON.stringify(all.map(({ results }) => results));
}

describe("an operator's registration, over HTTP", () => {
  it("is taken by wallet or by the chain's binary, and waits for a coordinator", async () => {
    expect(await register(chain, 0)).toMatchObject({
      status: 201,
      body: { operator: account(0), state: "pending", moniker: "operator 0", registered: { proof: "adr036", rev: 1 } },
    });
    expect(await register(chain, 1, { kind: "tx" })).toMatchObject({
      status: 201,
      body: { registered: { proof: "tx" } },
    });
    expect((await ask(of(1))).body).toMatchObject({ valoper: expect.stringMatching(/^pawvaloper1/), gentx: null });
    expect((await ask(path)).body).toMatchObject({ gentxsKnown: true, validators: expect.any(Array) });
  });

  it("with one nonce is done once, of fifty sent at the same time", async () => {
    const request = await registrationOf(chain, 2, { contact: secretWord });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(path, "POST", request)));
    const done = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ body }) => body.code === "nonce_spent");
    expect([done.length, refused.length]).toEqual([1, 49]);
    const { body } = await askReviewer(chain, "GET", "/audit");
    const acts = body.acts as { act: string; subject: string }[];
    expect(acts.filter(({ subject }) => subject === account(2))).toMatchObject([{ act: "register" }]);
  });

  it("that was withdrawn can't be brought back by sending the old one again", async () => {
    const request = await registrationOf(chain, 3);
    expect((await send(path, "POST", request)).status).toBe(201);
    expect(await withdraw(chain, 3)).toMatchObject({ status: 200, body: { state: "withdrawn", profile: null } });
    expect(await send(path, "POST", request)).toMatchObject({ status: 409, body: { code: "nonce_spent" } });
    expect(await register(chain, 3)).toMatchObject({ status: 201, body: { state: "pending", registered: { rev: 3 } } });
  });

  it("is refused by name: of another key, for another content, malformed, twice", async () => {
    const request = await registrationOf(chain, 4);
    const foreign = { ...request, proof: proofOf(request.proof.word ?? "", 4, "adr036", 5) };
    expect(await send(path, "POST", foreign)).toMatchObject({ status: 422, body: { code: "word_refused" } });
    const swapped = { ...request, content: { profile: profileOf(4, { moniker: "mallory" }) } };
    expect(await send(path, "POST", swapped)).toMatchObject({ body: { code: "word_refused", detail: /digest/ } });
    const elsewhere = await registrationOf("signup-2", 0);
    expect(await send(path, "POST", elsewhere)).toMatchObject({ body: { code: "word_refused", detail: /chain-id/ } });
    const inside = { ...request, content: { profile: profileOf(4, { peer: `${"b".repeat(40)}@169.254.169.254:80` }) } };
    expect(await send(path, "POST", inside)).toMatchObject({ status: 400, body: { code: "invalid_body" } });
    const own = {
      ...request,
      proof: { ...request.proof, word: (request.proof.word ?? "").replace(/ [\w-]{22} /, ` ${"A".repeat(22)} `) },
    };
    expect(await send(path, "POST", { ...own, proof: proofOf(own.proof.word, 4) })).toMatchObject({
      status: 422,
      body: { code: "challenge_unknown" },
    });
    expect(await register(chain, 0)).toMatchObject({ status: 409, body: { code: "registration_exists" } });
    expect(await ask(`${path}/${strayAddress("cosmos")}`)).toMatchObject({
      status: 422,
      body: { code: "invalid_address" },
    });
    expect(await ask(`${path}/${strayAddress()}`)).toMatchObject({
      status: 404,
      body: { code: "unknown_registration" },
    });
  });

  it("is not taken with a mnemonic pasted into it, and nothing of it is kept", async () => {
    const words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    const refused = await register(chain, 6, { changes: { details: words } });
    expect(refused).toMatchObject({ status: 422, body: { code: "word_refused" } });
    expect(JSON.stringify(refused.body)).not.toContain("abandon");
    expect(await rowsOf("registrations", "registration_contacts", "registration_audit")).not.toContain("abandon");
  });

  it("keeps what strangers call themselves as data", async () => {
    const moniker = `<script>alert("أرز")</script>`;
    expect((await register(chain, 7, { changes: { moniker } })).status).toBe(201);
    const answer = await ask(of(7));
    expect(answer.body).toMatchObject({ moniker, profile: { moniker } });
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("a private contact", () => {
  it("is in no public answer, no list, no audit: only where a coordinator asks for it, who is noted", async () => {
    const shown = [
      ...(await Promise.all(
        [path, of(2), `${of(2)}/checklist`].map(async (url) => JSON.stringify((await ask(url)).body)),
      )),
      JSON.stringify((await askReviewer(chain, "GET", "")).body),
      JSON.stringify((await askReviewer(chain, "GET", "/audit")).body),
      await rowsOf("registrations", "registration_nonces", "registration_audit"),
    ];
    for (const text of shown) expect(text).not.toContain("CONTACT-OF-TESTS");
    const read = (key: "coordinator" | "operator" | "viewer") =>
      askReviewer(chain, "GET", `/${account(2)}/contact`, undefined, key);
    expect((await read("coordinator")).body).toEqual({ operator: account(2), contact: secretWord });
    for (const key of ["operator", "viewer"] as const) expect((await read(key)).body.code).toBe("role_missing");
    const { acts } = (await askReviewer(chain, "GET", "/audit")).body as { acts: object[] };
    expect(acts[0]).toMatchObject({ act: "contact_read", actor: "carl", subject: account(2), detail: {} });
  });

  it("stays through an amendment that leaves it out, and goes when it is taken back, erased or withdrawn", async () => {
    const kept = () => rowsOf("registration_contacts");
    expect((await amend(chain, 2, { profile: profileOf(2, { region: "us" }) })).status).toBe(200);
    expect(await kept()).toContain(secretWord);
    // Within the same second, and still another nonce.
    expect((await amend(chain, 2, { profile: profileOf(2), contact: null })).status).toBe(200);
    expect(await kept()).not.toContain(secretWord);
    expect((await register(chain, 8, { contact: secretWord })).status).toBe(201);
    expect((await askReviewer(chain, "DELETE", `/${account(8)}/contact`)).body.contact).toBeNull();
    expect(await kept()).not.toContain(secretWord);
    expect((await register(chain, 9, { contact: secretWord })).status).toBe(201);
    expect((await withdraw(chain, 9)).status).toBe(200);
    expect(await kept()).not.toContain(secretWord);
    expect(await rowsOf("registrations")).not.toContain("operator 9");
  });
});

describe("limits of sign-up", () => {
  it("hold for who is not on the list, and for how many may wait", async () => {
    expect(await register("signup-2", 5)).toMatchObject({ status: 403, body: { code: "not_on_allowlist" } });
    expect((await register("signup-2", 0)).status).toBe(201);
    expect(await register("signup-2", 1)).toMatchObject({ status: 503, body: { code: "registrations_full" } });
    expect((await approve("signup-2", 0)).status).toBe(200);
    expect((await register("signup-2", 1)).status).toBe(201);
  });

  it("hold for one client's writes of a day, refused ones too", async () => {
    const from = (ip: string, number: number) => async () =>
      send(validatorsOf("signup-3"), "POST", await registrationOf("signup-3", number), { "cf-connecting-ip": ip });
    expect((await from("192.0.2.9", 0)()).status).toBe(201);
    expect((await from("192.0.2.9", 0)()).status).toBe(409);
    expect(await from("192.0.2.9", 1)()).toMatchObject({ status: 429, body: { code: "registrations_limited" } });
    expect((await from("192.0.2.10", 1)()).status).toBe(201);
  });

  it("a network without sign-up says so", async () => {
    expect(await ask(validatorsOf("genesis-1"))).toMatchObject({ status: 404, body: { code: "directory_not_found" } });
  });
});

describe("a line made for an operator", () => {
  it("is the same that the command line makes of the challenge", async () => {
    const { contentDigest, readRegistrationWord } = await import("../../genesis/validator/word.ts");
    const { contentSchema } = await import("../../genesis/validator/content.ts");
    const content = { profile: profileOf(10) };
    const word = readRegistrationWord(await wordFor(chain, 10, "register", content));
    expect(word?.digest).toBe(contentDigest(contentSchema.parse(content)));
    const { body } = await ask(`${path}/challenges/${account(10)}?action=register`);
    expect(body).toMatchObject({ action: "register", operator: account(10), chainId: chain, origin: word?.origin });
    expect(body.word).toBeUndefined();
  });

  it("has a nonce of its own, however many are asked for within one second", async () => {
    const asked = Array.from({ length: 20 }, () => ask(`${path}/challenges/${account(10)}?action=amend`));
    const nonces = (await Promise.all(asked)).map(({ body }) => body.nonce);
    expect(new Set(nonces).size).toBe(20);
  });

  it("judges what is to be registered before anything is signed", async () => {
    const body = { action: "register", operator: account(10), content: { profile: profileOf(10, { moniker: "" }) } };
    expect(await send(`${path}/challenges`, "POST", body)).toMatchObject({
      status: 400,
      body: { code: "invalid_body", errors: [{ path: "content.profile.moniker" }] },
    });
    // Nobody handed a gentx in here: the ceremony has not begun.
    expect((await handIn(chain, gentxFor(chain))).status).toBe(409);
  });
});
