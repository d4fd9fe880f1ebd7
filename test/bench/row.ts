import type { Devnet } from "../devnet/chain.ts";
import { type Payment, paymentsIn, wrongBalances } from "./chain-record.ts";
import { closedLoop } from "./load.ts";
import { cpuSeconds, quantile } from "./numbers.ts";
import { dripAmount, type Side } from "./side.ts";

/** What was measured of one side in one stretch of time. Times in ms. */
export type Row = {
  readonly side: string;
  readonly clients: number;
  readonly seconds: number;
  readonly drips: number;
  readonly dripsPerSecond: number;
  readonly dripsPerBlock: number;
  readonly p50: number;
  readonly p95: number;
  readonly failures: number;
  readonly firstReason: string | null;
  readonly gas: Gas;
  /** CPU time a drip, of the faucet's process and of the node. */
  readonly cpuMs: { readonly faucet: number; readonly node: number };
  /** Drips that the side called paid and whose address does not hold exactly one drip on chain. */
  readonly wrong: number;
};

/** Gas that a side's transactions used in some blocks; `largest` is of its widest batches alone. */
export type Gas = {
  readonly aDrip: number;
  readonly transactions: number;
  readonly largest: { readonly drips: number; readonly transactions: number; readonly aDrip: number };
};

/** Loads one side for a while, then asks the chain what became of it. */
export async function measure(
  devnet: Devnet,
  side: Side,
  clients: number,
  seconds: number,
  newAddress: () => string,
): Promise<Row> {
  const cpu = async () => [await cpuSeconds(side.pid), await cpuSeconds(devnet.pid())] as const;
  const [before, from] = [await cpu(), await devnet.height()];
  let until = from;
  const load = await closedLoop(side.drip, clients, seconds, newAddress, async () => {
    until = await devnet.height();
  });
  const after = await cpu();
  const everyone = [...load.paid, ...load.late];
  // What was called paid stands in a block that is there already.
  const payments = await paymentsIn(devnet.rpcUrl, from + 1, await devnet.height());
  const wrong = await wrongBalances(
    devnet.rpcUrl,
    everyone.map(({ address }) => address),
    { denom: devnet.denom, amount: dripAmount },
  );
  const waits = load.paid.map(({ ms }) => ms);
  const share = (index: 0 | 1) => ((after[index] - before[index]) * 1000) / everyone.length;
  return {
    side: side.name,
    clients,
    seconds,
    drips: load.paid.length,
    dripsPerSecond: load.paid.length / seconds,
    dripsPerBlock: load.paid.length / Math.max(1, until - from),
    p50: quantile(waits, 0.5),
    p95: quantile(waits, 0.95),
    failures: load.failures,
    firstReason: load.firstReason,
    gas: gasOf(payments.filter((payment) => side.payers.includes(payment.from))),
    cpuMs: { faucet: share(0), node: share(1) },
    wrong: wrong.length,
  };
}

/** Gas used by all of the transactions, the failed ones too, over what the others paid. */
export function gasOf(payments: readonly Payment[]): Gas {
  const good = payments.filter(({ paid }) => paid);
  const widest = Math.max(0, ...good.map(({ recipients }) => recipients.length));
  const largest = good.filter(({ recipients }) => recipients.length === widest);
  return {
    aDrip: sum(payments.map(({ gasUsed }) => gasUsed)) / sum(good.map(({ recipients }) => recipients.length)),
    transactions: payments.length,
    largest: {
      drips: widest,
      transactions: largest.length,
      aDrip: sum(largest.map(({ gasUsed }) => gasUsed)) / (widest * largest.length),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
