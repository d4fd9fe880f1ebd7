import { describe, expect, it } from "vitest";
import type { Order } from "../../../workers/domain/chain/driver.ts";
import { driverOver, FakeNode, hashOf, makeBlocks, settings } from "./fake-chain.ts";

function order(payments: number, change: Partial<Order> = {}): Order {
  return {
    payments: Array.from({ length: payments }, (_, n) => ({ recipient: `fake1r${n}`, coins: [] })),
    memo: "m",
    reserves: "7/3",
    anchor: { height: 5, hash: "AA" },
    timeoutHeight: 30,
    attempt: 1,
    ...change,
  };
}

function setUp(cosmos: Record<string, unknown> = {}) {
  const node = new FakeNode("a", makeBlocks(5));
  return { node, ...driverOver([node], { settings: settings(cosmos) }) };
}

describe("preparing a transaction", () => {
  it("asks for the simulated gas and its margin, and pays for that", async () => {
    const { driver, codec } = setUp();
    const tx = await driver.prepare(order(3));
    expect(codec.signed).toMatchObject({ gasLimit: 125_000n, sequence: 3n, accountNumber: 7n, timeoutHeight: 30 });
    expect(tx).toMatchObject({ reserves: "7/3", timeoutHeight: 30, anchor: { height: 5 }, signer: "fake1payer" });
    expect(tx.fee).toEqual([{ denom: "ufake", amount: 125n }]);
    expect(tx.hash).toBe(hashOf(tx.bytes));
  });

  it("simulates with a fee, because taking one costs gas", async () => {
    const { driver, codec } = setUp();
    await driver.prepare(order(3));
    expect(codec.simulated?.fee).toEqual([{ denom: "ufake", amount: 198n }]);
  });

  it.each<[string, (node: FakeNode) => void]>([
    ["is refused", (node) => (node.gas = null)],
    ["can't be asked for", (node) => (node.down = true)],
    ["answers nothing", (node) => (node.gas = 0n)],
  ])("takes the formula's gas where simulation %s", async (_, worsen) => {
    const { driver, codec, node } = setUp();
    worsen(node);
    await driver.prepare(order(3));
    expect(codec.signed?.gasLimit).toBe(120_000n + 3n * 26_000n);
  });

  it("does not ask where the network file says so", async () => {
    const { driver, codec, node } = setUp({ gas: { simulate: false } });
    await driver.prepare(order(1));
    expect(node.calls).toEqual([]);
    expect(codec.signed?.gasLimit).toBe(146_000n);
  });

  it("asks for more with each try, but never for more than the chain takes", async () => {
    const { driver, codec } = setUp({ tx: { gasMax: 300_000 } });
    const limits: (bigint | undefined)[] = [];
    for (const attempt of [1, 2, 3, 4, 5]) {
      await driver.prepare(order(1, { attempt }));
      limits.push(codec.signed?.gasLimit);
    }
    expect(limits).toEqual([125_000n, 187_500n, 250_000n, 300_000n, 300_000n]);
  });

  it("rounds a fee up, and pays none where gas is free", async () => {
    const { driver, node } = setUp({ gasPrice: { denom: "ufake", milliAmount: 25 } });
    node.gas = 80_001n;
    // 80,001 × 1.25 is 100,001.25: 100,002 gas at 0.025 is 2,500.05.
    expect((await driver.prepare(order(1))).fee).toEqual([{ denom: "ufake", amount: 2_501n }]);
    const free = setUp({ gasPrice: { denom: "ufake", milliAmount: 0 } });
    expect((await free.driver.prepare(order(1))).fee).toEqual([]);
  });

  it("needs the account number only once it is known from the chain", async () => {
    const { driver, codec } = setUp();
    await expect(driver.prepare(order(1, { reserves: "/3" }))).rejects.toThrow(/account number/);
    await driver.standing("fake1payer");
    await driver.prepare(order(1, { reserves: "/3" }));
    expect(codec.signed?.accountNumber).toBe(7n);
  });

  it("puts as many payments into one transaction as its gas allows", () => {
    const max = (tx: Record<string, unknown>) => setUp({ tx }).driver.paymentsMax;
    expect(max({ gasMax: 10_000_000 })).toBe(380);
    expect(max({})).toBe(500);
    expect(max({ outputsMax: 40 })).toBe(40);
    expect(max({ gasMax: 100_000 })).toBe(1);
  });
});
