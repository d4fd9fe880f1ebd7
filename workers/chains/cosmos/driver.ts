import {
  type Answer,
  type ChainDriver,
  ChainUnreachable,
  type Order,
  type Outcome,
  type Point,
  type SignedTx,
  type Standing,
  type Tip,
  type Walk,
} from "../../domain/chain/driver.ts";
import type { Log } from "../../domain/claim/ports.ts";
import type { Coin } from "../../domain/shared/coin.ts";
import type { CosmosCodec, TxPlan } from "./codec.ts";
import { Endpoints, type Seat } from "./endpoints.ts";
import { type CosmosSettings, feeFor, formulaGas, gasLimit, paymentsMax, withMargin } from "./gas.ts";
import { hashTxs } from "./merkle.ts";
import type { CosmosNode, NodeStatus } from "./node.ts";
import { readOutcome, UNKNOWN } from "./outcome.ts";
import { Pace } from "./pace.ts";
import { readSlot, sequences, writeSlot } from "./reservations.ts";
import { Walker } from "./walk.ts";

/** A broadcast goes to the preferred endpoint, and once more to the next: the bytes go out again anyway. */
const SUBMIT_TRIES = 2;

/** Everything that the driver uses. */
export type CosmosDriverOptions = {
  readonly chainId: string;
  /** In order of preference. */
  readonly nodes: readonly CosmosNode[];
  readonly codec: CosmosCodec;
  readonly settings: CosmosSettings;
  readonly nowMs: () => number;
  readonly log?: Log;
};

/**
 * Chains built with the Cosmos SDK on CometBFT. It does no I/O but through its nodes and keeps no timer, so that
 * the simulation runs this very class. What it remembers only saves questions: losing it changes no answer.
 */
export class CosmosDriver implements ChainDriver {
  readonly reservations = sequences;
  readonly signer: string;
  readonly paymentsMax: number;
  readonly #codec: CosmosCodec;
  readonly #settings: CosmosSettings;
  readonly #log: Log;
  readonly #endpoints: Endpoints;
  readonly #pace = new Pace();
  /** Account numbers by address: a transaction's bytes don't tell them. */
  readonly #accounts = new Map<string, bigint>();
  #highest = 0;

  constructor({ chainId, nodes, codec, settings, nowMs, log = () => undefined }: CosmosDriverOptions) {
    this.#codec = codec;
    this.#settings = settings;
    this.#log = log;
    this.#endpoints = new Endpoints(chainId, nodes, nowMs, log);
    this.signer = codec.address;
    this.paymentsMax = paymentsMax(settings);
  }

  /** A height below `atLeast` means that every endpoint that answers is behind; the caller judges it. */
  async tip(atLeast: number): Promise<Tip> {
    const floor = Math.max(atLeast, this.#highest);
    const failures: string[] = [];
    let best: { seat: Seat; status: NodeStatus } | null = null;
    for (const seat of this.#endpoints.inOrder()) {
      const attempt = await this.#endpoints.status(seat);
      if ("failure" in attempt) failures.push(attempt.failure);
      else if (!best || attempt.answer.height > best.status.height) best = { seat, status: attempt.answer };
      if (best && best.status.height >= floor) break;
    }
    if (!best) throw this.#endpoints.unreachable("its newest block", failures);
    this.#endpoints.prefer(best.seat);
    const { height, hash, timeMs, earliestHeight, earliestHash } = best.status;
    this.#highest = Math.max(this.#highest, height);
    const pace = await this.#endpoints.attempt(best.seat, (node) => this.#pace.at(height, earliestHeight, node));
    const blockMs = "answer" in pace ? pace.answer : this.#pace.last;
    return { height, hash, timeMs, earliest: { height: earliestHeight, hash: earliestHash }, blockMs };
  }

  async pointAt(height: number): Promise<Point | null> {
    if (height < 1) return null;
    const meta = await this.#endpoints.askUntil("a header", async (node) => {
      const metas = await node.metas(height, height);
      return metas.find((candidate) => candidate.height === height) ?? null;
    });
    return meta && { height, hash: meta.hash };
  }

  async standing(signer: string): Promise<Standing | null> {
    const state = await this.#endpoints.ask("an account", (node) => node.account(signer));
    if (!state) return null;
    this.#accounts.set(signer, state.accountNumber);
    return {
      signer,
      height: state.height,
      used: writeSlot({ account: state.accountNumber, sequence: state.sequence }),
    };
  }

  balance(address: string, denoms: readonly string[]): Promise<Coin[]> {
    return this.#endpoints.ask("a balance", (node) => node.balance(address, denoms));
  }

  /** Where the chain refuses to simulate, or can't be asked, gas follows from the number of payments. */
  async prepare(order: Order): Promise<SignedTx> {
    const plan = this.#plan(order);
    const gas = gasLimit(this.#settings, (await this.#simulated(plan)) ?? plan.gasLimit, order.attempt);
    const fee = feeFor(this.#settings, gas);
    const bytes = await this.#codec.sign({ ...plan, gasLimit: gas, fee });
    const { anchor, timeoutHeight } = order;
    const reserves = writeSlot({ account: plan.accountNumber, sequence: plan.sequence });
    const hash = hashTxs([bytes]).hashes[0] ?? "";
    return { hash, bytes, signer: this.signer, reserves, timeoutHeight, anchor, fee };
  }

  async submit(tx: SignedTx): Promise<Answer> {
    const failures: string[] = [];
    for (const seat of this.#endpoints.inOrder().slice(0, SUBMIT_TRIES)) {
      const attempt = await this.#endpoints.attempt(seat, (node) => node.broadcast(tx.bytes));
      if ("answer" in attempt) {
        const { code, codespace, log } = attempt.answer;
        return { code, log: codespace ? `${codespace}: ${log}` : log };
      }
      failures.push(attempt.failure);
    }
    return { unreachable: failures.join("; ") };
  }

  /** By one endpoint while it answers; another goes on where one fails or lacks a block. */
  async walk(from: Point, through: number, limit: number, watch: ReadonlySet<string>, mark: string): Promise<Walk> {
    const reserves = (signer: string, sequence: bigint): string =>
      writeSlot({ account: this.#accounts.get(signer) ?? null, sequence });
    const walker = new Walker({ from, through, limit, watch, mark }, { codec: this.#codec, log: this.#log, reserves });
    const seats = this.#endpoints.inOrder();
    const failures: string[] = [];
    for (const seat of seats) {
      if (walker.over) break;
      const attempt = await this.#endpoints.attempt(seat, (node) => walker.on(node));
      if ("failure" in attempt) failures.push(attempt.failure);
      else if (walker.over) this.#endpoints.prefer(seat);
    }
    if (!walker.moved && failures.length === seats.length) throw this.#endpoints.unreachable("blocks", failures);
    return walker.result();
  }

  /** Unknown where no endpoint has results. Throws where none has the block with the transaction in it. */
  async outcome(hash: string, height: number): Promise<Outcome> {
    let seen = false;
    const outcome = await this.#endpoints.askUntil("results", async (node) => {
      const block = await node.block(height);
      if (block?.height !== height) return null;
      const { hashes, dataHash } = hashTxs(block.txs);
      const index = hashes.indexOf(hash);
      if (dataHash !== block.dataHash || index < 0) return null;
      seen = true;
      const results = await node.results(height);
      const result = results?.length === hashes.length ? results[index] : undefined;
      return result ? readOutcome(result) : null;
    });
    if (!outcome && !seen) throw new ChainUnreachable(`no endpoint has block ${height} with ${hash}`);
    return outcome ?? UNKNOWN;
  }

  /** The plan with gas and fee by the formula: a fee of none would let the simulation skip what taking it costs. */
  #plan(order: Order): TxPlan {
    const { account, sequence } = readSlot(order.reserves);
    const accountNumber = account ?? this.#accounts.get(this.signer);
    if (accountNumber === undefined) throw new ChainUnreachable("the signer's account number is not known yet");
    const gas = formulaGas(this.#settings, order.payments.length);
    const { payments, memo, timeoutHeight } = order;
    return { payments, memo, accountNumber, sequence, gasLimit: gas, fee: feeFor(this.#settings, gas), timeoutHeight };
  }

  async #simulated(plan: TxPlan): Promise<bigint | null> {
    if (!this.#settings.gas.simulate) return null;
    const gas = gasLimit(this.#settings, plan.gasLimit, 1);
    const bytes = await this.#codec.unsigned({ ...plan, gasLimit: gas });
    const seat = this.#endpoints.inOrder()[0];
    if (!seat) return null;
    const attempt = await this.#endpoints.attempt(seat, (node) => node.simulate(bytes));
    if ("failure" in attempt || attempt.answer === null || attempt.answer <= 0n) return null;
    return withMargin(this.#settings, attempt.answer);
  }
}
