import { describe, expect, it } from "vitest";
import { NodeFailed } from "../../../workers/chains/cosmos/node.ts";
import { ChainUnreachable, type Point } from "../../../workers/domain/chain/driver.ts";
import { driverOver, FakeNode, hashOf, makeBlocks, ok, otherHash, tx } from "./fake-chain.ts";

const ours = tx("mark one", 4);
const theirs = tx("hello", 9);
const blocks = makeBlocks(60, { 10: [theirs, ours], 30: [theirs], 31: [tx("mark two", 5)] });
const none: ReadonlySet<string> = new Set();

function point(height: number, from = blocks): Point {
  const block = from[height - 1];
  return { height, hash: block?.hash ?? "" };
}

/** Everything from block 2 on. */
function walkAll(nodes: FakeNode[], watch = none) {
  return driverOver(nodes).driver.walk(point(2), 60, 1000, watch, "mark ");
}

describe("a walk along the blocks", () => {
  it("finds what is watched and what bears the mark, once each, and comes to the end", async () => {
    const node = new FakeNode("a", blocks);
    const walk = await walkAll([node], new Set([hashOf(ours)]));
    expect(walk.cursor).toEqual(point(60));
    expect(walk.timeMs).toBe(blocks[59]?.timeMs);
    expect(walk.found.map(({ height, hash, memo, reserves }) => ({ height, hash, memo, reserves }))).toEqual([
      { height: 10, hash: hashOf(ours), memo: "mark one", reserves: "/4" },
      { height: 31, hash: hashOf(tx("mark two", 5)), memo: "mark two", reserves: "/5" },
    ]);
    expect(walk.found[0]?.outcome).toEqual({ code: 0, codespace: "", reason: "", blame: "recipient", gasUsed: 100n });
  });

  it("reads no block that is empty, and results only where something was found", async () => {
    const node = new FakeNode("a", blocks);
    await walkAll([node]);
    expect(node.asked("block ")).toBe(3);
    expect(node.asked("results")).toBe(2);
    expect(node.asked("metas")).toBe(3);
  });

  it("goes no further than it is told", async () => {
    const { driver } = driverOver([new FakeNode("a", blocks)]);
    expect((await driver.walk(point(2), 25, 1000, none, "mark ")).cursor).toEqual(point(25));
    expect((await driver.walk(point(2), 60, 7, none, "mark ")).cursor).toEqual(point(9));
    expect((await driver.walk(point(25), 25, 7, none, "mark ")).cursor).toEqual(point(25));
  });

  it("begins before the first block", async () => {
    const { driver } = driverOver([new FakeNode("a", blocks)]);
    expect((await driver.walk({ height: 0, hash: "" }, 5, 100, none, "m")).cursor).toEqual(point(5));
  });

  it.each<[string, (node: FakeNode) => void, number]>([
    ["a block is missing", (node) => replace(node, "block", async () => null), 9],
    ["headers are short", (node) => replace(node, "metas", async (min) => blocks.slice(min - 1, 20)), 20],
    ["a header is left out", (node) => (node.blocks = blocks.filter(({ height }) => height !== 40)), 39],
    ["a transaction is dropped from a block", (node) => swap(node, 10, { txs: [theirs] }), 9],
    ["a transaction is put into a block", (node) => swap(node, 10, { txs: [theirs, ours, ours] }), 9],
    ["another block comes than the header's", (node) => swapBody(node, 10, { hash: otherHash }), 9],
    ["a later link is broken", (node) => swap(node, 33, { lastHash: otherHash }), 32],
  ])("stops at the last good block when %s", async (_, worsen, height) => {
    const node = new FakeNode("a", [...blocks]);
    worsen(node);
    const walk = await walkAll([node]);
    expect(walk.cursor).toEqual(point(height));
    expect(walk.broken).toBeUndefined();
    expect(walk.found.filter((found) => found.height > height)).toEqual([]);
  });

  it("stays where it is when everything it needs was pruned", async () => {
    const node = new FakeNode("a", blocks);
    node.earliest = 50;
    const walk = await walkAll([node]);
    expect(walk).toEqual({ cursor: point(2), timeMs: 0, found: [] });
  });

  it("says that the chain is another one when the block above the anchor follows another block", async () => {
    const reset = makeBlocks(60, {}, "reset");
    const walk = await walkAll([new FakeNode("a", reset)]);
    expect(walk.broken).toEqual({ expected: point(2), seenHash: reset[1]?.hash });
    expect(walk.cursor).toEqual(point(2));
  });

  it("does not know how a transaction ended whose results are discarded, or of a wrong number", async () => {
    for (const results of [null, [ok], [ok, ok, ok]]) {
      const node = new FakeNode("a", blocks);
      node.resultsOf = () => results;
      const walk = await walkAll([node]);
      expect(walk.cursor).toEqual(point(60));
      expect(walk.found[0]?.outcome.code).toBeNull();
    }
  });

  it("waits before the newest block while it has no results yet, and no longer than it is the newest", async () => {
    const node = new FakeNode("a", blocks.slice(0, 31));
    node.resultsOf = ({ height }) => (height === 31 ? null : [ok, ok]);
    const { driver } = driverOver([node]);
    expect((await driver.walk(point(2), 31, 1000, none, "mark ")).cursor).toEqual(point(30));
    node.blocks = blocks.slice(0, 32);
    const later = await driver.walk(point(30), 32, 1000, none, "mark ");
    expect(later.cursor).toEqual(point(32));
    expect(later.found[0]?.outcome.code).toBeNull();
  });

  it("tells whose fault a failure is", async () => {
    const outcome = async (code: number, codespace: string) => {
      const node = new FakeNode("a", blocks);
      node.resultsOf = (block) => block.txs.map(() => ({ code, codespace, log: "x".repeat(999), gasUsed: 5n }));
      return (await walkAll([node])).found[0]?.outcome;
    };
    expect(await outcome(4, "sdk")).toMatchObject({ code: 4, blame: "recipient", reason: "x".repeat(300) });
    expect(await outcome(5, "bank")).toMatchObject({ blame: "recipient" });
    for (const code of [5, 11, 13, 32]) expect(await outcome(code, "sdk")).toMatchObject({ blame: "payer" });
  });

  it("counts a transaction that was refused before it ran as not included", async () => {
    const node = new FakeNode("a", blocks);
    node.resultsOf = (block) =>
      block.txs.map(() => ({ code: 32, codespace: "sdk", log: "sequence", gasUsed: 0n, refused: true }));
    const walk = await walkAll([node], new Set([hashOf(ours)]));
    expect(walk.found).toEqual([]);
    expect(walk.cursor).toEqual(point(60));
  });

  it("goes on by the next endpoint when one fails on the way", async () => {
    const [first, second] = [new FakeNode("a", blocks), new FakeNode("b", blocks)];
    const metas = first.metas.bind(first);
    replace(first, "metas", async (min, max) => {
      if (min > 20) throw new NodeFailed("gone");
      return metas(min, max);
    });
    const walk = await walkAll([first, second]);
    expect(walk.cursor).toEqual(point(60));
    expect(walk.found.map(({ height }) => height)).toEqual([10, 31]);
    expect(second.calls).not.toContain("block 10");
  });

  it("keeps what it read when it fails over to an endpoint that is behind", async () => {
    const [first, stale] = [new FakeNode("a", blocks), new FakeNode("b", blocks.slice(0, 15))];
    const metas = first.metas.bind(first);
    replace(first, "metas", async (min, max) => {
      if (min > 20) throw new NodeFailed("gone");
      return metas(min, max);
    });
    const walk = await walkAll([first, stale]);
    expect(walk.cursor).toEqual(point(22));
    expect(walk.found.map(({ height }) => height)).toEqual([10]);
    expect(walk.broken).toBeUndefined();
  });

  it("asks an archive when the preferred endpoint was pruned", async () => {
    const pruned = new FakeNode("a", blocks);
    pruned.earliest = 50;
    const archive = new FakeNode("b", blocks);
    expect((await walkAll([pruned, archive])).cursor).toEqual(point(60));
  });

  it("throws when no endpoint can be asked", async () => {
    const node = new FakeNode("a", blocks);
    node.down = true;
    await expect(walkAll([node])).rejects.toThrow(ChainUnreachable);
  });
});

describe("asking again how a transaction ended", () => {
  it("finds the results on whichever endpoint kept them", async () => {
    const [discarded, kept] = [new FakeNode("a", blocks), new FakeNode("b", blocks)];
    discarded.resultsOf = () => null;
    const { driver } = driverOver([discarded, kept]);
    expect(await driver.outcome(hashOf(ours), 10)).toMatchObject({ code: 0 });
  });

  it("stays unknown where results are discarded, and takes no other block's word", async () => {
    const node = new FakeNode("a", [...blocks]);
    node.resultsOf = () => null;
    const { driver } = driverOver([node]);
    expect((await driver.outcome(hashOf(ours), 10)).code).toBeNull();
    await expect(driver.outcome(hashOf(ours), 30)).rejects.toThrow(ChainUnreachable);
    swap(node, 10, { txs: [ours] });
    await expect(driver.outcome(hashOf(ours), 10)).rejects.toThrow(ChainUnreachable);
  });
});

function replace<K extends "block" | "metas">(node: FakeNode, method: K, by: FakeNode[K]): void {
  Object.defineProperty(node, method, { value: by });
}

/** The node shows the block changed, its header's hashes as they were. */
function swap(node: FakeNode, height: number, change: Partial<FakeNode["blocks"][number]>): void {
  node.blocks = node.blocks.map((block) => (block.height === height ? { ...block, ...change } : block));
}

function swapBody(node: FakeNode, height: number, change: Partial<FakeNode["blocks"][number]>): void {
  const block = node.block.bind(node);
  replace(node, "block", async (asked) => {
    const found = await block(asked);
    return found && asked === height ? { ...found, ...change } : found;
  });
}
