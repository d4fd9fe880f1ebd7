import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { StandardWebhook } from "../../workers/webhooks/standard-webhook.ts";
import { networkOf } from "../support/test-networks.ts";

const secret = `whsec_${btoa("a secret of the tests, 32 bytes!")}`;

type Got = { readonly id: string; readonly body: string; readonly headers: Record<string, string> };

/** A receiver on loopback that answers each request as the next of `plan` says, and 204 when the plan is at its end. */
class Receiver {
  readonly got: Got[] = [];
  readonly plan: ((response: ServerResponse) => void)[] = [];
  readonly #server: Server = createServer((request, response) => void this.#take(request, response));

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    this.got.push({ id: headers["webhook-id"] ?? "", body, headers });
    const answer = this.plan.shift() ?? ((open: ServerResponse) => open.writeHead(204).end());
    answer(response);
  }
}

describe("a signed message", () => {
  it("is taken by a 2xx alone: not by an error, a redirect, a hang or a closed line, and never throws", async () => {
    const receiver = new Receiver();
    const url = await receiver.open();
    receiver.plan.push(
      (response) => response.writeHead(500).end(),
      (response) => response.writeHead(307, { location: url }).end(),
      () => undefined,
      (response) => response.destroy(),
      (response) => response.writeHead(200).end("x".repeat(100_000)),
    );
    const sender = new StandardWebhook(url, secret, () => Date.now(), 300);
    const answers: (string | null)[] = [];
    for (let tries = 0; tries < 5; tries += 1) answers.push(await sender.send({ id: "msg_1", body: '{"a":1}' }));
    expect(answers[0]).toContain("500");
    expect(answers[1]).toContain("307");
    expect(answers.slice(2, 4).every((answer) => answer !== null && !answer.includes("127.0.0.1"))).toBe(true);
    expect(answers[4]).toBeNull();
    expect(receiver.got.map(({ id }) => id)).toEqual(new Array(5).fill("msg_1"));
    for (const { body, headers } of receiver.got) expect(new Webhook(secret).verify(body, headers)).toEqual({ a: 1 });
    const forged = receiver.got[0];
    expect(() => new Webhook(secret).verify('{"a":2}', forged?.headers ?? {})).toThrow();
    receiver.close();
    expect(await sender.send({ id: "msg_2", body: "{}" })).not.toBeNull();
  });
});

describe("a deployed bundle that tells a receiver", { timeout: 120_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-hooks-"));
  const receiver = new Receiver();
  let chain: SandboxChain;
  let worker: RawWorkerd;
  let canary: string;

  beforeAll(async () => {
    const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
    const [account] = await wallet.getAccounts();
    canary = (await (await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" })).getAccounts())[0]?.address ?? "";
    const genesis = [{ address: account?.address ?? "", coins: [{ denom: "usand", amount: 10n ** 18n }] }];
    chain = await startSandboxChain({ chainId: "raw-1", prefix: "sand", denom: "usand", genesis, blockTimeMs: 200 });
    const settings = { WEBHOOK_URL: await receiver.open(), WEBHOOK_SECRET: secret };
    receiver.plan.push((response) => response.writeHead(503).end());
    const faucet = { cooldownSeconds: 300, canary: { address: canary, everyMinutes: 5 } };
    const networks = [networkOf("raw-1", chain.rpcUrl, faucet)];
    worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: wallet.mnemonic, stateDir, settings });
  }, 120_000);

  afterAll(async () => {
    await worker?.stop();
    await chain?.stop();
    receiver.close();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("claims for the canary by cron, once a slot, and tells of it under one id until it is taken", async () => {
    await worker.scheduled();
    const endMs = Date.now() + 30_000;
    while (receiver.got.length < 2 && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 100));
    const [first, again, ...more] = receiver.got;
    expect([again?.id, again?.body, more]).toEqual([first?.id, first?.body, []]);
    const told = new Webhook(secret).verify(again?.body ?? "", again?.headers ?? {});
    expect(told).toMatchObject({ type: "claim.confirmed", data: { chainId: "raw-1", claims: [{ address: canary }] } });
    // Whatever slot the second look falls into, it pays nothing more: the cooldown is as long as a slot.
    await worker.scheduled();
    expect(chain.balanceOf(canary, "usand")).toBe(1_000_000n);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('wellspring_canary_total{chain_id="raw-1",result="confirmed"} 1');
    expect(metrics).toContain('wellspring_alert{chain_id="raw-1",alert="faucet.canary_failed"} 0');
    expect(metrics).not.toContain(canary);
  });
});
