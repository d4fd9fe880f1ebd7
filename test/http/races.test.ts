import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RawHouse, rawDrip, startRawHouse } from "../support/raw-house.ts";
import { solve } from "../support/solve-challenge.ts";

const atOnce = 200;
const newAddress = () => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
type Told = { readonly status: number; readonly body: Record<string, unknown> };

describe("200 requests at once over HTTP", { timeout: 120_000 }, () => {
  let house: RawHouse<"open-1" | "capped-1" | "pow-1">;
  const ask = async (path: string, body: object, headers: Record<string, string> = {}): Promise<Told> => {
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${house.worker.url}/api/v1/networks/${path}`, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const rush = (one: (index: number) => Promise<Told>) =>
    Promise.all(Array.from({ length: atOnce }, (_, index) => one(index)));
  const taken = (answers: readonly Told[]) => answers.filter(({ status }) => status === 202);
  const codes = (answers: readonly Told[]) => [...new Set(answers.map(({ body }) => String(body.code ?? "")))].sort();
  const paidTo = async (id: "open-1" | "capped-1" | "pow-1", addresses: readonly string[]) => {
    for (let wait = 0; wait < 300; wait += 1) {
      const answer = await fetch(`${house.worker.url}/api/v1/networks/${id}/faucet`);
      const { queueLength, submitted } = (await answer.json()) as Record<string, number>;
      if (queueLength === 0 && submitted === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return addresses.map((address) => house.chains[id].balanceOf(address, "usand")).filter((balance) => balance > 0n);
  };

  beforeAll(async () => {
    const pow = { challenge: "pow", challengeTries: 2, cooldownSeconds: 0, limits: { hourlyBudget: 1_000 } };
    const capped = { limits: { client: { ipv4: 7, ipv6By64: 2, ipv6By56: 3, ipv6By48: 5 } } };
    house = await startRawHouse({ "open-1": {}, "capped-1": { faucet: capped }, "pow-1": { faucet: pow } });
  });

  afterAll(() => house?.stop());

  it("under one Idempotency-Key are one claim, paid once, and each gets the same answer", async () => {
    const address = newAddress();
    const key = { "idempotency-key": crypto.randomUUID() };
    const answers = await rush(() => ask("open-1/faucet/claims", { address }, key));
    expect(taken(answers)).toHaveLength(atOnce);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await paidTo("open-1", [address])).toEqual([rawDrip]);
  });

  it("under one Idempotency-Key for 200 addresses pay one of them", async () => {
    const addresses = Array.from({ length: atOnce }, newAddress);
    const key = { "idempotency-key": crypto.randomUUID() };
    const answers = await rush((index) => ask("open-1/faucet/claims", { address: addresses[index] }, key));
    expect(taken(answers)).toHaveLength(1);
    expect(codes(answers)).toEqual(["", "idempotency_key_reused"]);
    expect(await paidTo("open-1", addresses)).toEqual([rawDrip]);
  });

  it("for one address, in upper and lower case, over our API and two dialects, pay it once", async () => {
    const address = newAddress();
    const spelled = (index: number) => (index % 2 === 0 ? address : address.toUpperCase());
    const peer = async (path: string, body: object): Promise<Told> => {
      const init = { method: "POST", body: JSON.stringify(body) };
      const answer = await fetch(house.worker.url + path, init);
      return { status: answer.status === 200 ? 202 : answer.status, body: { code: await answer.text() } };
    };
    const answers = await rush((index) => {
      if (index % 5 === 0) return peer("/credit", { address: spelled(index), denom: "usand" });
      if (index % 5 === 1) return peer("/api/v1/faucet/request", { address: spelled(index) });
      return ask("open-1/faucet/claims", { address: spelled(index) });
    });
    expect(taken(answers)).toHaveLength(1);
    expect(await paidTo("open-1", [address])).toEqual([rawDrip]);
  });

  it("with one solved challenge pay one claim", async () => {
    const address = newAddress();
    const { body } = await ask("pow-1/faucet/challenges", { address });
    const challenge = await solve(body.challenge);
    const answers = await rush(() => ask("pow-1/faucet/claims", { address, challenge }));
    expect(taken(answers)).toHaveLength(1);
    expect(await paidTo("pow-1", [address])).toEqual([rawDrip]);
    const later = await rush(() => ask("pow-1/faucet/claims", { address, challenge }));
    expect(codes(later)).toEqual(["challenge_used"]);
    expect(await paidTo("pow-1", [address])).toEqual([rawDrip]);
  });

  it.each([
    ["one IPv4 address", 7, () => "192.0.2.9"],
    ["one IPv6 /64", 2, (index: number) => `2001:db8:1:1::${index.toString(16)}`],
    ["one /56, each from another /64", 3, (index: number) => `2001:db8:2:${index.toString(16)}::1`],
    ["one /48, each from another /64", 5, (index: number) => `2001:db8:3:${(index * 300).toString(16)}::1`],
  ])("from %s for 200 addresses pay as many as its cap says", async (_, cap, from) => {
    const addresses = Array.from({ length: atOnce }, newAddress);
    const answers = await rush((index) =>
      ask("capped-1/faucet/claims", { address: addresses[index] }, { "cf-connecting-ip": from(index) }),
    );
    expect(taken(answers)).toHaveLength(cap);
    expect(codes(answers)).toEqual(["", "client_limited"]);
    expect(await paidTo("capped-1", addresses)).toEqual(new Array(cap).fill(rawDrip));
  });
});
