import type { Random } from "./random.ts";
import { DENOM, SimChain } from "./sim-chain.ts";
import { encodeTx } from "./sim-codec.ts";
import { type Health, healthy } from "./sim-node.ts";
import type { Timeline } from "./timeline.ts";

const BLOCK_MS = 1_000;
const BLOCK_JITTER_MS = 150;

/** The chain, its blocks, and how well its two endpoints are. */
export class Outside {
  readonly chains: SimChain[] = [];
  readonly health: readonly [Health, Health] = [healthy(), healthy()];
  haltUntilMs = 0;
  readonly #random: Random;
  readonly #timeline: Timeline;

  constructor(random: Random, timeline: Timeline) {
    this.#random = random;
    this.#timeline = timeline;
  }

  get chain(): SimChain {
    const chain = this.chains.at(-1);
    if (!chain) throw new Error("no chain");
    return chain;
  }

  /** A new genesis, on which only these accounts have funds. */
  begin(funds: Record<string, bigint>): void {
    const salt = `${this.#random.between(0, 2 ** 31)}`;
    this.chains.push(new SimChain(salt, funds, this.#timeline.nowMs, this.#random.between(2, 30), BLOCK_MS));
  }

  mineOn(): void {
    const { nowMs } = this.#timeline;
    if (nowMs >= this.haltUntilMs) this.chain.mine(nowMs);
    this.#timeline.after(BLOCK_MS + this.#random.between(-BLOCK_JITTER_MS, BLOCK_JITTER_MS), () => this.mineOn());
  }

  lag(untilMs: number): void {
    Object.assign(this.#random.pick(this.health), { lag: this.#random.between(2, 12), lagUntilMs: untilMs });
  }

  failOverToStale(untilMs: number): void {
    const [first, second] = this.health;
    first.downUntilMs = untilMs;
    Object.assign(second, { lag: this.#random.between(2, 15), lagUntilMs: untilMs + 5_000 });
  }

  loseResults(untilMs: number): void {
    for (const health of this.health) health.noResultsUntilMs = untilMs;
  }

  /** Another transaction of the same key: an operator's, another deployment's, or one that copies our memo. */
  steal(signer: string): void {
    const copy = `wellspring/1 sim bad 1-1 ${this.#timeline.nowMs}`;
    const memo = this.#random.pick(["rent", "wellspring/1 other b9 1-4 1750000000000", copy]);
    const payments = memo === copy ? [{ recipient: "thief", coins: [{ denom: DENOM, amount: 1n }] }] : [];
    const rest = { memo, signer, fee: [], gasLimit: 1_000_000, timeoutHeight: 1_000_000, payments };
    this.chain.jumpTheQueue((sequence) => encodeTx({ ...rest, sequence }), signer);
  }

  calmDown(): void {
    this.haltUntilMs = 0;
    for (const health of this.health) Object.assign(health, healthy());
    this.chain.failNext = [];
  }
}
