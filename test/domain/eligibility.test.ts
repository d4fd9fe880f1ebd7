import { describe, expect, it } from "vitest";
import type { Brought } from "../../workers/domain/access/check-proof.ts";
import { type Eligibility, eligibilityOf } from "../../workers/domain/access/eligibility.ts";
import { createCode, createKey } from "../../workers/domain/access/grants.ts";
import type { ClientOrigin } from "../../workers/domain/access/networks-of.ts";
import { DRIP } from "../simulation/policy.ts";
import { home, noCaps, ServedBench, type ServedOver } from "./served-bench.ts";

const caps = { ipv4: 2, ipv6By64: 2, ipv6By56: 4, ipv6By48: 8 };
const all: ServedOver = { challenge: "pow", caps, signature: true, turnstile: true, oidc: true };
const terms = { label: "", denoms: [], perDay: 1, budget: null, expiresAtMs: null };

/** How things stand before anyone asks. */
const situations: Readonly<Record<string, (served: ServedBench) => Promise<void> | void>> = {
  "nothing has happened": () => undefined,
  "the recipient has an open claim": async ({ bench }) => void bench.claim("a"),
  "the recipient cools down": async ({ bench }) => {
    bench.claim("a");
    await bench.step();
    await bench.live(3);
    expect(bench.states("a")).toEqual(["confirmed"]);
  },
  "the client is at its cap": async (served) => {
    for (const address of ["x", "y"]) await served.claim(address, { challenge: `solved ${address} ${address}` });
  },
  "the line is full": ({ bench }) => bench.claims("l1", "l2", "l3", "l4", "l5"),
  "the dispenser has halted": ({ bench }) => {
    const halt = { code: "chain_reset", detail: "reset", anchor: { height: 1, hash: "A" }, signer: "s", sinceMs: 1 };
    bench.store.save({ halt: { ...halt, code: "chain_reset" } });
  },
  "the faucet is empty": ({ bench }) => bench.store.save({ balance: [], balanceAtMs: bench.nowMs }),
  "the budget is spent": ({ bench }) => {
    bench.restart({ hourlyBudget: 1 });
    bench.claim("other");
  },
  "each credential is used up": async (served) => {
    const { key, code } = served as ServedBench & { key: string; code: string };
    for (const [address, brought] of [
      ["k", { bearer: key }],
      ["c", { code }],
      ["o", { bearer: "ci a/b one" }],
      ["p", { bearer: "ci a/b two" }],
    ] as const)
      await served.claim(address, brought);
  },
};

const networks: Readonly<Record<string, ServedOver>> = {
  "open, with caps": { caps, oidc: true },
  "a puzzle, without caps": { challenge: "pow", signature: true },
  "a puzzle and everything else": all,
  "no secret for puzzles": { challenge: "unset", caps },
  "switched off": { ...all, enabled: false },
  "no keys and codes": { ...all, credentials: { key: false, code: false }, oidc: false },
};

/** A claim that does what it takes, by what it brings. */
const claims: Readonly<Record<string, (served: { key: string; code: string }, address: string) => Partial<Brought>>> = {
  "nothing or its work": (_, address) => ({ challenge: `solved ${address.toLowerCase()} n` }),
  "a key": ({ key }) => ({ bearer: key }),
  "a code": ({ code }) => ({ code }),
  "a wrong key": () => ({ bearer: "wsk_a_b" }),
  "a wrong code": () => ({ code: "nonsense" }),
  "a CI token": () => ({ bearer: "ci a/b fresh" }),
  "a wrong CI token": () => ({ bearer: "nonsense" }),
};

async function open(over: ServedOver): Promise<ServedBench & { key: string; code: string }> {
  const served = new ServedBench({ ...over, policy: { queueMax: 5 } });
  const [key, code] = [
    await createKey(served.network, terms, "ops"),
    await createCode(served.network, "Spring Fair 26", terms, "ops"),
  ];
  if (!key.ok || !code.ok) throw new Error("not made");
  return Object.assign(served, { key: key.secret, code: code.secret });
}

function ask(served: ServedBench, address: string, { bearer, code }: Partial<Brought>): Promise<Eligibility> {
  const client = home;
  return eligibilityOf(served.network, { address, bearer: bearer ?? null, code: code ?? null, client });
}

describe.each(Object.entries(networks))("on a network with %s", (_name, over) => {
  describe.each(Object.entries(situations))("when %s", (_situation, arrange) => {
    it.each(Object.entries(claims))(
      "eligibility tells what a claim with %s would get, and stores nothing",
      async (_by, by) => {
        for (const address of ["a", "A", "bad", "b"]) {
          const served = await open(over);
          await arrange(served);
          const before = [served.bench.store.lastSeq(), served.bench.disk.image.nonces.length];
          const brought = by(served, address);
          const told = await ask(served, address, brought);
          expect(await ask(served, address, brought)).toEqual(told);
          expect([served.bench.store.lastSeq(), served.bench.disk.image.nonces.length]).toEqual(before);
          // Where several ways are open, the claim that does the work is one; it is refused only where all are.
          const usual = told.routes.find(({ route }) => route === "challenge" || route === "open");
          const alone = brought.bearer !== undefined || brought.code !== undefined;
          const expected = alone || !usual ? told.refusal : usual.refusal;
          const got = await served.refusal(address, brought);
          expect(got).toEqual(expected);
          if (alone || !told.eligible) expect(told.eligible).toBe(got === null);
          if (told.eligible) expect(told.drips).toEqual([{ denom: "utest", amount: DRIP }]);
          else expect([told.drips, told.cheapest]).toEqual([[], null]);
        }
      },
    );
  });
});

describe("eligibility's routes", () => {
  const by: Readonly<Record<string, (address: string) => Partial<Brought>>> = {
    turnstile: () => ({ turnstile: "human 1" }),
    signature: (address) => ({ signature: { text: "t", pubKey: "p", signature: `by ${address} 1` } }),
    challenge: (address) => ({ challenge: `solved ${address} 1` }),
  };

  it("are each what they say, one by one: open ones pay, closed ones refuse with the same reason", async () => {
    for (const network of [all, { ...all, caps: noCaps }, { ...all, challenge: "unset" as const }]) {
      for (const [situation, arrange] of Object.entries(situations)) {
        for (const [route, bring] of Object.entries(by)) {
          const served = await open(network);
          await arrange(served);
          const told = (await ask(served, "a", {})).routes.find((outlook) => outlook.route === route);
          expect([situation, route, await served.refusal("a", bring("a"))]).toEqual([situation, route, told?.refusal]);
        }
      }
    }
  });

  it("name the cheapest, the price of the work, and what one would have to bring", async () => {
    const served = await open(all);
    const { routes, cheapest, eligible } = await ask(served, "a", {});
    expect([eligible, cheapest]).toEqual([true, "turnstile"]);
    expect(routes.map(({ route, open: isOpen }) => [route, isOpen])).toEqual([
      ["turnstile", true],
      ["signature", true],
      ["challenge", true],
      ["code", false],
      ["oidc", false],
      ["key", false],
    ]);
    expect(routes.find(({ route }) => route === "challenge")?.triesMost).toBe(512);
    expect(routes.find(({ route }) => route === "signature")?.perDay).toBe(2);
  });

  it("ask for dearer work of a client that has claimed today", async () => {
    const served = await open({ ...all, caps: { ...caps, ipv4: 20 } });
    const price = async (client: ClientOrigin) => {
      const asked = { address: "a", bearer: null, code: null, client };
      const { routes } = await eligibilityOf(served.network, asked);
      return routes.find(({ route }) => route === "challenge")?.triesMost ?? 0;
    };
    for (const address of ["x", "y", "z", "w"]) {
      await served.claim(address, { challenge: `solved ${address} ${address}` });
    }
    // Four claims of this client are one step: as much again as the quiet price.
    expect((await price(home)) - (await price({ address: "198.51.100.1" }))).toBe(512);
  });
});
