import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { readMigrations } from "../../sandbox/migrations.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { networkOf } from "../support/test-networks.ts";

const drip = 1_000_000n;

async function newAddress(): Promise<string> {
  const [account] = await (await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" })).getAccounts();
  return account?.address ?? "";
}

describe("a bare workerd", { timeout: 120_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-raw-"));
  let chain: SandboxChain;
  let worker: RawWorkerd;
  let mnemonic: string;

  const start = (port: number) => {
    const networks = [networkOf("raw-1", chain.rpcUrl)];
    return startRawWorkerd({ port, networks, faucetMnemonic: mnemonic, stateDir });
  };
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${worker.url}/api/v1/networks/raw-1/faucet/claims${path}`, init);
    return (await answer.json()) as Record<string, unknown>;
  };
  const ended = async (id: unknown) => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const claim = await ask(`/${String(id)}`);
      if (claim.state === "confirmed" || claim.state === "failed") return claim.state;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return "never";
  };

  beforeAll(async () => {
    const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
    mnemonic = wallet.mnemonic;
    const [account] = await wallet.getAccounts();
    const genesis = [{ address: account?.address ?? "", coins: [{ denom: "usand", amount: 10n ** 18n }] }];
    chain = await startSandboxChain({ chainId: "raw-1", prefix: "sand", denom: "usand", genesis, blockTimeMs: 200 });
    worker = await start(0);
  }, 120_000);

  afterAll(async () => {
    await worker?.stop();
    await chain?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("pays after kill -9 what it had accepted before, once, whether it was signed or not", async () => {
    chain.hold();
    const before = { address: await newAddress(), id: "" as unknown };
    before.id = (await ask("", { method: "POST", body: JSON.stringify({ address: before.address }) })).id;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const after = { address: await newAddress(), id: "" as unknown };
    after.id = (await ask("", { method: "POST", body: JSON.stringify({ address: after.address }) })).id;
    await worker.kill9();
    chain.release();
    worker = await start(worker.port);
    expect([await ended(before.id), await ended(after.id)]).toEqual(["confirmed", "confirmed"]);
    expect(chain.balanceOf(before.address, "usand")).toBe(drip);
    expect(chain.balanceOf(after.address, "usand")).toBe(drip);
  });

  it("goes on after kill -9 by itself, when nobody asks for the claim", async () => {
    const address = await newAddress();
    chain.hold();
    await ask("", { method: "POST", body: JSON.stringify({ address }) });
    await worker.kill9();
    worker = await start(worker.port);
    chain.release();
    for (let wait = 0; wait < 200 && chain.balanceOf(address, "usand") === 0n; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(chain.balanceOf(address, "usand")).toBe(drip);
  });

  it("copies what it did into its own D1, over the wire format of the real one", async () => {
    const address = await newAddress();
    const claim = await ask("?wait=confirmed", { method: "POST", body: JSON.stringify({ address }) });
    expect(claim.state).toBe("confirmed");
    let claims: unknown = [];
    for (let wait = 0; wait < 50 && JSON.stringify(claims) !== JSON.stringify([claim]); wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      claims = (await ask(`?address=${address}`)).claims;
    }
    expect(claims).toEqual([claim]);
    expect(await worker.query("SELECT count(*) AS n FROM d1_migrations")).toEqual([{ n: readMigrations().length }]);
  });

  it("never writes the faucet's words into its log", () => {
    const log = readFileSync(join(stateDir, "workerd.log"), "utf8");
    expect(log).toContain("batch_paid");
    expect(log).not.toContain(mnemonic);
    expect(log).not.toContain(mnemonic.split(" ").slice(0, 3).join(" "));
  });
});
