import { describe, expect, it } from "vitest";
import { NodeFailed } from "../../../workers/chains/cosmos/node.ts";
import { ChainUnreachable } from "../../../workers/domain/chain/driver.ts";
import { blockMs, driverOver, FakeNode, makeBlocks, tx } from "./fake-chain.ts";

const blocks = makeBlocks(60);
const node = (name: string, height = 60) => new FakeNode(name, blocks.slice(0, height));

const signed = {
  hash: "AB",
  bytes: tx("x"),
  signer: "fake1payer",
  reserves: "7/0",
  timeoutHeight: 9,
  anchor: { height: 1, hash: "" },
  fee: [],
};

describe("several endpoints", () => {
  it("stays with the one that answers", async () => {
    const [first, second] = [node("a"), node("b")];
    const { driver } = driverOver([first, second]);
    first.down = true;
    await driver.standing("x");
    first.down = false;
    const asked = first.calls.length;
    await driver.standing("x");
    expect(first.calls.length).toBe(asked);
    expect(second.asked("account")).toBe(2);
  });

  it("asks each once at most, then names what each did", async () => {
    const nodes = [node("a"), node("b"), node("c")];
    for (const each of nodes) each.down = true;
    const { driver } = driverOver(nodes);
    const error = await driver.standing("x").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChainUnreachable);
    expect(String(error)).toMatch(/a: down; b: down; c: down/);
    expect(nodes.map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
  });

  it("passes over an endpoint of another chain, says so once, and looks again after a while", async () => {
    const [foreign, good] = [node("a"), node("b")];
    foreign.chainId = "other-1";
    let now = 0;
    const { driver, logged } = driverOver([foreign, good], { nowMs: () => now });
    // Above what anyone shows, so that every endpoint would be asked.
    for (let i = 0; i < 5; i += 1) await driver.tip(1_000);
    await driver.standing("x");
    expect(foreign.calls).toEqual(["status"]);
    expect(logged.filter(({ event }) => event === "endpoint_of_another_chain")).toHaveLength(1);
    good.down = true;
    await expect(driver.tip(0)).rejects.toThrow(/another chain/);
    now = 61_000;
    foreign.chainId = "fake-1";
    expect((await driver.tip(0)).height).toBe(60);
  });

  it("notices an endpoint that turns into another chain", async () => {
    const [turned, good] = [node("a"), node("b")];
    const { driver } = driverOver([turned, good]);
    await driver.tip(0);
    turned.chainId = "other-1";
    await driver.tip(0);
    await driver.standing("x");
    expect(turned.asked("account")).toBe(0);
    expect(good.asked("account")).toBe(1);
  });

  it("lets what is no fault of a node through", async () => {
    const broken = node("a");
    Object.defineProperty(broken, "account", { value: () => Promise.reject(new TypeError("a bug")) });
    await expect(driverOver([broken]).driver.standing("x")).rejects.toThrow(TypeError);
  });
});

describe("the newest block", () => {
  it("is that of an endpoint that is not behind what is known", async () => {
    const [stale, good] = [node("a", 40), node("b")];
    const { driver } = driverOver([stale, good]);
    expect((await driver.tip(0)).height).toBe(40);
    expect((await driver.tip(50)).height).toBe(60);
    expect(good.asked("account")).toBe(0);
    await driver.standing("x");
    expect(good.asked("account")).toBe(1);
  });

  it("never falls while one endpoint still shows what was seen", async () => {
    const [first, second] = [node("a"), node("b")];
    const { driver } = driverOver([first, second]);
    await driver.tip(0);
    first.blocks = blocks.slice(0, 10);
    expect((await driver.tip(0)).height).toBe(60);
  });

  it("is the highest there is when all are behind, for the caller to judge", async () => {
    const { driver } = driverOver([node("a", 30), node("b", 40), node("c", 20)]);
    const tip = await driver.tip(1000);
    expect(tip).toMatchObject({ height: 40, hash: blocks[39]?.hash, earliest: { height: 1, hash: blocks[0]?.hash } });
  });

  it("comes with the median block time, measured once in a while", async () => {
    const only = node("a", 40);
    only.blocks = only.blocks.map((block) => (block.height > 35 ? { ...block, timeMs: block.timeMs + 9e6 } : block));
    const { driver } = driverOver([only]);
    expect((await driver.tip(0)).blockMs).toBe(blockMs);
    for (let height = 41; height <= 58; height += 1) {
      only.blocks = blocks.slice(0, height);
      await driver.tip(0);
    }
    expect(only.asked("metas")).toBe(1);
  });

  it("comes with a block time of a second while the chain is too young to tell, or headers can't be had", async () => {
    expect((await driverOver([node("a", 2)]).driver.tip(0)).blockMs).toBe(1000);
    const mute = node("b");
    Object.defineProperty(mute, "metas", { value: () => Promise.reject(new NodeFailed("no")) });
    expect(await driverOver([mute]).driver.tip(0)).toMatchObject({ height: 60, blockMs: 1000 });
  });
});

describe("a block at a height", () => {
  it("is found on whichever endpoint has it, and is null where none does", async () => {
    const pruned = node("a");
    pruned.earliest = 50;
    const { driver } = driverOver([pruned, node("b")]);
    expect(await driver.pointAt(3)).toEqual({ height: 3, hash: blocks[2]?.hash });
    expect(await driver.pointAt(61)).toBeNull();
    expect(await driver.pointAt(0)).toBeNull();
  });
});

describe("submitting", () => {
  it("goes to the preferred endpoint alone while it answers, whatever it answers", async () => {
    const [first, second] = [node("a"), node("b")];
    const refusal = { code: 19, codespace: "sdk", log: "tx already exists in cache" };
    Object.defineProperty(first, "broadcast", { value: async () => refusal });
    const { driver } = driverOver([first, second]);
    expect(await driver.submit(signed)).toEqual({ code: 19, log: "sdk: tx already exists in cache" });
    expect(second.calls).toEqual([]);
  });

  it("tries one more endpoint, then says that none was reached, and never throws for it", async () => {
    const nodes = [node("a"), node("b"), node("c")];
    for (const each of nodes) each.down = true;
    const { driver } = driverOver(nodes);
    expect(await driver.submit(signed)).toEqual({ unreachable: "a: down; b: down" });
    expect(nodes[2]?.calls).toEqual([]);
    if (nodes[1]) nodes[1].down = false;
    expect(await driver.submit(signed)).toEqual({ code: 0, log: "" });
  });
});
