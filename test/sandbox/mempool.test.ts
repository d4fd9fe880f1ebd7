import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, enoughFee, funds, openBench, resultsAt, rpc, sendTo, someone } from "./payer.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ limits: { mempoolTxsMax: 12 } });
});
afterEach(() => bench.close());

const pay = (name: string, overrides = {}) => bench.sign([sendTo(bench.payer, someone(name), 1)], overrides);

test("ten sequences in a row are taken before any block and land in one, in order", async () => {
  for (let sequence = 0; sequence < 10; sequence++) {
    expect(await bench.send(await pay(`p${sequence}`, { sequence }))).toMatchObject({ code: 0 });
  }
  expect(bench.chain.pending()).toBe(10);
  const results = await resultsAt(bench.chain, bench.chain.makeBlock());
  expect(results.map(({ code }) => code)).toEqual(Array(10).fill(0));
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(10);
});

test("account queries tell the committed sequence, not the pending one", async () => {
  await bench.send(await pay("a"));
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(0);
});

test("the same bytes again are CometBFT's cache error: pending, in a block, and after many blocks", async () => {
  const tx = await pay("a");
  expect(await bench.send(tx)).toMatchObject({ code: 0 });
  const again = async () => expect((await bench.send(tx)).fault).toBe("tx already exists in cache");
  await again();
  bench.chain.makeBlock();
  await again();
  for (let made = 0; made < 30; made++) bench.chain.makeBlock();
  await again();
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(1n);
});

test("a refused transaction may be sent again and is taken once it fits", async () => {
  const second = await pay("b", { sequence: 1 });
  expect(await bench.send(second)).toMatchObject({ code: 32 });
  await bench.send(await pay("a", { sequence: 0 }));
  expect(await bench.send(second)).toMatchObject({ code: 0 });
});

test("after the mempool is lost the same bytes are taken again and paid once", async () => {
  const tx = await pay("a");
  await bench.send(tx);
  bench.chain.dropMempool();
  expect(bench.chain.pending()).toBe(0);
  expect(await bench.send(tx)).toMatchObject({ code: 0 });
  bench.chain.makeBlock();
  bench.chain.dropMempool();
  expect(await bench.send(tx)).toMatchObject({ code: 32 });
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(1n);
});

test("a timeout height is refused only above it: the block at that height still takes it", async () => {
  const { chain } = bench;
  const tx = await pay("a", { timeout: chain.height() + 1 });
  expect(await bench.send(tx)).toMatchObject({ code: 0 });
  expect(await resultsAt(chain, chain.makeBlock())).toMatchObject([{ code: 0 }]);
});

test("one block too late it is in the block with code 30, and neither fee nor sequence is spent", async () => {
  // CheckTx runs at the last block's height, so that the SDK lets it into the next block, where it fails.
  const { chain } = bench;
  const tx = await pay("a", { timeout: chain.height() });
  expect(await bench.send(tx)).toMatchObject({ code: 0 });
  const after = await pay("b", { sequence: 1 });
  expect(await bench.send(after)).toMatchObject({ code: 0 });
  const results = await resultsAt(chain, chain.makeBlock());
  expect(results).toMatchObject([{ code: 30 }, { code: 32 }]);
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(0);
  expect(chain.balanceOf(bench.payer, "ubox")).toBe(funds);
});

test("after a block the recheck drops what became invalid and keeps the order of the rest", async () => {
  await bench.close();
  const max = 2_000_000;
  bench = await openBench({ limits: { blockGasMax: max } });
  const { chain, payer } = bench;
  // Only the first fits a block; it takes so much that the fee of the third is no longer covered.
  const taken = funds - BigInt(enoughFee) * 3n - 2_000n;
  await bench.send(await bench.sign([sendTo(payer, someone("a"), taken)], { sequence: 0, gas: max, fee: 2_000 }));
  await bench.send(await pay("b", { sequence: 1, gas: max, fee: 2_000 }));
  await bench.send(await pay("c", { sequence: 2, gas: 1_000, fee: 1 }));
  await bench.send(await pay("c", { sequence: 2, gas: max, fee: 2_000 }));
  await bench.send(await pay("d", { sequence: 3, gas: max, fee: 2_000 }));
  expect(chain.pending()).toBe(4);
  expect(await resultsAt(chain, chain.makeBlock())).toMatchObject([{ code: 0 }]);
  expect(chain.pending()).toBe(1);
  expect(await resultsAt(chain, chain.makeBlock())).toMatchObject([{ code: 0 }]);
  expect(chain.balanceOf(someone("b"), "ubox")).toBe(1n);
  expect(chain.pending()).toBe(0);
});

test("a full mempool answers CometBFT's error and has room again after a block", async () => {
  for (let sequence = 0; sequence < 12; sequence++) await bench.send(await pay("a", { sequence }));
  const last = await pay("a", { sequence: 12 });
  expect((await bench.send(last)).fault).toMatch(/^mempool is full: number of txs 12 \(max: 12\)/);
  bench.chain.makeBlock();
  expect(await bench.send(last)).toMatchObject({ code: 0 });
});

test("what is pending can be counted and listed", async () => {
  const tx = await pay("a");
  await bench.send(tx);
  const { result } = await rpc(bench.chain, "unconfirmed_txs", { limit: "5" });
  expect(result).toMatchObject({ n_txs: "1", total: "1", txs: [Buffer.from(tx).toString("base64")] });
  expect((await rpc(bench.chain, "num_unconfirmed_txs")).result).toMatchObject({ total_bytes: `${tx.length}` });
});

test("broadcast_tx_async answers with the hash and hides the refusal", async () => {
  const tx = Buffer.from(await pay("a", { sequence: 9 })).toString("base64");
  const { result } = await rpc(bench.chain, "broadcast_tx_async", { tx });
  expect(result).toMatchObject({ code: 0, log: "" });
  expect(bench.chain.pending()).toBe(0);
});
