import { describe, expect, it } from "vitest";
import { broughtNothing } from "../../workers/domain/access/check-proof.ts";
import { createCode, createKey, rotateKey } from "../../workers/domain/access/grants.ts";
import { issueChallenge } from "../../workers/domain/access/issue-challenge.ts";
import type { ClientOrigin } from "../../workers/domain/access/networks-of.ts";
import { requestClaim } from "../../workers/domain/claim/request-claim.ts";
import { describeClientLimiter } from "../conformance/client-limiter.ts";
import { BLOCKED } from "../simulation/sim-chain.ts";
import { MemoryLimiter } from "../support/memory-limiter.ts";
import { home, noCaps, ServedBench, type ServedOver } from "./served-bench.ts";

const caps = { ipv4: 3, ipv6By64: 3, ipv6By56: 6, ipv6By48: 12 };
const everything: ServedOver = { challenge: "pow", caps, signature: true, turnstile: true, oidc: true };
const terms = { label: "", denoms: [], perDay: 0, budget: null, expiresAtMs: null };
const hall: ClientOrigin = { address: "198.51.100.7" };
const signedBy = (address: string, nonce: string) => ({
  signature: { text: "t", pubKey: "p", signature: `by ${address} ${nonce}` },
});

async function keyAndCode(served: ServedBench, over: Partial<typeof terms> = {}) {
  const key = await createKey(served.network, { ...terms, ...over }, "ops");
  const code = await createCode(served.network, "Spring Fair", { ...terms, ...over }, "ops");
  if (!key.ok || !code.ok) throw new Error("not made");
  return { key: key.secret, id: key.grant.id, code: code.secret };
}

const many = <T>(count: number, each: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => each(index)));
const taken = (answers: readonly (string | null)[]) => answers.filter((answer) => answer === null).length;

describeClientLimiter("the tests' limiter", () => new MemoryLimiter());

describe("a key, a code and a CI token", () => {
  it("need no challenge and are not counted for their client, which many share", async () => {
    const served = new ServedBench({ ...everything, policy: { oidcPerDay: 50 } });
    const { key, code } = await keyAndCode(served);
    for (let index = 0; index < 6; index += 1) {
      expect(await served.claim(`k${index}`, { bearer: key })).toBeNull();
      expect(await served.claim(`c${index}`, { code })).toBeNull();
      expect(await served.claim(`o${index}`, { bearer: `ci a/b ${index}` })).toBeNull();
    }
    expect(await served.claim("p", { challenge: "solved p 1" })).toBeNull();
  });

  it("are written as people write them: a code in any case, with spaces and dashes", async () => {
    const served = new ServedBench(everything);
    await keyAndCode(served);
    for (const [index, code] of ["SPRING FAIR", " spring-fair ", "springfair", "Spring  Fair"].entries()) {
      expect(await served.claim(`c${index}`, { code })).toBeNull();
    }
  });

  it("that are wrong are refused, whatever good stands beside them", async () => {
    const served = new ServedBench(everything);
    const { code } = await keyAndCode(served);
    const good = { challenge: "solved a 1", turnstile: "human 1", code };
    for (const bearer of ["wsk_nobody_x", "wsk_", "nonsense"])
      expect(await served.claim("a", { ...good, bearer })).toBe("credential_invalid");
    expect(await served.claim("a", { ...good, code: "wrong" })).toBe("credential_invalid");
    expect(served.bench.store.lastSeq()).toBe(0);
  });

  it("are credential_invalid where the network takes none", async () => {
    const served = new ServedBench({ ...everything, oidc: false, credentials: { key: false, code: false } });
    const { key, code } = await keyAndCode(served);
    for (const brought of [{ bearer: key }, { code }, { bearer: "ci a/b 1" }])
      expect(await served.refusal("a", brought)).toMatchObject({
        reason: "credential_invalid",
        detail: expect.stringContaining("takes no"),
      });
  });

  it("of a rotated key: the new one claims under the old one's quota", async () => {
    const served = new ServedBench(everything);
    const { key, id } = await keyAndCode(served, { perDay: 2 });
    expect(await served.claim("a", { bearer: key })).toBeNull();
    const rotated = await rotateKey(served.network, id, 0, "ops");
    if (!rotated.ok) throw new Error(rotated.refusal.reason);
    expect(rotated.secret).toMatch(new RegExp(`^wsk_${id}_[A-Za-z0-9_-]{43}$`));
    expect(await served.claim("b", { bearer: key })).toBe("credential_invalid");
    expect(await served.claim("b", { bearer: rotated.secret })).toBeNull();
    expect(await served.claim("c", { bearer: rotated.secret })).toBe("credential_limited");
  });
});

describe("wrong codes", () => {
  const guess = (index: number) => ({ code: `guess ${index}` });

  it("are answered 100 times a client and not once more, when 300 are tried at once; then a right one isn't either", async () => {
    const served = new ServedBench(everything);
    const { code } = await keyAndCode(served);
    const answers = await many(300, (index) => served.claim(`a${index}`, guess(index), hall));
    expect(answers.filter((answer) => answer === "credential_invalid")).toHaveLength(100);
    expect(answers.filter((answer) => answer === "credential_limited")).toHaveLength(200);
    expect(await served.claim("b", { code }, hall)).toBe("credential_limited");
    expect(await served.claim("b", { code }, home)).toBeNull();
    served.bench.nowMs += 86_400_000;
    expect(await served.claim("c", { code }, hall)).toBeNull();
  });

  it("hold nobody up who has a right one, however many come at once, and a key never", async () => {
    const served = new ServedBench({ ...everything, policy: { queueMax: 1_000 } });
    const { key, code } = await keyAndCode(served);
    expect(taken(await many(200, (index) => served.claim(`c${index}`, { code }, hall)))).toBe(200);
    await many(150, (index) => served.claim("a", { bearer: `wsk_guess_${index}` }, hall));
    expect(await served.claim("b", { bearer: "wsk_guess_x" }, hall)).toBe("credential_limited");
    expect(await served.claim("b", { bearer: key }, hall)).toBe(null);
  });

  it("that are the same count once, and claims that are refused for another reason do not", async () => {
    const served = new ServedBench(everything);
    const { code } = await keyAndCode(served);
    await many(150, () => served.claim("a", guess(1), hall));
    served.bench.claim("open");
    for (let index = 0; index < 150; index += 1) await served.claim("open", { code }, hall);
    expect(await served.claim("b", { code }, hall)).toBeNull();
  });
});

describe("the recipient's signature", () => {
  it("stands in place of a puzzle, once a nonce, for its own quota, under its client's cap", async () => {
    const served = new ServedBench({ ...everything, policy: { signaturePerDay: 1, cooldownMs: 0 } });
    expect(await served.claim("a", signedBy("a", "1"))).toBeNull();
    await served.bench.step();
    await served.bench.live(3);
    expect(await served.claim("a", signedBy("a", "2"))).toBe("credential_limited");
    expect(await served.claim("b", signedBy("a", "1"))).toBe("credential_invalid");
    expect(await served.claim("b", signedBy("b", "1"))).toBe("challenge_used");
  });

  it("by as many addresses as one makes is bounded by the client's cap, when 200 come at once", async () => {
    const served = new ServedBench(everything);
    const answers = await many(200, (index) => served.claim(`a${index}`, signedBy(`a${index}`, `${index}`)));
    expect(taken(answers)).toBe(caps.ipv4);
    expect(new Set(answers)).toEqual(new Set([null, "client_limited"]));
  });

  it("stands for nothing where no cap bounds it, or once the price has doubled: then work is asked for", async () => {
    const free = new ServedBench({ ...everything, caps: noCaps });
    expect(await free.claim("a", signedBy("a", "1"))).toBe("challenge_required");
    expect(await free.claim("a", { ...signedBy("a", "1"), challenge: "solved a 1" })).toBeNull();
    const busy = new ServedBench({ ...everything, caps: { ...caps, ipv4: 50 } });
    for (const address of ["x", "y", "z", "w"])
      expect(await busy.claim(address, signedBy(address, address))).toBeNull();
    expect(await busy.claim("a", signedBy("a", "1"))).toBe("challenge_required");
    expect(await busy.claim("a", signedBy("a", "1"), hall)).toBeNull();
  });

  it("is credential_invalid where the network takes none", async () => {
    expect(await new ServedBench({ challenge: "pow" }).claim("a", signedBy("a", "1"))).toBe("credential_invalid");
  });
});

describe("one of a kind, 200 times at once", () => {
  it("one address is taken once, by whatever route", async () => {
    const served = new ServedBench({ ...everything, caps: { ...caps, ipv4: 500 }, policy: { oidcPerDay: 500 } });
    const { key, code } = await keyAndCode(served);
    const by = [{ bearer: key }, { code }, {}, signedBy("a", "1")];
    const answers = await many(200, (index) =>
      served.claim(
        "a",
        index % 5 === 4 ? { bearer: `ci a/b ${index}` } : { challenge: `solved a ${index}`, ...by[index % 5] },
      ),
    );
    expect(taken(answers)).toBe(1);
    expect(new Set(answers)).toEqual(new Set([null, "claim_open"]));
  });

  it("one solved puzzle and one CI token are taken once, for one address after the other", async () => {
    const served = new ServedBench({ ...everything, policy: { oidcPerDay: 500, cooldownMs: 0 } });
    expect(taken(await many(200, (index) => served.claim(`a${index}`, { bearer: "ci a/b one" })))).toBe(1);
    expect(taken(await many(200, () => served.claim("a", { challenge: "solved a one" })))).toBe(1);
  });

  it("one Idempotency-Key is one claim of a key's quota, and one of a client's cap", async () => {
    const served = new ServedBench(everything);
    const { key } = await keyAndCode(served, { perDay: 2 });
    const ask = (id: string, address: string, bearer: string | null) => {
      const brought = { ...broughtNothing, bearer, challenge: `solved ${address} 1` };
      return requestClaim(served.network, { id, address, denoms: [], brought, client: home, keyed: true });
    };
    const answers = await many(200, () => ask("same", "a", key));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await served.claim("b", { bearer: key })).toBeNull();
    expect(await served.claim("c", { bearer: key })).toBe("credential_limited");
    await many(200, () => ask("other", "d", null));
    expect(await served.claim("e", { challenge: "solved e e" })).toBeNull();
    expect(await served.claim("f", { challenge: "solved f f" })).toBeNull();
    expect(await served.claim("g", { challenge: "solved g g" })).toBe("client_limited");
  });
});

it("another genesis gives each client its day anew", async () => {
  const served = new ServedBench({ caps });
  for (const address of ["a", "b", "c"]) expect(await served.claim(address)).toBeNull();
  expect(await served.claim("d")).toBe("client_limited");
  served.bench.store.save({ epoch: 2 });
  for (const address of ["a", "b", "c"]) expect(await served.claim(address)).toBeNull();
  expect(await served.claim("d")).toBe("client_limited");
});

it("what a failed claim took of its client's cap comes back by its id, whatever the genesis was", async () => {
  const served = new ServedBench({ caps: { ...caps, ipv4: 1 } });
  expect(await served.claim(`${BLOCKED}0`, {}, home, "blocked")).toBeNull();
  expect(await served.claim("a")).toBe("client_limited");
  await served.bench.step();
  await served.bench.live(6);
  expect(served.bench.states("blocked")).toEqual(["failed"]);
  // The dispenser's object does this for each claim that has failed.
  await served.limiter.giveBack("blocked", null);
  expect(await served.claim("a")).toBeNull();
});

describe("asking for challenges", () => {
  const ask = (served: ServedBench, id: string, kind: "pow" | "signature" = "pow", client = home) =>
    issueChallenge(served.network, { id, address: "a", kind, client, site: "https://faucet.test" });

  it("is bounded a day for each client, exactly when 200 ask at once, and not where no edge tells clients apart", async () => {
    const served = new ServedBench({ ...everything, challengesPerDay: 7 });
    const issued = await many(200, (index) => ask(served, `m${index}`));
    expect(issued.filter(({ ok }) => ok)).toHaveLength(7);
    expect(issued.find(({ ok }) => !ok)).toMatchObject({
      refusal: { reason: "challenge_limited", width: "IPv4 address", retryAtMs: served.bench.nowMs + 86_400_000 },
    });
    expect((await ask(served, "elsewhere", "pow", hall)).ok).toBe(true);
    const local = await many(50, (index) => ask(served, `l${index}`, "pow", { shared: "local" }));
    expect(local.every(({ ok }) => ok)).toBe(true);
    expect(await served.claim("b", { challenge: "solved b 1" })).toBeNull();
  });

  it("costs more for a client that claimed today", async () => {
    const served = new ServedBench({ ...everything, caps: { ...caps, ipv4: 20 } });
    const price = async () => {
      const issued = await ask(served, crypto.randomUUID());
      return issued.ok && issued.kind === "pow" ? issued.challenge.triesMost : 0;
    };
    expect(await price()).toBe(512);
    for (const address of ["x", "y"]) await served.claim(address, { challenge: `solved ${address} ${address}` });
    expect(await price()).toBeGreaterThanOrEqual(768);
  });

  it("of kind signature gives a text that names the site, or says why it would not help", async () => {
    const served = new ServedBench(everything);
    expect(await ask(served, "1", "signature")).toMatchObject({
      kind: "signature",
      sign: { text: "a at https://faucet.test" },
    });
    for (const over of [
      { ...everything, signature: false },
      { ...everything, caps: noCaps },
    ])
      expect(await ask(new ServedBench(over), "1", "signature")).toMatchObject({
        refusal: { reason: "signature_not_taken", detail: expect.stringMatching(/faucet\./) },
      });
  });
});
