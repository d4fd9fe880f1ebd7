import { StargateClient } from "@cosmjs/stargate";
import { Comet38Client, connectComet } from "@cosmjs/tendermint-rpc";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, enoughFee, funds, openBench, sendToAll, someone } from "./payer.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ blockTimeMs: 50 });
});
afterEach(() => bench.close());

const ubox = (amount: number) => [{ denom: "ubox", amount: `${amount}` }];

test("a signing client sends, waits for the block and sees the balances move", async () => {
  const { client, payer, chain } = bench;
  const fee = { amount: ubox(enoughFee), gas: "200000" };
  const sent = await client.sendTokens(payer, someone("a"), ubox(5), fee, "hello");
  expect(sent.code).toBe(0);
  expect(sent.msgResponses).toHaveLength(1);
  expect(await client.getBalance(someone("a"), "ubox")).toEqual({ denom: "ubox", amount: "5" });
  expect(chain.balanceOf(payer, "ubox")).toBe(funds - 5n - BigInt(enoughFee));
  expect(await client.getSequence(payer)).toEqual({ accountNumber: expect.anything(), sequence: 1 });
});

test("gas simulated without a fee, times the client's margin, is enough to pay a hundred", async () => {
  const { client, payer } = bench;
  const recipients = Array.from({ length: 100 }, (_, index) => someone(`r${index}`));
  const gas = await client.simulate(payer, [sendToAll(payer, recipients, 3)], "");
  expect(gas).toBeGreaterThan(2_000_000);
  const fee = { amount: ubox(5_000), gas: `${Math.ceil(gas * 1.25)}` };
  const sent = await client.signAndBroadcast(payer, [sendToAll(payer, recipients, 3)], fee);
  expect(sent.code).toBe(0);
  expect(Number(sent.gasUsed)).toBeLessThan(gas * 1.25);
  expect(await client.getBalance(someone("r99"), "ubox")).toEqual({ denom: "ubox", amount: "3" });
});

test("a reading client finds account, balances, block and transaction", async () => {
  const { client, chain, payer } = bench;
  const fee = { amount: ubox(enoughFee), gas: "200000" };
  const sent = await client.sendTokens(payer, someone("a"), ubox(5), fee, "find me");
  const reader = await StargateClient.connect(chain.rpcUrl);
  expect(await reader.getChainId()).toBe("box-1");
  expect((await reader.getAccount(payer))?.pubkey?.type).toBe("tendermint/PubKeySecp256k1");
  expect(await reader.getAccount(someone("nobody"))).toBeNull();
  expect(await reader.getAllBalances(someone("a"))).toEqual(ubox(5));
  expect((await reader.getTx(sent.transactionHash))?.height).toBe(sent.height);
  expect((await reader.getBlock(sent.height)).txs).toHaveLength(1);
  const byRecipient = await reader.searchTx([{ key: "transfer.recipient", value: someone("a") }]);
  expect(byRecipient.map(({ hash }) => hash)).toEqual([sent.transactionHash]);
  reader.disconnect();
});

test("a Comet 0.38 client decodes every answer that it can ask for", async () => {
  const comet = await connectComet(bench.chain.rpcUrl);
  expect(comet).toBeInstanceOf(Comet38Client);
  const client = await Comet38Client.connect(bench.chain.rpcUrl);
  bench.chain.makeBlock();
  const status = await client.status();
  expect(status.nodeInfo.network).toBe("box-1");
  expect(status.syncInfo.earliestBlockHeight).toBe(1);
  expect((await client.blockchain(1, 2)).blockMetas.map(({ header }) => header.height)).toEqual([2, 1]);
  expect((await client.commit(1)).canonical).toBe(true);
  expect((await client.block(1)).block.lastCommit).toBeNull();
  expect((await client.blockResults(1)).results).toEqual([]);
  expect((await client.abciInfo()).lastBlockHeight).toBeGreaterThanOrEqual(2);
  expect((await client.genesis()).chainId).toBe("box-1");
  expect(await client.health()).toBeNull();
  expect(await client.numUnconfirmedTxs()).toEqual({ total: 0, totalBytes: 0 });
  expect((await client.txSearch({ query: "tx.height>=1" })).totalCount).toBe(0);
  client.disconnect();
});
