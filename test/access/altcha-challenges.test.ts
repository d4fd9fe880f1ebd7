import { beforeAll, describe, expect, it, vi } from "vitest";
import { AltchaChallenges } from "../../workers/access/altcha-challenges.ts";
import { pack, solve, unpack } from "../support/solve-challenge.ts";

const secret = "a secret of thirty-two characters or more";
const challenges = new AltchaChallenges(secret);
const [chain, address] = ["sandbox-1", "sand1pvc9275lcn5suv6c0k3v0mq3xedcpfw2jeamxp"];

describe("a challenge", () => {
  const nowMs = Date.now();
  let solved = "";
  beforeAll(async () => {
    solved = await solve((await challenges.issue(chain, address, 16, nowMs)).puzzle);
  });

  it("is accepted once solved, with a nonce that outlives it", async () => {
    const { challenge } = unpack(solved);
    const verdict = await challenges.verify(chain, address, solved, nowMs);
    const expiresAtMs = Number(challenge.parameters.expiresAt) * 1000;
    expect(verdict).toMatchObject({ ok: true, nonce: { id: challenge.parameters.nonce } });
    expect(verdict.ok && verdict.nonce.expiresAtMs).toBeGreaterThan(expiresAtMs);
    expect(expiresAtMs - nowMs).toBeGreaterThan(500_000);
  });

  it("has another nonce, salt and key each time", async () => {
    const two = await Promise.all([1, 2].map(() => challenges.issue(chain, address, 16, nowMs)));
    const [one, other] = two.map(({ puzzle }) => puzzle.parameters);
    for (const field of ["nonce", "salt", "keyPrefix"]) expect(one?.[field]).not.toBe(other?.[field]);
  });

  it("needs from 1 to triesMost derivations, each as likely", async () => {
    const counters: number[] = [];
    for (let index = 0; index < 48; index += 1) {
      const { puzzle, triesMost } = await challenges.issue(chain, address, 4, nowMs);
      expect(triesMost).toBe(4);
      counters.push(unpack(await solve(puzzle)).solution.counter);
    }
    expect([...new Set(counters)].sort()).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ["another network", "other-1", address],
    ["another address", chain, "sand1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqxxxxxx"],
  ])("is refused for %s, and says which it is for", async (_, chainId, recipient) => {
    const verdict = await challenges.verify(chainId, recipient, solved, nowMs);
    expect(verdict).toMatchObject({ ok: false, detail: expect.stringMatching(/is for the (network|address) sand/) });
  });

  it("is refused once it has expired, also by the clock of the house", async () => {
    const late = nowMs + 600_001;
    expect(await challenges.verify(chain, address, solved, late)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/expired/),
    });
    vi.useFakeTimers({ now: late, toFake: ["Date"] });
    expect(await challenges.verify(chain, address, solved, nowMs)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/expired/),
    });
    vi.useRealTimers();
  });

  it("of another secret is refused", async () => {
    const others = new AltchaChallenges(`${secret}.`);
    expect(await others.verify(chain, address, solved, nowMs)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/not made here/),
    });
  });

  it.each([
    ["its address", { data: { chainId: chain, address: "sand1other", triesMost: 16 } }],
    ["its network", { data: { chainId: "other-1", address, triesMost: 16 } }],
    ["its expiry", { expiresAt: 9_999_999_999 }],
    ["its nonce", { nonce: "00" }],
    ["its salt", { salt: "00" }],
    ["the work of one try", { cost: 2 }],
    ["its key prefix", { keyPrefix: "00" }],
    ["its key signature", { keySignature: "00".repeat(32) }],
  ])("is refused when %s was changed", async (_, change) => {
    const { challenge, solution } = unpack(solved);
    const changed = { ...challenge, parameters: { ...challenge.parameters, ...change } };
    const { data } = changed.parameters as unknown as { data: { chainId: string; address: string } };
    const verdict = await challenges.verify(data.chainId, data.address, pack(changed, solution), nowMs);
    expect(verdict).toMatchObject({ ok: false, detail: expect.stringMatching(/not made here/) });
  });

  it("is refused when the key is right in its published half only", async () => {
    const { challenge, solution } = unpack(solved);
    const derivedKey = solution.derivedKey.slice(0, 32).padEnd(64, "0");
    const verdict = await challenges.verify(chain, address, pack(challenge, { ...solution, derivedKey }), nowMs);
    expect(verdict).toMatchObject({ ok: false, detail: expect.stringMatching(/not solved/) });
  });

  it("is checked without deriving: 500 checks take less than issuing 500 would", async () => {
    const issueMs = await took(() => challenges.issue(chain, address, 16, nowMs));
    const verifyMs = await took(() => challenges.verify(chain, address, solved, nowMs));
    expect(verifyMs).toBeLessThan(issueMs);
  });
});

async function took(work: () => Promise<unknown>): Promise<number> {
  const begunMs = performance.now();
  for (let index = 0; index < 500; index += 1) await work();
  return performance.now() - begunMs;
}

describe("whatever else comes as a solution", () => {
  const parameters = { expiresAt: 9_999_999_999 };
  it.each([
    ["nothing", ""],
    ["no base64", "{}"],
    ["base64 of no JSON", btoa("hello")],
    ["null", btoa("null")],
    ["a list", btoa("[]")],
    ["half of it", btoa(JSON.stringify({ challenge: { parameters } }))],
    ["wrong types", btoa(JSON.stringify({ challenge: { parameters: 5, signature: {} }, solution: [] }))],
    ["deep nesting", btoa(`${'{"challenge":'.repeat(400)}1${"}".repeat(400)}`)],
    ["letters outside of Latin-1", "жжжж"],
  ])("%s is refused, and nothing throws", async (_, text) => {
    const verdict = await challenges.verify(chain, address, text, Date.now());
    expect(verdict).toMatchObject({ ok: false, detail: expect.stringMatching(/solved challenge/) });
  });

  it("an unsigned puzzle that was solved is refused", async () => {
    const { puzzle } = await challenges.issue(chain, address, 4, Date.now());
    const { challenge, solution } = unpack(await solve(puzzle));
    const unsigned = pack({ parameters: challenge.parameters }, solution);
    expect(await challenges.verify(chain, address, unsigned, Date.now())).toMatchObject({ ok: false });
  });
});
