import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Bench,
  enoughFee,
  funds,
  moduleAccount,
  openBench,
  resultsAt,
  sendTo,
  sendToAll,
  someone,
} from "./payer.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

async function deliver(tx: Uint8Array) {
  expect(await bench.send(tx)).toMatchObject({ code: 0, fault: "" });
  const [result, ...others] = await resultsAt(bench.chain, bench.chain.makeBlock());
  expect(others).toEqual([]);
  return result;
}

const blocked = ["fee_collector", "distribution", "mint", "bonded_tokens_pool", "not_bonded_tokens_pool", "gov"];

test.each(blocked)("one output to %s fails the whole MsgMultiSend and spends fee and sequence only", async (name) => {
  const to = [someone("a"), moduleAccount(name), someone("b")];
  const result = await deliver(await bench.sign([sendToAll(bench.payer, to, 5)]));
  expect(result).toMatchObject({
    code: 4,
    codespace: "sdk",
    log: `failed to execute message; message index: 0: ${moduleAccount(name)} is not allowed to receive funds: unauthorized`,
  });
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(0n);
  expect(bench.chain.balanceOf(bench.payer, "ubox")).toBe(funds - BigInt(enoughFee));
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(1);
});

test("a module account is no MsgSend's recipient either, upper case or not", async () => {
  const to = moduleAccount("gov").toUpperCase();
  expect(await deliver(await bench.sign([sendTo(bench.payer, to, 5)]))).toMatchObject({ code: 4, codespace: "sdk" });
});

test("an amount above the balance passes the mempool and fails in the block", async () => {
  const result = await deliver(await bench.sign([sendTo(bench.payer, someone("a"), funds)]));
  expect(result).toMatchObject({ code: 5, codespace: "sdk" });
  expect(result?.log).toContain("spendable balance 999999000ubox is smaller than 1000000000ubox: insufficient funds");
  expect((await bench.client.getSequence(bench.payer)).sequence).toBe(1);
});

test("the last unit can be paid and one more can't", async () => {
  const fee = BigInt(enoughFee);
  const tooMuch = sendTo(bench.payer, someone("a"), funds - fee + 1n);
  expect(await deliver(await bench.sign([tooMuch]))).toMatchObject({ code: 5 });
  const all = sendTo(bench.payer, someone("a"), funds - fee * 2n);
  expect(await deliver(await bench.sign([all]))).toMatchObject({ code: 0 });
  expect(bench.chain.balanceOf(bench.payer, "ubox")).toBe(0n);
  expect(await bench.client.getAllBalances(bench.payer)).toEqual([]);
});

test("gas that runs out among the outputs undoes them all and spends the fee", async () => {
  const to = Array.from({ length: 20 }, (_, index) => someone(`r${index}`));
  const result = await deliver(await bench.sign([sendToAll(bench.payer, to, 5)], { gas: 300_000 }));
  expect(result).toMatchObject({ code: 11, codespace: "sdk" });
  expect(result?.log).toMatch(/^out of gas in location/);
  expect(bench.chain.balanceOf(someone("r0"), "ubox")).toBe(0n);
  expect(bench.chain.balanceOf(bench.payer, "ubox")).toBe(funds - BigInt(enoughFee));
});

test("the second message's failure undoes the first", async () => {
  const { payer } = bench;
  const messages = [sendTo(payer, someone("a"), 5), sendTo(payer, moduleAccount("mint"), 5)];
  expect(await deliver(await bench.sign(messages))).toMatchObject({ code: 4, codespace: "sdk" });
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(0n);
});

test.each([
  ["sums that differ", () => [sendToAll(bench.payer, [someone("a")], 5, 6)], 4, "bank"],
  ["no outputs", () => [sendToAll(bench.payer, [], 5, 6)], 3, "bank"],
  ["an amount of zero", () => [sendTo(bench.payer, someone("a"), 0)], 10, "sdk"],
  [
    "an address with another prefix",
    () => [sendTo(bench.payer, "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a", 5)],
    7,
    "sdk",
  ],
])("a message with %s fails in the block", async (_name, messages, code, codespace) => {
  expect(await deliver(await bench.sign(messages()))).toMatchObject({ code, codespace });
});

test("nothing is made or lost: what the payer gave is what recipients and fee collector got", async () => {
  const to = [someone("a"), someone("b"), someone("a")];
  expect(await deliver(await bench.sign([sendToAll(bench.payer, to, 5)]))).toMatchObject({ code: 0 });
  const { chain } = bench;
  expect(chain.balanceOf(someone("a"), "ubox")).toBe(10n);
  expect(chain.balanceOf(someone("b"), "ubox")).toBe(5n);
  expect(chain.balanceOf(moduleAccount("fee_collector"), "ubox")).toBe(BigInt(enoughFee));
  expect(chain.balanceOf(bench.payer, "ubox")).toBe(funds - 15n - BigInt(enoughFee));
});

test("gas is what cosmos-sdk v0.50.15 took for the same messages, within 1 %", async () => {
  const { payer } = bench;
  const gasOf = async (to: string[], fee: number) => {
    const result = await deliver(await bench.sign([sendToAll(payer, to, 5)], { gas: 5_000_000, fee }));
    return Number(result?.gas_used);
  };
  await deliver(await bench.sign([sendTo(payer, someone("warm"), 1)]));
  const fresh = (count: number) => Array.from({ length: count }, (_, index) => someone(`${count} ${index}`));
  const within = (measured: number, real: number) => expect(Math.abs(measured / real - 1)).toBeLessThan(0.01);
  // Measured with a fee of four digits, prefix cosmos and denom stake; a shorter prefix takes some bytes less.
  within(await gasOf(fresh(1), 5_000), 79_694);
  within(await gasOf(fresh(10), 5_000), 279_253);
  within(await gasOf(fresh(100), 5_000), 2_274_653);
  within(await gasOf(fresh(10), 5_000), 141_583);
});
