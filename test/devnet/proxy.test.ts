import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildDevnet, buildTimeoutMs, goAvailable } from "./build.ts";
import { type Devnet, startChain } from "./chain.ts";
import { multiSend, type Payer, payerOn, someAddress } from "./payer.ts";
import { type FaultProxy, startFaultProxy } from "./proxy.ts";
import { blockHash, broadcast, chainIdOf, codeInBlock, rpc, statusOf } from "./rpc-read.ts";

describe.skipIf(!goAvailable())("the fault proxy before a real node", () => {
  let devnet: Devnet;
  let payer: Payer;
  let proxy: FaultProxy;

  beforeAll(async () => {
    await buildDevnet();
    devnet = await startChain({ blockTimeMs: 250 });
    payer = await payerOn(devnet);
    proxy = await startFaultProxy({ target: devnet.rpcUrl, seed: 1 });
    await devnet.waitForHeight(8);
  }, buildTimeoutMs);
  afterEach(() => proxy.setRules([]));
  afterAll(async () => {
    payer?.client.disconnect();
    await proxy?.stop();
    await devnet?.stop();
  });

  let recipients = 0;
  async function payment(): Promise<{ bytes: Uint8Array; recipient: string }> {
    recipients += 1;
    const recipient = someAddress("cosmos", recipients);
    return { bytes: await payer.sign([multiSend(devnet, payer.address, [recipient], 9n)]), recipient };
  }
  const paid = async (recipient: string) => (await payer.client.getBalance(recipient, "stake")).amount;
  const inTwoBlocks = async () => devnet.waitForHeight((await devnet.height()) + 2);

  it("passes POST, GET and batches through untouched without rules", async () => {
    const height = "3";
    expect(await rpc(proxy.url, "block", { height })).toEqual(await rpc(devnet.rpcUrl, "block", { height }));
    const [mine, nodes] = await Promise.all([proxy.url, devnet.rpcUrl].map((url) => fetch(`${url}/block?height=3`)));
    expect(await mine?.text()).toBe(await nodes?.text());
    const calls = [1, 2].map((id) => ({ jsonrpc: "2.0", id, method: "block", params: { height: String(id) } }));
    const batch = await fetch(proxy.url, { method: "POST", body: JSON.stringify(calls) });
    expect(((await batch.json()) as { id: number }[]).map(({ id }) => id)).toEqual([1, 2]);
    expect(proxy.stats().log).toEqual([]);
  });

  it("delays only the methods that the rule names, and says so", async () => {
    proxy.setRules([{ name: "slow", methods: ["block"], fault: { kind: "delay", ms: 400 } }]);
    const started = Date.now();
    await rpc(proxy.url, "block", { height: "1" });
    expect(Date.now() - started).toBeGreaterThanOrEqual(395);
    const again = Date.now();
    await rpc(proxy.url, "health");
    expect(Date.now() - again).toBeLessThan(395);
    expect(proxy.stats().strikes.slow).toBe(1);
    expect(proxy.stats().log.at(-1)).toMatchObject({ rule: "slow", kind: "delay", methods: ["block"] });
  });

  it("fails a broadcast before the node sees it", async () => {
    const { bytes, recipient } = await payment();
    proxy.setRules([{ name: "before", methods: ["broadcast_tx_sync"], fault: { kind: "failBefore" }, times: 1 }]);
    await expect(broadcast(proxy.url, bytes)).rejects.toThrow("HTTP 503");
    await inTwoBlocks();
    expect(await paid(recipient)).toBe("0");
    const second = await broadcast(proxy.url, bytes);
    expect(second.code).toBe(0);
    expect(await codeInBlock(devnet.rpcUrl, second.hash)).toBe(0);
    expect(proxy.stats().strikes.before).toBe(1);
  });

  it("fails a broadcast after the node took it", async () => {
    const { bytes, recipient } = await payment();
    proxy.setRules([{ name: "after", methods: ["broadcast_tx_sync"], fault: { kind: "failAfter", status: 500 } }]);
    await expect(broadcast(proxy.url, bytes)).rejects.toThrow("HTTP 500");
    await inTwoBlocks();
    expect(await paid(recipient)).toBe("9");
  });

  it("loses the answer to a broadcast that the node took", async () => {
    const { bytes, recipient } = await payment();
    proxy.setRules([{ name: "lost", methods: ["broadcast_tx_sync"], fault: { kind: "dropAnswer" } }]);
    await expect(broadcast(proxy.url, bytes)).rejects.toThrow("fetch failed");
    await inTwoBlocks();
    expect(await paid(recipient)).toBe("9");
  });

  it("rolls the same faults for the same seed", async () => {
    const rolled = async (seed: number): Promise<string> => {
      const other = await startFaultProxy({ target: devnet.rpcUrl, seed });
      other.setRules([{ name: "half", fault: { kind: "failBefore" }, probability: 0.5 }]);
      const word: string[] = [];
      for (let n = 0; n < 24; n++) {
        const { status } = await fetch(`${other.url}/health`);
        word.push(status === 200 ? "." : "x");
      }
      await other.stop();
      return word.join("");
    };
    const first = await rolled(5);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
    expect(await rolled(5)).toBe(first);
    expect(await rolled(6)).not.toBe(first);
  });

  describe("as a node that lags", () => {
    it("shows an older block as its newest, with that block's hash", async () => {
      proxy.setRules([{ name: "lag", fault: { kind: "stale", behind: 4 } }]);
      const newest = await devnet.height();
      const seen = await statusOf(proxy.url);
      expect(seen.height).toBeGreaterThanOrEqual(newest - 4);
      expect(seen.height).toBeLessThan(await devnet.height());
      expect(seen.hash).toBe(await blockHash(devnet.rpcUrl, seen.height));
      expect(proxy.stats().log.at(-1)).toMatchObject({ rule: "lag", kind: "stale", methods: ["status"] });
    });

    it("stays where it stopped while the chain goes on", async () => {
      proxy.setRules([{ name: "frozen", fault: { kind: "stale", at: "now" } }]);
      const { height } = await statusOf(proxy.url);
      await devnet.waitForHeight(height + 3);
      expect((await statusOf(proxy.url)).height).toBe(height);
      expect(await rpc(proxy.url, "block")).toMatchObject({
        result: { block: { header: { height: String(height) } } },
      });
      const metas = await rpc(proxy.url, "blockchain", { minHeight: "1", maxHeight: String(height + 2) });
      expect(metas).toMatchObject({ result: { last_height: String(height) } });
      expect(metas).toHaveProperty("result.block_metas.0.header.height", String(height));
    });

    it("answers what is beyond it in the real node's own words", async () => {
      const lagging = 5;
      proxy.setRules([{ name: "frozen", fault: { kind: "stale", at: lagging } }]);
      const real = await devnet.height();
      const words = (text: string | undefined) => text?.replaceAll(/\d+/g, "#");
      for (const method of ["block", "block_results", "commit", "validators"]) {
        const beyond = await rpc(devnet.rpcUrl, method, { height: String(real + 50) });
        const mine = await rpc(proxy.url, method, { height: String(lagging + 1) });
        expect(mine.error?.code).toBe(beyond.error?.code);
        expect(words(mine.error?.data)).toBe(words(beyond.error?.data));
      }
      const heights = { minHeight: String(real + 40), maxHeight: String(real + 50) };
      const beyond = await rpc(devnet.rpcUrl, "blockchain", heights);
      const mine = await rpc(proxy.url, "blockchain", { minHeight: "6", maxHeight: "7" });
      expect(words(mine.error?.data)).toBe(words(beyond.error?.data));
      const query = { path: "/cosmos.bank.v1beta1.Query/Params", data: "" };
      const state = await rpc(devnet.rpcUrl, "abci_query", { ...query, height: String(real + 50) });
      const older = await rpc(proxy.url, "abci_query", { ...query, height: String(lagging + 1) });
      expect(older.result).toEqual(state.result);
      const uri = await fetch(`${proxy.url}/block?height=${lagging + 1}`);
      const nodes = await fetch(`${devnet.rpcUrl}/block?height=${real + 50}`);
      expect(uri.status).toBe(nodes.status);
    });

    it("reads balances as they were", async () => {
      const { bytes, recipient } = await payment();
      proxy.setRules([{ name: "frozen", fault: { kind: "stale", at: "now" } }]);
      const before = await statusOf(proxy.url);
      const { hash } = await broadcast(proxy.url, bytes);
      expect(await codeInBlock(devnet.rpcUrl, hash)).toBe(0);
      expect(await paid(recipient)).toBe("9");
      const { StargateClient } = await import("@cosmjs/stargate");
      const lagging = await StargateClient.connect(proxy.url);
      expect((await lagging.getBalance(recipient, "stake")).amount).toBe("0");
      const { error } = await rpc(proxy.url, "tx", { hash: Buffer.from(hash, "hex").toString("base64") });
      expect(error?.data).toContain("not found");
      expect((await statusOf(proxy.url)).height).toBe(before.height);
      proxy.setRules([]);
      expect((await lagging.getBalance(recipient, "stake")).amount).toBe("9");
      lagging.disconnect();
    });
  });

  it("answers 502 while the node is down, and follows it to another address", async () => {
    const other = await startChain({ chainId: "other-1", blockTimeMs: 250 });
    const front = await startFaultProxy({ target: other.rpcUrl, seed: 1 });
    expect(await chainIdOf(front.url)).toBe("other-1");
    await other.stop();
    await expect(rpc(front.url, "status")).rejects.toThrow("HTTP 502");
    expect(front.stats().unreachable).toBe(1);
    front.retarget(devnet.rpcUrl);
    expect(await chainIdOf(front.url)).toBe("devnet-1");
    await front.stop();
  });
});
