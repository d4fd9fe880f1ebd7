import { toBech32 } from "@cosmjs/encoding";
import { afterAll, describe, expect, it } from "vitest";
import { type Answer, ask, claim, claimsOf, newAddress, until } from "../support/api.ts";

const chain = "limited-1";
/** What `limited-1` gives one IPv4 address a day; see test/support/sandbox-setup.ts. */
const cap = 3;
let clients = 0;

/** An IPv4 address that no other test uses. */
function newClient(): string {
  clients += 1;
  return `198.51.${clients >> 8}.${clients & 255}`;
}

/** A claim for a new address, as the edge would hand it on. */
function from(ip: string, headers: Readonly<Record<string, string>> = {}, address = newAddress()): Promise<Answer> {
  return claim(chain, { address }, { "cf-connecting-ip": ip, ...headers });
}

async function codes(requests: readonly (() => Promise<Answer>)[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const request of requests) {
    const { status, body } = await request();
    answers.push(status === 202 ? 202 : body.code);
  }
  return answers;
}

const times = (count: number, request: () => Promise<Answer>) => codes(Array.from({ length: count }, () => request));
const accepted = (answers: readonly unknown[]) => answers.filter((answer) => answer === 202).length;

function ended(id: unknown): Promise<Answer> {
  return until(
    () => ask(`${claimsOf(chain)}/${String(id)}`),
    ({ body }) => body.state === "confirmed" || body.state === "failed",
  );
}

/** A claim in flight at the file's end would keep vitest from ending. */
afterAll(async () => {
  for (const chainId of [chain, "sandbox-1"]) {
    await until(
      () => ask(`/api/v1/networks/${chainId}/faucet`),
      ({ body }) => body.queueLength === 0 && body.submitted === 0,
    );
  }
}, 30_000);

describe("a client", () => {
  it("is refused as client_limited at its cap, with the time when it may claim again", async () => {
    const ip = newClient();
    expect(await times(cap, () => from(ip))).toEqual([202, 202, 202]);
    const { status, body, headers } = await from(ip);
    expect([status, body.code]).toEqual([429, "client_limited"]);
    expect(body.detail).toContain("IPv4 address");
    const wait = Number(headers.get("retry-after"));
    expect(wait).toBeGreaterThan(86_300);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect(Math.abs(Date.parse(String(body.retryAt)) - Date.now() - wait * 1000)).toBeLessThan(2_000);
    expect((await from(newClient())).status).toBe(202);
  });

  it("gets exactly its cap when it asks 200 times at once for as many addresses", async () => {
    const ip = newClient();
    const answers = await Promise.all(Array.from({ length: 200 }, () => from(ip)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(cap);
    expect(new Set(answers.filter(({ status }) => status !== 202).map(({ body }) => body.code))).toEqual(
      new Set(["client_limited"]),
    );
  });

  it("of IPv6 is counted by /64, /56 and /48", async () => {
    expect(await times(2, () => from("2001:db8:1:100::1"))).toEqual([202, "client_limited"]);
    expect(await times(2, () => from("2001:db8:1:101::1"))).toEqual([202, "client_limited"]);
    expect(await times(1, () => from("2001:db8:1:102::1"))).toEqual(["client_limited"]);
    expect(await times(1, () => from("2001:db8:1:200::1"))).toEqual([202]);
    expect(await times(1, () => from("2001:db8:1:300::1"))).toEqual(["client_limited"]);
    expect(await times(1, () => from("2001:db8:2:300::1"))).toEqual([202]);
  });

  it("gains nothing by a forged X-Forwarded-For, nor by any other header that a client may write", async () => {
    const ip = newClient();
    const forged = ["x-forwarded-for", "x-real-ip", "true-client-ip", "forwarded", "cf-connecting-ipv6", "x-client-ip"];
    const requests = forged.map((header) => () => from(ip, { [header]: newClient() }));
    expect(accepted(await codes(requests))).toBe(cap);
  });

  it("behind Pseudo IPv4 is its real IPv6 address", async () => {
    const real = { "cf-connecting-ipv6": "2001:db8:77:1::1" };
    expect(await codes([() => from("240.1.2.3", real), () => from("250.9.9.9", real)])).toEqual([
      202,
      "client_limited",
    ]);
    expect(await times(1, () => from("2001:db8:77:1::2"))).toEqual(["client_limited"]);
  });

  it("behind another Worker shares one cap with all others there, whatever address is named", async () => {
    const answers = await times(cap + 3, () => from(newClient(), { "cf-worker": `${newClient()}.example` }));
    expect(accepted(answers)).toBe(cap);
    const { body } = await from(newClient(), { "cf-worker": "example.com" });
    expect(body.detail).toContain("another Worker");
  });

  it("without an address, or with none that can be read, shares one cap", async () => {
    expect(accepted(await times(cap + 2, () => claim(chain, { address: newAddress() })))).toBe(cap);
    const garbage = ["unknown", "192.0.2.1, 192.0.2.2", "fe80::1%eth0", "[2001:db8::1]:443", "1.2.3.4:5", "999.1.1.1"];
    expect(accepted(await codes(garbage.map((ip) => () => from(ip))))).toBe(cap);
  });

  it("is counted over a peer's wire too", async () => {
    const ip = newClient();
    expect(await times(cap, () => from(ip))).toEqual([202, 202, 202]);
    const { exports } = await import("cloudflare:workers");
    const body = JSON.stringify({ address: newAddress(), denom: "usand" });
    const init = { method: "POST", body, headers: { "cf-connecting-ip": ip } };
    const answer = await exports.default.fetch(new Request(`http://wellspring.test/${chain}/credit`, init));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toBe("ok");
  });

  it("is not counted where the network sets no cap", async () => {
    const ip = newClient();
    const requests = Array.from(
      { length: 10 },
      () => () => claim("sandbox-1", { address: newAddress() }, { "cf-connecting-ip": ip }),
    );
    expect(accepted(await codes(requests))).toBe(10);
  });
});

describe("a client's count", () => {
  it("comes back when the claim is refused further on", async () => {
    const ip = newClient();
    const address = newAddress();
    expect((await from(ip, {}, address)).status).toBe(202);
    const refused = await times(8, () => from(ip, {}, address));
    expect(new Set(refused)).not.toContain("client_limited");
    expect(accepted(refused)).toBe(0);
    expect(accepted(await times(cap, () => from(ip)))).toBe(cap - 1);
  });

  it("is not touched by what is no claim at all", async () => {
    const ip = newClient();
    await times(8, () => from(ip, {}, "nonsense"));
    expect(accepted(await times(cap + 2, () => from(ip)))).toBe(cap);
  });

  it("comes back when the claim fails", async () => {
    const ip = newClient();
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("fee_collector"));
    const blocked = toBech32("sand", new Uint8Array(hash).slice(0, 20));
    const failing = await from(ip, {}, blocked);
    expect(failing.status).toBe(202);
    expect(accepted(await times(cap, () => from(ip)))).toBe(cap - 1);
    expect((await ended(failing.body.id)).body.state).toBe("failed");
    await until(
      () => from(ip),
      ({ status }) => status === 202,
    );
    expect(await times(2, () => from(ip))).toEqual(["client_limited", "client_limited"]);
  });

  it("holds one claim under one Idempotency-Key, which is answered again when the client is full", async () => {
    const ip = newClient();
    const address = newAddress();
    const key = { "idempotency-key": crypto.randomUUID() };
    const same = await Promise.all(Array.from({ length: 20 }, () => from(ip, key, address)));
    expect(new Set(same.map(({ status }) => status))).toEqual(new Set([202]));
    expect(accepted(await times(cap, () => from(ip)))).toBe(cap - 1);
    const again = await from(ip, key, address);
    expect([again.status, again.body.id]).toEqual([202, same[0]?.body.id]);
    const elsewhere = newClient();
    expect(accepted(await times(cap, () => from(elsewhere)))).toBe(cap);
    expect((await from(elsewhere, key, address)).status).toBe(202);
  });

  it("is not freed by a refused twin of an accepted claim under one Idempotency-Key", async () => {
    const ip = newClient();
    const rounds = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const key = { "idempotency-key": crypto.randomUUID() };
        // One of each pair is accepted, the other refused: it names another address.
        const twins = [newAddress(), newAddress(), newAddress()].map((address) => from(ip, key, address));
        return (await Promise.all(twins)).filter(({ status }) => status === 202).length;
      }),
    );
    expect(rounds.reduce((sum, one) => sum + one, 0)).toBe(cap);
    expect(await times(2, () => from(ip))).toEqual(["client_limited", "client_limited"]);
  });
});
