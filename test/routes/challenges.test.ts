import { env, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { AltchaChallenges } from "../../workers/access/altcha-challenges.ts";
import { createApp } from "../../workers/routes/app.ts";
import { openHouse } from "../../workers/wiring.ts";
import { type Answer, ask, balanceOf, claim, newAddress, until } from "../support/api.ts";
import { pack, solve, unpack } from "../support/solve-challenge.ts";

const chain = "pow-1";
const pathOf = (chainId: string) => `/api/v1/networks/${chainId}/faucet/challenges`;
const post = (chainId: string, body: unknown) =>
  ask(pathOf(chainId), { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
const solvedFor = async (address: string, chainId = chain) => solve((await post(chainId, { address })).body.challenge);

/** What the dispenser holds: claims and spent nonces. */
const rowsOf = (chainId: string) =>
  runInDurableObject(env.DISPENSER.getByName(chainId), (_, { storage }) =>
    ["claims", "nonces"].map((table) => Number(storage.sql.exec(`SELECT count(*) AS n FROM ${table}`).one().n)),
  );

describe("a challenge", () => {
  it("is told to be needed by the faucet", async () => {
    const { body } = await ask(`/api/v1/networks/${chain}/faucet`);
    expect(body).toMatchObject({ challenge: "pow", enabled: true });
  });

  it("is made for an address in whatever case, with its expiry and its work", async () => {
    const address = newAddress();
    const { status, body, headers } = await post(chain, { address: address.toUpperCase() });
    expect([status, headers.get("cache-control")]).toEqual([201, "no-store"]);
    expect(body).toMatchObject({ chainId: chain, address, work: { algorithm: "SCRYPT" } });
    expect(body.challenge).toMatchObject({
      parameters: { algorithm: "SCRYPT", cost: 2048, memoryCost: 8, data: { chainId: chain, address } },
      signature: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const lifeMs = Date.parse(String(body.expiresAt)) - Date.now();
    expect(lifeMs).toBeGreaterThan(590_000);
    expect(lifeMs).toBeLessThanOrEqual(600_000);
    const { triesMost, triesExpected } = body.work as { triesMost: number; triesExpected: number };
    expect(triesExpected).toBe(triesMost / 2);
  });

  it("solved, is paid once, in a block", async () => {
    const address = newAddress();
    const body = { address, challenge: await solvedFor(address) };
    const { status, body: paid } = await claim(chain, body, {}, "?wait=confirmed");
    expect([status, paid.state]).toEqual([202, "confirmed"]);
    expect(await balanceOf(chain, address)).toBe(1_000_000n);
  });

  it("50 times at once under 50 ids pays one claim, and spends one nonce", async () => {
    const address = newAddress();
    const challenge = await solvedFor(address);
    const before = await rowsOf(chain);
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(chain, { address, challenge })));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 202))
      expect([status, body.code]).toEqual([409, expect.stringMatching(/^(claim_open|challenge_used)$/)]);
    expect((await rowsOf(chain)).map((rows, index) => rows - (before[index] ?? 0))).toEqual([1, 1]);
    await until(
      () => balanceOf(chain, address),
      (balance) => balance === 1_000_000n,
    );
  });

  it("is not asked of what came by the same Idempotency-Key before", async () => {
    const address = newAddress();
    const body = { address, challenge: await solvedFor(address) };
    const key = { "idempotency-key": crypto.randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(chain, body, key)));
    expect(new Set(answers.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
  });
});

describe("a claim is refused by its challenge, and nothing is stored", () => {
  const address = newAddress();
  let solved = "";
  let before: number[] = [];
  beforeAll(async () => {
    solved = await solvedFor(address);
    before = await rowsOf(chain);
  });
  const refused = async (answer: Answer, status: number, code: string, words: RegExp) => {
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(String(answer.body.detail)).toMatch(words);
    expect(await rowsOf(chain)).toEqual(before);
  };

  it("challenge_required: none came", async () => {
    await refused(await claim(chain, { address }), 403, "challenge_required", /faucet\/challenges/);
  });

  it("challenge_invalid: for another address", async () => {
    const body = { address: newAddress(), challenge: solved };
    await refused(await claim(chain, body), 403, "challenge_invalid", /is for the address sand1/);
  });

  it("challenge_invalid: of another network", async () => {
    const challenge = await solvedFor(address, "pow-2");
    await refused(await claim(chain, { address, challenge }), 403, "challenge_invalid", /is for the network pow-2/);
  });

  it("challenge_invalid: expired", async () => {
    const maker = new AltchaChallenges(env.CHALLENGE_SECRET);
    const challenge = await solve((await maker.issue(chain, address, 8, Date.now() - 601_000)).puzzle);
    await refused(await claim(chain, { address, challenge }), 403, "challenge_invalid", /expired/);
  });

  it("challenge_invalid: its expiry was moved", async () => {
    const { challenge, solution } = unpack(solved);
    const parameters = { ...challenge.parameters, expiresAt: 9_999_999_999 };
    const body = { address, challenge: pack({ ...challenge, parameters }, solution) };
    await refused(await claim(chain, body), 403, "challenge_invalid", /was changed/);
  });

  it("challenge_invalid: not solved", async () => {
    const { challenge, solution } = unpack(solved);
    const derivedKey = `${solution.derivedKey.slice(0, 32)}${"0".repeat(32)}`;
    const body = { address, challenge: pack(challenge, { ...solution, derivedKey }) };
    await refused(await claim(chain, body), 403, "challenge_invalid", /not solved/);
  });

  it("challenge_invalid: no challenge at all", async () => {
    await refused(await claim(chain, { address, challenge: "hello" }), 403, "challenge_invalid", /base64/);
  });

  it("invalid_body: more than 8 KiB of it", async () => {
    const answer = await claim(chain, { address, challenge: "A".repeat(8193) });
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_body"]);
  });

  it("invalid_address comes first: nobody works for an address that can't be paid", async () => {
    await refused(await claim(chain, { address: "sand1nonsense", challenge: solved }), 422, "invalid_address", /./);
  });

  it("and a refused claim has not used its challenge up", async () => {
    expect((await claim(chain, { address, challenge: solved }, {}, "?wait=confirmed")).body.state).toBe("confirmed");
  });

  it("challenge_used: it paid for a claim before, however often it is tried, where no cooldown stands in the way", async () => {
    before = await rowsOf(chain);
    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(chain, { address, challenge: solved })));
    for (const answer of answers) await refused(answer, 409, "challenge_used", /has paid for a claim already/);
    expect(await balanceOf(chain, address)).toBe(1_000_000n);
  });
});

describe("asking for a challenge is refused", () => {
  it.each([
    ["challenge_not_needed: where claims need none", "sandbox-1", { address: newAddress() }, 409],
    ["unknown_network: for a network that isn't served", "nowhere-1", { address: newAddress() }, 404],
    ["invalid_address: for no address of this chain", chain, { address: "cosmos1x" }, 422],
    ["invalid_body: without an address", chain, {}, 400],
    ["invalid_body: with a field too many", chain, { address: "sand1x", difficulty: 0 }, 400],
    ["invalid_json: without JSON", chain, "{", 400],
    ["faucet_disabled: where the network file switches it off", "off-1", { address: newAddress() }, 503],
  ])("%s", async (name, chainId, body, status) => {
    const answer = await post(chainId, body);
    expect([answer.status, answer.body.code]).toEqual([status, name.split(":")[0]]);
  });

  it.each([
    ["not set", undefined],
    ["shorter than 32 characters", "short"],
  ])(
    "faucet_disabled: when the secret is %s, and it says what to set, and so do claims and readiness",
    async (_, secret) => {
      const bindings = { ...env, CHALLENGE_SECRET: secret };
      const app = createApp({
        open: () => openHouse(bindings),
        page: () => null,
        nowMs: () => 0,
        log: () => undefined,
      });
      const send = (path: string, body?: unknown) =>
        app.request(
          `http://x${path}`,
          body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
          bindings,
        );
      const address = newAddress();
      for (const path of [pathOf(chain), `/api/v1/networks/${chain}/faucet/claims`]) {
        const refusal = (await (await send(path, { address })).json()) as Record<string, unknown>;
        expect(refusal).toMatchObject({ status: 503, code: "faucet_disabled" });
        expect(refusal.detail).toContain("CHALLENGE_SECRET");
      }
      expect(await (await send(`/api/v1/networks/${chain}/faucet`)).json()).toMatchObject({ enabled: false });
      expect(await (await send("/readyz")).text()).toContain("CHALLENGE_SECRET");
      const open = await send("/api/v1/networks/sandbox-1/faucet/claims?wait=confirmed", { address });
      expect(open.status).toBe(202);
    },
  );
});

it("issuing and checking a challenge in workerd cost what docs/deploy.md says, within a wide margin", async () => {
  const maker = new AltchaChallenges(env.CHALLENGE_SECRET);
  const address = newAddress();
  const solved = await solve((await maker.issue(chain, address, 8, Date.now())).puzzle);
  const begunMs = Date.now();
  for (let index = 0; index < 200; index += 1) await maker.verify(chain, address, solved, Date.now());
  const verifyMs = (Date.now() - begunMs) / 200;
  const issueBegunMs = Date.now();
  for (let index = 0; index < 50; index += 1) await maker.issue(chain, address, 512, Date.now());
  const issueMs = (Date.now() - issueBegunMs) / 50;
  console.log(`in workerd: issue ${issueMs.toFixed(2)} ms, check ${verifyMs.toFixed(3)} ms`);
  expect(verifyMs).toBeLessThan(10);
});
