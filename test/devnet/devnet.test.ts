import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDevnet, buildTimeoutMs, goAvailable } from "./build.ts";
import { type Devnet, fundedAmount, startChain } from "./chain.ts";
import { pawShape } from "./options.ts";
import { moduleAddress, multiSend, type Payer, payerOn, send, someAddress } from "./payer.ts";
import { ask, blockHash, broadcast, chainIdOf, codeInBlock, rpc } from "./rpc-read.ts";

describe.skipIf(!goAvailable())("a real chain", () => {
  beforeAll(async () => {
    await buildDevnet();
  }, buildTimeoutMs);

  describe("with fast blocks", () => {
    let devnet: Devnet;
    let payer: Payer;

    beforeAll(async () => {
      const accounts = [{ address: someAddress("cosmos", 0), amount: 12_345n }];
      devnet = await startChain({ blockTimeMs: 250, accounts });
      payer = await payerOn(devnet);
    });
    afterAll(async () => {
      payer?.client.disconnect();
      await devnet?.stop();
    });

    it("makes blocks at about the pace that was asked for", async () => {
      const height = await devnet.height();
      const started = Date.now();
      await devnet.waitForHeight(height + 4);
      expect(Date.now() - started).toBeLessThan(5_000);
    });

    it("funds the accounts that were asked for, and its own", async () => {
      expect((await payer.client.getBalance(someAddress("cosmos", 0), "stake")).amount).toBe("12345");
      expect((await payer.client.getBalance(payer.address, "stake")).amount).toBe(fundedAmount.toString());
    });

    it("pays every output of a MsgMultiSend", async () => {
      const recipients = [11, 12, 13].map((n) => someAddress("cosmos", n));
      const bytes = await payer.sign([multiSend(devnet, payer.address, recipients, 700n)]);
      const { code, hash } = await broadcast(devnet.rpcUrl, bytes);
      expect(code).toBe(0);
      expect(await codeInBlock(devnet.rpcUrl, hash)).toBe(0);
      for (const recipient of recipients) {
        expect((await payer.client.getBalance(recipient, "stake")).amount).toBe("700");
      }
    });

    it("takes a payment to a blocked module account into a block and fails it there with code 4", async () => {
      const recipients = [someAddress("cosmos", 21), moduleAddress("cosmos", "fee_collector")];
      const bytes = await payer.sign([multiSend(devnet, payer.address, recipients, 5n)]);
      const { code, hash } = await broadcast(devnet.rpcUrl, bytes);
      expect(code).toBe(0);
      expect(await codeInBlock(devnet.rpcUrl, hash)).toBe(4);
      expect((await payer.client.getBalance(someAddress("cosmos", 21), "stake")).amount).toBe("0");
    });

    it("has no ante limits unless told", async () => {
      const many = Array.from({ length: 11 }, () => send(devnet, payer.address, someAddress("cosmos", 31), 1n));
      const { code, hash } = await broadcast(devnet.rpcUrl, await payer.sign(many, { gas: 10_000_001 }));
      expect(code).toBe(0);
      expect(await codeInBlock(devnet.rpcUrl, hash)).toBe(0);
    });

    it("goes on at a greater height, on the same blocks, after kill -9 and a restart", async () => {
      const height = await devnet.height();
      const [hash, pid] = [await blockHash(devnet.rpcUrl, height), devnet.pid()];
      await devnet.kill9();
      await expect(devnet.height()).rejects.toThrow();
      await devnet.restart();
      expect(await devnet.height()).toBeGreaterThan(height);
      expect(await blockHash(devnet.rpcUrl, height)).toBe(hash);
      expect(devnet.pid()).not.toBe(pid);
    });

    it("begins again with another block 1, and the same accounts, after a reset", async () => {
      const first = await blockHash(devnet.rpcUrl, 1);
      await devnet.resetChain();
      expect(await blockHash(devnet.rpcUrl, 1)).not.toBe(first);
      expect((await payer.client.getBalance(payer.address, "stake")).amount).toBe(fundedAmount.toString());
      expect((await payer.client.getBalance(someAddress("cosmos", 11), "stake")).amount).toBe("0");
    });
  });

  describe("in PAW's shape", () => {
    let devnet: Devnet;
    let payer: Payer;

    beforeAll(async () => {
      devnet = await startChain({ ...pawShape, blockTimeMs: 250 });
      payer = await payerOn(devnet);
    });
    afterAll(async () => {
      payer?.client.disconnect();
      await devnet?.stop();
    });

    const ones = (count: number) =>
      Array.from({ length: count }, () => send(devnet, payer.address, someAddress("pawtest", 1), 1n));

    it("boots with its own chain id, prefix and denom", async () => {
      expect(devnet.chainId).toBe("paw-testnet-1");
      expect(await chainIdOf(devnet.rpcUrl)).toBe("paw-testnet-1");
      expect(payer.address).toMatch(/^pawtest1/);
      expect((await payer.client.getBalance(payer.address, "upaw")).amount).toBe(fundedAmount.toString());
    });

    it("refuses the eleventh message and pays ten", async () => {
      const refused = await broadcast(devnet.rpcUrl, await payer.sign(ones(11), { gas: 2_000_000, fee: 2_000 }));
      expect(refused.code).toBe(18);
      expect(refused.log).toContain("has 11 messages, this chain takes at most 10");
      const taken = await broadcast(devnet.rpcUrl, await payer.sign(ones(10), { gas: 2_000_000, fee: 2_000 }));
      expect(taken.code).toBe(0);
      await devnet.waitForHeight((await devnet.height()) + 2);
      expect((await payer.client.getBalance(someAddress("pawtest", 1), "upaw")).amount).toBe("10");
    });

    it("refuses 10,000,001 gas and takes 10,000,000", async () => {
      const refused = await broadcast(devnet.rpcUrl, await payer.sign(ones(1), { gas: 10_000_001, fee: 10_001 }));
      expect(refused.code).toBe(41);
      expect(refused.log).toContain("asks for 10000001 gas, this chain takes at most 10000000");
      const taken = await broadcast(devnet.rpcUrl, await payer.sign(ones(1), { gas: 10_000_000, fee: 10_000 }));
      expect(taken.code).toBe(0);
      await devnet.waitForHeight((await devnet.height()) + 2);
    });

    it("refuses a memo of 257 bytes and a fee below its gas price", async () => {
      const memo = await broadcast(devnet.rpcUrl, await payer.sign(ones(1), { fee: 200, memo: "m".repeat(257) }));
      expect(memo.code).toBe(12);
      const cheap = await broadcast(devnet.rpcUrl, await payer.sign(ones(1), { gas: 200_000, fee: 199 }));
      expect(cheap.code).toBe(13);
    });

    it("has no transaction index", async () => {
      const { error } = await rpc(devnet.rpcUrl, "tx", { hash: Buffer.alloc(32).toString("base64") });
      expect(error?.data).toContain("transaction indexing is disabled");
    });
  });

  it("is signed by four validators, and goes on with three", async () => {
    const devnet = await startChain({ validators: 4, blockTimeMs: 250 });
    try {
      const height = await devnet.waitForHeight(5);
      const signatures = async (at: number): Promise<number> => {
        type Commit = { signed_header: { commit: { signatures: { block_id_flag: number }[] } } };
        const { signed_header: header } = await ask<Commit>(devnet.rpcUrl, "commit", { height: String(at) });
        return header.commit.signatures.filter((each) => each.block_id_flag === 2).length;
      };
      // The newest commit may still lack a signature that comes late.
      await devnet.waitForHeight(height + 1);
      expect(await signatures(height - 1)).toBe(4);
      await devnet.kill9(3);
      const after = await devnet.waitForHeight((await devnet.height()) + 4, 60_000);
      expect(await signatures(after - 1)).toBe(3);
      await devnet.restart();
    } finally {
      await devnet.stop();
    }
  });
});
