import { cpus, loadavg, release, totalmem } from "node:os";
import type { Ceiling } from "./ceiling.ts";
import { median } from "./numbers.ts";
import type { QueueRow } from "./queue.ts";
import type { Row } from "./row.ts";

/** Everything that one run measured. */
export type Results = {
  readonly begunAt: string;
  readonly machine: string;
  /** The load average of the last minute, at the start and at the end. */
  readonly load: { readonly start: string; end: string };
  readonly rows: Row[];
  queue: QueueRow | null;
  ceiling: Ceiling | null;
  /** Claims that were paid more than once in the whole run, by the chain's own blocks; 0 or something is broken. */
  paidTwice: number;
  /** What the dispenser said of itself, by event. */
  readonly logged: Record<string, number>;
};

/** The machine in one line. */
export function machine(): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${gigabytes} GB, ${process.platform} ${release()}, Node ${process.versions.node}`;
}

/** The load averages of 1, 5 and 15 minutes. */
export function load(): string {
  return loadavg()
    .map((each) => each.toFixed(2))
    .join(" ");
}

const rowHead = ["side", "clients", "s", "drips", "drips/s", "a block", "p50 ms", "p95 ms", "failed", "gas/drip"];
const moreHead = ["widest", "gas/drip in it", "cpu ms/drip", "node", "wrong"];

/** One line a row, in the columns of {@link heading}. */
export function line(row: Row): string {
  const { gas } = row;
  return table([
    ...[row.side, row.clients, row.seconds, row.drips, row.dripsPerSecond.toFixed(2), row.dripsPerBlock.toFixed(1)],
    ...[whole(row.p50), whole(row.p95), row.failures, whole(gas.aDrip)],
    ...[gas.largest.drips, whole(gas.largest.aDrip), row.cpuMs.faucet.toFixed(1), row.cpuMs.node.toFixed(1), row.wrong],
  ]);
}

/** The names of the columns. */
export function heading(): string {
  return table([...rowHead, ...moreHead]);
}

/** The claims that were queued at once. */
export function queueText(row: QueueRow): string {
  const { gas } = row;
  return [
    `${row.claims} claims queued at once (ours): all accepted after ${whole(row.acceptMs)} ms, all confirmed after ${whole(row.totalMs)} ms:`,
    `  ${row.dripsPerSecond.toFixed(0)} drips/s, ${row.dripsPerBlock.toFixed(0)} a block; p50 ${whole(row.p50)} ms, p95 ${whole(row.p95)} ms; ${row.wrong} wrong`,
    `  ${gas.transactions} transactions, ${whole(gas.aDrip)} gas a drip; in the ${gas.largest.transactions} of ${gas.largest.drips} drips ${whole(gas.largest.aDrip)}`,
  ].join("\n");
}

/** The chain without a faucet. */
export function ceilingText(row: Ceiling): string {
  return [
    `The chain's own ceiling, pre-signed MsgMultiSend of ${row.gas.largest.drips}: ${row.credits} credits in ${whole(row.totalMs)} ms`,
    `  ${row.creditsPerSecond.toFixed(0)} credits/s over ${row.blocks} blocks, ${whole(row.gas.aDrip)} gas a credit`,
  ].join("\n");
}

/** Ours over the peer's, each the median of its rounds. */
export function ratioTexts(rows: readonly Row[]): string[] {
  const counts = [...new Set(rows.map(({ clients }) => clients))];
  return counts.flatMap((clients) => {
    const of = (side: string, value: (row: Row) => number) =>
      median(rows.filter((row) => row.side === side && row.clients === clients).map(value));
    const [rate, peerRate] = [of("ours", (row) => row.dripsPerSecond), of("peer", (row) => row.dripsPerSecond)];
    if (Number.isNaN(peerRate)) return [];
    const [wait, peerWait] = [of("ours", (row) => row.p50), of("peer", (row) => row.p50)];
    const [gas, peerGas] = [of("ours", (row) => row.gas.aDrip), of("peer", (row) => row.gas.aDrip)];
    const words = [
      `drips/s ${rate.toFixed(2)} / ${peerRate.toFixed(2)} = ${(rate / peerRate).toFixed(1)}`,
      `p50 ${whole(wait)} / ${whole(peerWait)} ms = ${(wait / peerWait).toFixed(2)}`,
      `gas a drip ${whole(gas)} / ${whole(peerGas)} = ${(gas / peerGas).toFixed(2)}`,
    ];
    return [`ours/peer at ${clients} clients: ${words.join("; ")}`];
  });
}

function table(cells: readonly (string | number)[]): string {
  const widths = [...rowHead, ...moreHead].map((name) => Math.max(7, name.length));
  return cells.map((cell, index) => String(cell).padStart(widths[index] ?? 7)).join("  ");
}

function whole(number: number): string {
  return Number.isFinite(number) ? number.toFixed(0) : "-";
}
