import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moduleAddress } from "../../workers/chains/cosmos/address.ts";
import { RpcNode } from "../../workers/chains/cosmos/rpc-node.ts";
import { addressReader } from "../../workers/chains/registry.ts";
import type { ChainDriver, SignedTx } from "../../workers/domain/chain/driver.ts";
import { startFaultProxy } from "../devnet/proxy.ts";
import {
  amountAt,
  type ChainGround,
  codeOf,
  committed,
  driverOn,
  follow,
  freshPayments,
  gasLimitOf,
  landed,
  networkOn,
  nextFree,
  payOut,
  prepareOn,
} from "./chain-ground.ts";

/** Nothing listens there. */
const deadUrl = "http://127.0.0.1:1";

/** What every driver owes the dispenser, shown on a running chain. The chain must serve no transaction index. */
export function describeChainDriver(name: string, setUp: () => Promise<ChainGround>): void {
  describe(`the chain driver on ${name}`, () => {
    let ground: ChainGround;
    let driver: ChainDriver;
    beforeAll(async () => {
      ground = await setUp();
      driver = await driverOn(ground);
    });
    afterAll(() => ground?.stop());
    const given = () => ({ ground, driver });
    describePayments(given);
    describeFailures(given);
    describeTimeouts(given);
    describeSequences(given);
    describeGas(given);
    describeEndpoints(given);
    describeBlocks(given);
  });
}

type Given = () => { readonly ground: ChainGround; readonly driver: ChainDriver };

function describePayments(given: Given): void {
  it("pays every recipient exactly, and takes exactly that and the fee", async () => {
    const { ground, driver } = given();
    const { denom } = ground;
    const payments = [1n, 22n, 333_333_333n].flatMap((amount) => freshPayments(ground, 1, amount));
    const before = await amountAt(driver, driver.signer, denom);
    const tx = await prepareOn(driver, payments);
    const found = await payOut(driver, tx);
    expect(found).toMatchObject({ hash: tx.hash, outcome: { code: 0 }, signer: driver.signer, reserves: tx.reserves });
    expect(found.payments).toEqual(payments);
    expect(found.fee).toEqual(tx.fee);
    for (const { recipient, coins } of payments) {
      expect(await amountAt(driver, recipient, denom)).toBe(coins[0]?.amount);
    }
    const fee = tx.fee[0]?.amount ?? 0n;
    expect(await amountAt(driver, driver.signer, denom)).toBe(before - 333_333_356n - fee);
  });

  it("the same bytes submitted again, before and after they are in a block, pay once", async () => {
    const { ground, driver } = given();
    const [payment] = freshPayments(ground, 1, 777n);
    const tx = await prepareOn(driver, payment ? [payment] : []);
    await driver.submit(tx);
    const again = await driver.submit(tx);
    expect(codeOf(again)).not.toBeNull();
    const found = await landed(driver, tx);
    expect(found.outcome.code).toBe(0);
    expect(codeOf(await driver.submit(tx))).not.toBe(0);
    await committed(driver, found.height + 3);
    expect(await amountAt(driver, payment?.recipient ?? "", ground.denom)).toBe(777n);
  });

  it("a walk finds a payment by its hash and, forgotten, by its mark, and the outcome can be asked again", async () => {
    const { ground, driver } = given();
    const payments = freshPayments(ground, 2);
    const tx = await prepareOn(driver, payments, { memo: `mark-${process.pid} b1 1-2` });
    const { height } = await payOut(driver, tx);
    const walk = await driver.walk(tx.anchor, height, 100, new Set(), `mark-${process.pid} `);
    expect(walk.found).toHaveLength(1);
    expect(walk.found[0]).toMatchObject({ hash: tx.hash, height, memo: `mark-${process.pid} b1 1-2`, payments });
    expect(walk.cursor.height).toBe(height);
    expect(await driver.pointAt(height)).toEqual(walk.cursor);
    expect(await driver.outcome(tx.hash, height)).toEqual(walk.found[0]?.outcome);
  });

  it("pays an address that was written in upper case", async () => {
    const { ground, driver } = given();
    const [payment] = freshPayments(ground, 1, 55n);
    const read = addressReader(networkOn(ground, [ground.rpcUrl]))(payment?.recipient.toUpperCase() ?? "");
    if (!read.ok) throw new Error("refused");
    await payOut(driver, await prepareOn(driver, [{ recipient: read.address, coins: payment?.coins ?? [] }]));
    expect(await amountAt(driver, payment?.recipient ?? "", ground.denom)).toBe(55n);
  });

  it("works without a transaction index", async () => {
    const { ground } = given();
    const answer = await fetch(`${ground.rpcUrl}/tx_search?query="tx.height>0"`);
    expect(JSON.stringify(await answer.json())).toMatch(/index.* is disabled/);
  });
}

function describeFailures(given: Given): void {
  it("a blocked module account fails the whole transaction in its block, a recipient to blame, and nobody is paid", async () => {
    const { ground, driver } = given();
    const [good] = freshPayments(ground, 1);
    const bad = { recipient: moduleAddress("fee_collector", ground.prefix), coins: good?.coins ?? [] };
    const before = await nextFree(driver);
    const tx = await prepareOn(driver, good ? [good, bad] : []);
    const found = await payOut(driver, tx);
    expect(found.outcome).toMatchObject({ blame: "recipient", codespace: "sdk", code: 4 });
    expect(found.outcome.reason).toContain("not allowed to receive");
    expect(await amountAt(driver, good?.recipient ?? "", ground.denom)).toBe(0n);
    expect(driver.reservations.next(before, [before])).toBe(await nextFree(driver));
  });

  it("a payment above the balance fails in its block, the payer to blame", async () => {
    const { ground, driver } = given();
    const payments = freshPayments(ground, 1, 10n ** 30n);
    const { outcome } = await payOut(driver, await prepareOn(driver, payments));
    expect(outcome).toMatchObject({ blame: "payer", codespace: "sdk", code: 5 });
  });

  it("too little gas fails in its block, the payer to blame, and further tries ask for enough", async () => {
    const { ground, driver } = given();
    const stingy = await driverOn(ground, [ground.rpcUrl], { simulate: false, base: 70_000, perOutput: 1 });
    const payments = freshPayments(ground, 1);
    const first = await payOut(stingy, await prepareOn(stingy, payments));
    expect(first.outcome).toMatchObject({ blame: "payer", codespace: "sdk", code: 11 });
    const second = await payOut(stingy, await prepareOn(stingy, payments, { attempt: 3 }));
    expect(second.outcome.code).toBe(0);
    expect(await amountAt(driver, payments[0]?.recipient ?? "", ground.denom)).toBe(1_000n);
  });
}

function describeTimeouts(given: Given): void {
  it("a transaction past its timeout height is in no block, and its sequence stays free", async () => {
    const { ground, driver } = given();
    const payments = freshPayments(ground, 1);
    const reserves = await nextFree(driver);
    const tx = await prepareOn(driver, payments, { ahead: 1 });
    await committed(driver, tx.timeoutHeight + 1);
    expect(codeOf(await driver.submit(tx))).not.toBe(0);
    await committed(driver, tx.timeoutHeight + 4);
    expect(await follow(driver, tx, tx.timeoutHeight + 4)).toBeNull();
    expect(await amountAt(driver, payments[0]?.recipient ?? "", ground.denom)).toBe(0n);
    expect(await nextFree(driver)).toBe(reserves);
  });

  it("a block at exactly the timeout height may still hold it", async () => {
    const { ground, driver } = given();
    for (let tries = 1; ; tries += 1) {
      const tx = await prepareOn(driver, freshPayments(ground, 1), { ahead: 1 });
      await driver.submit(tx);
      await committed(driver, tx.timeoutHeight + 1);
      const found = await follow(driver, tx, tx.timeoutHeight + 1);
      if (!found && tries < 10) continue; // the block was under way before the bytes came
      expect(found).toMatchObject({ height: tx.timeoutHeight, outcome: { code: 0 } });
      return;
    }
  });
}

function describeSequences(given: Given): void {
  it("pipelined transactions land in order without waiting for each other", async () => {
    const { ground, driver } = given();
    const held: string[] = [];
    const free = await nextFree(driver);
    const txs: SignedTx[] = [];
    for (let n = 0; n < 5; n += 1) {
      const reserves = driver.reservations.next(free, held);
      held.push(reserves);
      txs.push(await prepareOn(driver, freshPayments(ground, 2), { reserves }));
    }
    for (const tx of txs) expect(await driver.submit(tx)).toMatchObject({ code: 0 });
    const found = await Promise.all(txs.map((tx) => landed(driver, tx)));
    expect(found.map(({ outcome }) => outcome.code)).toEqual([0, 0, 0, 0, 0]);
    const heights = found.map(({ height }) => height);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    const standing = await driver.standing(driver.signer);
    for (const tx of txs) expect(standing && driver.reservations.spent(tx.reserves, standing)).toBe(true);
  });

  it("a transaction that came too early is refused and lands when it is submitted again in its turn", async () => {
    const { ground, driver } = given();
    const free = await nextFree(driver);
    const first = await prepareOn(driver, freshPayments(ground, 1), { reserves: free });
    const reserves = driver.reservations.next(free, [free]);
    const second = await prepareOn(driver, freshPayments(ground, 1), { reserves });
    expect(codeOf(await driver.submit(second))).toBe(32);
    expect(codeOf(await driver.submit(first))).toBe(0);
    expect(codeOf(await driver.submit(second))).toBe(0);
    expect((await landed(driver, second)).outcome.code).toBe(0);
  });

  it("a standing is explained by what is known, until the same key signs elsewhere", async () => {
    const { ground, driver } = given();
    const { reservations, signer } = driver;
    const used = await nextFree(driver);
    const before = await driver.standing(signer);
    expect(before && reservations.explains(used, [], before)).toBe(true);
    const foreign = await driverOn(ground);
    const tx = await prepareOn(foreign, freshPayments(ground, 1));
    await payOut(foreign, tx);
    const after = await driver.standing(signer);
    expect(after && reservations.explains(used, [], after)).toBe(false);
    expect(after && reservations.explains(used, [tx.reserves], after)).toBe(true);
    expect(after && reservations.explains(reservations.after(used, tx.reserves), [], after)).toBe(true);
  });

  it("knows no standing of an account that was never paid", async () => {
    const { ground, driver } = given();
    const [payment] = freshPayments(ground, 1);
    expect(await driver.standing(payment?.recipient ?? "")).toBeNull();
  });
}

function describeGas(given: Given): void {
  it.each([1, 50, 380])(
    "simulated gas for %i payments never runs out and leaves at most 30 percent unused",
    async (count) => {
      const { ground, driver } = given();
      expect(driver.paymentsMax).toBe(380);
      const tx = await prepareOn(driver, freshPayments(ground, count));
      const { outcome } = await payOut(driver, tx);
      expect(outcome.code).toBe(0);
      expect(Number(gasLimitOf(tx))).toBeLessThanOrEqual(Number(outcome.gasUsed) * 1.3);
    },
  );

  it.each([1, 50, 380])("the formula alone is enough gas for %i payments", async (count) => {
    const { ground } = given();
    const driver = await driverOn(ground, [ground.rpcUrl], { simulate: false });
    const { outcome } = await payOut(driver, await prepareOn(driver, freshPayments(ground, count)));
    expect(outcome.code).toBe(0);
  });
}

function describeEndpoints(given: Given): void {
  it("passes over an endpoint that has stopped at an old block", async () => {
    const { ground, driver } = given();
    const proxy = await startFaultProxy({ target: ground.rpcUrl, seed: 1 });
    try {
      const both = await driverOn(ground, [proxy.url, ground.rpcUrl]);
      await both.tip(0);
      proxy.setRules([{ name: "stale", fault: { kind: "stale", at: "now" } }]);
      const stopped = (await both.tip(0)).height;
      await committed(driver, stopped + 3);
      expect((await both.tip(stopped + 3)).height).toBeGreaterThanOrEqual(stopped + 3);
      const { outcome } = await payOut(both, await prepareOn(both, freshPayments(ground, 1)));
      expect(outcome.code).toBe(0);
    } finally {
      await proxy.stop();
    }
  });

  it("fails over from an endpoint that is dead, and from one that dies on the way", async () => {
    const { ground } = given();
    const proxy = await startFaultProxy({ target: ground.rpcUrl, seed: 1 });
    try {
      const driver = await driverOn(ground, [deadUrl, proxy.url, ground.rpcUrl]);
      const tx = await prepareOn(driver, freshPayments(ground, 1));
      proxy.setRules([{ name: "cut", fault: { kind: "dropAnswer" } }]);
      await driver.submit(tx);
      expect((await landed(driver, tx)).outcome.code).toBe(0);
    } finally {
      await proxy.stop();
    }
  });

  it("an answer that was lost is no evidence: the bytes are in a block all the same", async () => {
    const { ground, driver } = given();
    const proxy = await startFaultProxy({ target: ground.rpcUrl, seed: 1 });
    try {
      const cut = await driverOn(ground, [proxy.url]);
      const tx = await prepareOn(cut, freshPayments(ground, 1));
      proxy.setRules([{ name: "cut", methods: ["broadcast_tx_sync"], fault: { kind: "dropAnswer" } }]);
      expect(await cut.submit(tx)).toHaveProperty("unreachable");
      expect((await landed(driver, tx)).outcome.code).toBe(0);
    } finally {
      await proxy.stop();
    }
  });
}

function describeBlocks(given: Given): void {
  it("works out the same block hashes as the node claims, from the first block on", async () => {
    const { ground, driver } = given();
    const node = new RpcNode(ground.rpcUrl);
    const { height } = await driver.tip(0);
    for (const from of [1, Math.max(1, height - 19)]) {
      const metas = await node.metas(from, from + 19);
      const answer = await fetch(`${ground.rpcUrl}/blockchain?minHeight=${from}&maxHeight=${from + 19}`);
      const { result } = (await answer.json()) as { result: { block_metas: { block_id: { hash: string } }[] } };
      expect(metas.map(({ hash }) => hash)).toEqual(result.block_metas.map(({ block_id }) => block_id.hash).reverse());
      expect(metas.length).toBeGreaterThan(0);
    }
  });

  it("walks 100 blocks with five calls for headers, and reads only those with transactions", async () => {
    const { ground, driver } = given();
    await committed(driver, 102);
    const node = new RpcNode(ground.rpcUrl);
    const { height } = await driver.tip(0);
    const from = await driver.pointAt(height - 100);
    const filled: number[] = [];
    for (let at = height - 99; at <= height; at += 1) if ((await node.block(at))?.txs.length) filled.push(at);
    const proxy = await startFaultProxy({ target: ground.rpcUrl, seed: 1 });
    try {
      const counted = await driverOn(ground, [proxy.url]);
      const walk = from && (await counted.walk(from, height, 100, new Set(), "no such mark"));
      expect(walk?.cursor.height).toBe(height);
      const { calls } = proxy.stats();
      expect(calls.blockchain).toBe(5);
      expect(calls.block ?? 0).toBe(filled.length);
      expect(filled.length).toBeLessThan(100);
      expect(calls.block_results ?? 0).toBe(0);
    } finally {
      await proxy.stop();
    }
  });

  it("notices a chain that began anew under the same id, at the block it last knew", async () => {
    const { ground, driver } = given();
    const tip = await driver.tip(0);
    const known = await driver.pointAt(2);
    await ground.reset();
    await committed(driver, 4);
    const walk = known && (await driver.walk(known, 4, 100, new Set(), "no such mark"));
    expect(walk?.broken).toEqual({ expected: known, seenHash: (await driver.pointAt(2))?.hash });
    expect((await driver.tip(tip.height)).height).toBeLessThan(tip.height);
    expect((await payOut(driver, await prepareOn(driver, freshPayments(ground, 1)))).outcome.code).toBe(0);
  });
}
