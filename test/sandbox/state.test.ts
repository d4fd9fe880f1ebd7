import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, openBench, rpc, sendTo, someone } from "./payer.ts";

let folder: string;
let stateFile: string;
let bench: Bench;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-chain-"));
  stateFile = join(folder, "chain.state");
  bench = await openBench({ stateFile });
});
afterEach(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

async function restart(options = {}) {
  await bench.close();
  bench = await openBench({ stateFile, ...options });
}

const payOne = async (name: string) => bench.send(await bench.sign([sendTo(bench.payer, someone(name), 5)]));
const answers = async () =>
  Promise.all(
    ["block", "block_results", "commit"].map((method) =>
      Promise.all([1, 2, 3].map((height) => rpc(bench.chain, method, { height: `${height}` }))),
    ),
  );

test("a restart goes on at the next height with the same blocks, results, balances and sequences", async () => {
  await payOne("a");
  bench.chain.makeBlock();
  await bench.send(await bench.sign([sendTo(bench.payer, someone("b"), 10_000_000_000)]));
  bench.chain.makeBlock();
  bench.chain.makeBlock();
  const before = await answers();
  const payer = bench.chain.balanceOf(bench.payer, "ubox");
  await restart();
  expect(bench.chain.height()).toBe(4);
  expect(await answers()).toEqual(before);
  expect(bench.chain.balanceOf(bench.payer, "ubox")).toBe(payer);
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(5n);
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(2);
  expect(await payOne("c")).toMatchObject({ code: 0 });
  bench.chain.makeBlock();
  expect(bench.chain.balanceOf(someone("c"), "ubox")).toBe(5n);
});

test("a block cut short by a crash is dropped and made again", async () => {
  await payOne("a");
  bench.chain.makeBlock();
  await bench.close();
  await truncate(stateFile, (await stat(stateFile)).size - 3);
  bench = await openBench({ stateFile });
  expect(bench.chain.height()).toBe(1);
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(0n);
  await payOne("a");
  expect(bench.chain.makeBlock()).toBe(2);
  await restart();
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(5n);
});

test("a file that does not rebuild to the blocks it names is refused by name", async () => {
  await bench.close();
  await appendFile(stateFile, "2 1795245603500007919 00000000\n");
  await expect(openBench({ stateFile })).rejects.toThrow("saved block 2 does not follow");
  await writeFile(stateFile, "{}\n");
  await expect(openBench({ stateFile })).rejects.toThrow(stateFile);
  await rm(stateFile);
  bench = await openBench({ stateFile });
  expect(bench.chain.height()).toBe(1);
});

test("another chain's file is refused", async () => {
  await bench.close();
  await expect(openBench({ stateFile, chainId: "box-2" })).rejects.toThrow("is of box-1, not box-2");
});

test("a reset begins again at height 1 with other hashes, the same accounts, and stays reset", async () => {
  const hashOf = async () => {
    const { result } = await rpc(bench.chain, "block", { height: "1" });
    return (result as unknown as { block_id: { hash: string } }).block_id.hash;
  };
  await payOne("a");
  bench.chain.makeBlock();
  const before = await hashOf();
  bench.chain.reset();
  expect(bench.chain.height()).toBe(1);
  const after = await hashOf();
  expect(after).not.toBe(before);
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(0n);
  expect(bench.chain.balanceOf(bench.payer, "ubox")).toBe(1_000_000_000n);
  await restart();
  expect(await hashOf()).toBe(after);
});

test("old blocks are pruned in memory and on disk, and the chain goes on from what is left", async () => {
  await restart({ keepBlocks: 8 });
  await payOne("a");
  for (let made = 0; made < 200; made++) bench.chain.makeBlock();
  expect((await rpc(bench.chain, "status")).result).toMatchObject({
    sync_info: { latest_block_height: "201", earliest_block_height: "194" },
  });
  expect((await rpc(bench.chain, "block", { height: "193" })).error?.data).toBe(
    "height 193 is not available, lowest height is 194",
  );
  const lines = (await readFile(stateFile, "utf8")).trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(1 + 8 + 2);
  const kept = await rpc(bench.chain, "block", { height: "194" });
  await restart({ keepBlocks: 8 });
  expect(await rpc(bench.chain, "block", { height: "194" })).toEqual(kept);
  expect(bench.chain.makeBlock()).toBe(202);
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(5n);
  expect(await readdir(folder)).toEqual(["chain.state"]);
});

test("payments in pruned, kept and newest blocks all survive pruning and a restart", async () => {
  await restart({ keepBlocks: 8 });
  for (let sequence = 0; sequence < 25; sequence++) {
    await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 5)], { sequence }));
    bench.chain.makeBlock();
    await restart({ keepBlocks: 8 });
  }
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(125n);
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(25);
});

test("an empty block costs less than 50 bytes, appended to the same file", async () => {
  const before = await stat(stateFile);
  for (let made = 0; made < 100; made++) bench.chain.makeBlock();
  const after = await stat(stateFile);
  expect(after.size - before.size).toBeLessThan(100 * 50);
  expect(after.ino).toBe(before.ino);
});
