import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaucetClient } from "@cosmjs/faucet-client";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { read, root } from "../architecture/tree.ts";
import { networkOf } from "../support/test-networks.ts";

const drip = 1_000_000n;
const chainId = "clients-1";

async function newAddress(): Promise<string> {
  const [account] = await (await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" })).getAccounts();
  return account?.address ?? "";
}

describe("clients that people have already, on a running Worker", { timeout: 60_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-clients-"));
  let chain: SandboxChain;
  let worker: RawWorkerd;

  beforeAll(async () => {
    const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
    const [account] = await wallet.getAccounts();
    const genesis = [{ address: account?.address ?? "", coins: [{ denom: "usand", amount: 10n ** 18n }] }];
    chain = await startSandboxChain({ chainId, prefix: "sand", denom: "usand", genesis, blockTimeMs: 200 });
    const networks = [networkOf(chainId, chain.rpcUrl)];
    worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: wallet.mnemonic, stateDir });
  }, 120_000);

  afterAll(async () => {
    await worker?.stop();
    await chain?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it.each(["", "/", `/${chainId}`])("@cosmjs/faucet-client as published is paid, with base path %j", async (path) => {
    const address = await newAddress();
    await new FaucetClient(worker.url + path).credit(address, "usand");
    // It resolves after the answer, and that comes after the block.
    expect(chain.balanceOf(address, "usand")).toBe(drip);
  });

  it("the cosmjs script of the README, as it stands there, is paid", async () => {
    const script = /## From your code\n[\s\S]*?```js\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
    const lines = script.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(script).toContain("http://127.0.0.1:8787");
    expect(script).toContain("http://127.0.0.1:26650");
    const printed = await run(
      script.replace("http://127.0.0.1:8787", worker.url).replace("http://127.0.0.1:26650", chain.rpcUrl),
    );
    expect(printed).toContain(`amount: '${drip}'`);
  });

  it("Ignite's client finds it by host name alone and is paid", async () => {
    const found: string[] = [];
    for (const host of guesses("rpc.chain.example")) {
      const { status, body } = await askAs(host, "GET", "/info");
      if (status === 200 && body.is_a_faucet === true && body.chain_id === chainId) found.push(host);
    }
    expect(found).toEqual(["faucet.rpc.chain.example", "faucet.chain.example"]);
    const address = await newAddress();
    const { status, body } = await askAs("faucet.chain.example", "POST", "/", { address, coins: null });
    expect([status, body]).toEqual([200, { hash: expect.stringMatching(/^[0-9A-F]{64}$/) }]);
    expect(chain.balanceOf(address, "usand")).toBe(drip);
  });

  it("PAW's site finds its five answers, in the order in which it asks", async () => {
    const api = `${worker.url}/api/v1`;
    const get = async (path: string) => (await (await fetch(api + path)).json()) as Record<string, unknown>;
    expect((await get("/health")).status).toBe("healthy");
    expect(await get("/faucet/info")).toMatchObject({ amount_per_request: 1_000_000, chain_id: chainId });
    expect((await get("/faucet/recent")).transactions).toBeInstanceOf(Array);
    const address = await newAddress();
    const answer = await fetch(`${api}/faucet/request`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ address, captcha_token: "10000000-aaaa-bbbb-cccc-000000000001" }),
    });
    expect(answer.ok).toBe(true);
    expect(await answer.json()).toMatchObject({ recipient: address, amount: 1_000_000 });
    expect(chain.balanceOf(address, "usand")).toBe(drip);
    expect((await get("/faucet/stats")).total_requests).toBeGreaterThan(0);
  });

  /** Asks our port under any host name, as a name server would have sent the client here. */
  function askAs(host: string, method: string, path: string, body?: object) {
    return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: worker.port, method, path, headers: { host } };
      const asked = request(options, (answer) => {
        let text = "";
        answer.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      });
      asked.once("error", reject);
      // Go's client sets no content type here.
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
});

/** Where Ignite's client looks for the faucet of an RPC host. Source: ignite/pkg/cosmosfaucet/try_retrieve.go. */
function guesses(rpcHost: string): string[] {
  const parent = rpcHost.slice(rpcHost.indexOf(".") + 1);
  return [`${rpcHost}:4500`, `faucet.${rpcHost}`, `faucet.${parent}`, `4500-${rpcHost}`];
}

/** Runs an ES module's text in Node; answers what it printed. */
function run(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ["--input-type=module", "--eval", script];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: 30_000 });
    let [printed, error] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      error += chunk.toString();
    });
    child.once("exit", (code) => (code === 0 ? resolve(printed) : reject(new Error(error))));
  });
}
