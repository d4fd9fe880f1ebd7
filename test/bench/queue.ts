import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Devnet } from "../devnet/chain.ts";
import { paymentsIn, wrongBalances } from "./chain-record.ts";
import { inParallel } from "./load.ts";
import { quantile } from "./numbers.ts";
import type { Ours } from "./ours.ts";
import { type Gas, gasOf } from "./row.ts";
import { dripAmount } from "./side.ts";

/** What became of many claims that were queued at once. Times in ms. */
export type QueueRow = {
  readonly claims: number;
  /** From the first request until all were accepted. */
  readonly acceptMs: number;
  /** From the first request until the last was confirmed. */
  readonly totalMs: number;
  readonly dripsPerSecond: number;
  readonly dripsPerBlock: number;
  /** From its acceptance until it was no longer counted as open. */
  readonly p50: number;
  readonly p95: number;
  readonly gas: Gas;
  /** Claims that did not end `confirmed`, or whose address does not hold exactly one drip. */
  readonly wrong: number;
};

const postWidth = 64;
const endMsMax = 300_000;

/**
 * Queues so many claims as fast as they are taken, then watches how many are still open. They are paid in the order
 * in which they were accepted, so that the n-th is seen to be paid when all but n are open; each is asked for by its
 * id at the end. Watching one number costs the faucet less than 5,000 clients that wait would.
 */
export async function measureQueue(
  devnet: Devnet,
  ours: Ours,
  count: number,
  newAddress: () => string,
): Promise<QueueRow> {
  const addresses = Array.from({ length: count }, newAddress);
  const accepted: { id: string; atMs: number }[] = [];
  const from = await devnet.height();
  const begunMs = performance.now();
  let acceptMs = 0;
  const posting = inParallel(addresses, postWidth, async (address) => {
    accepted.push({ id: await ours.accept(address), atMs: performance.now() });
  }).then(() => {
    acceptMs = performance.now() - begunMs;
  });
  const waits: number[] = [];
  const watching = watch(ours, accepted, count, waits);
  await Promise.all([posting, watching]);
  const totalMs = performance.now() - begunMs;
  const to = await devnet.height();
  let wrong = 0;
  await inParallel(accepted, 8, async ({ id }) => {
    if ((await ours.stateOf(id)) !== "confirmed") wrong += 1;
  });
  wrong += (await wrongBalances(devnet.rpcUrl, addresses, { denom: devnet.denom, amount: dripAmount })).length;
  const payments = (await paymentsIn(devnet.rpcUrl, from + 1, to)).filter(({ from: payer }) =>
    ours.payers.includes(payer),
  );
  const heights = payments.map(({ height }) => height);
  return {
    claims: count,
    acceptMs,
    totalMs,
    dripsPerSecond: (count * 1000) / totalMs,
    dripsPerBlock: count / (Math.max(...heights) - Math.min(...heights) + 1),
    p50: quantile(waits, 0.5),
    p95: quantile(waits, 0.95),
    gas: gasOf(payments),
    wrong,
  };
}

async function watch(ours: Ours, accepted: readonly { atMs: number }[], count: number, waits: number[]): Promise<void> {
  const deadlineMs = performance.now() + endMsMax;
  while (waits.length < count) {
    if (performance.now() > deadlineMs) throw new Error(`${count - waits.length} of ${count} claims have not ended`);
    await sleep(50);
    // Counted before the question: what was accepted while it was under way can't be taken for paid.
    const known = accepted.length;
    const open = await ours.open();
    const nowMs = performance.now();
    for (let n = waits.length; n < known - open; n += 1) waits.push(nowMs - (accepted[n]?.atMs ?? nowMs));
  }
}
