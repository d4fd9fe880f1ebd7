import { CosmosDriver } from "../../workers/chains/cosmos/driver.ts";
import { NodeFailed } from "../../workers/chains/cosmos/node.ts";
import type { Payment } from "../../workers/domain/chain/driver.ts";
import type { Claim } from "../../workers/domain/claim/claim.ts";
import type { WebhookSender } from "../../workers/domain/claim/deliver.ts";
import { Dispenser } from "../../workers/domain/claim/dispenser.ts";
import { blankMemory, type Desk } from "../../workers/domain/claim/memory.ts";
import type { DispenserPolicy, DispenserPorts } from "../../workers/domain/claim/ports.ts";
import type { BatchRow } from "../../workers/domain/claim/records.ts";
import { amountOf } from "../../workers/domain/shared/coin.ts";
import { Disk } from "../simulation/disk.ts";
import type { Step } from "../simulation/faults.ts";
import { MemoryStore } from "../simulation/memory-store.ts";
import { DRIP, policyOf, SETTINGS } from "../simulation/policy.ts";
import { Projected } from "../simulation/projected.ts";
import { DENOM, hashOf, SimChain } from "../simulation/sim-chain.ts";
import { decodeTx, encodeTx, SimCodec } from "../simulation/sim-codec.ts";
import { CHAIN_ID, healthy, SimNode } from "../simulation/sim-node.ts";
import { request } from "./rows.ts";

export const BLOCK_MS = 1_000;
export const FUNDS = 1_000_000_000n;
/** The chain's height when a bench begins. */
export const FIRST = 5;

/** What a broadcast held, and whether its batch was durable by then. */
type Sent = { readonly hash: string; readonly sequence: number; readonly durable: boolean; readonly height: number };
type Line = { readonly event: string; readonly fields: Readonly<Record<string, unknown>> };
type Life = { readonly store: MemoryStore; readonly ports: DispenserPorts; readonly dispenser: Dispenser };

/**
 * A dispenser with the shipped driver on a chain in memory. Nothing moves by itself: a test makes the blocks, and
 * with each one the clock goes on by a second.
 */
export class Bench {
  nowMs = 1_750_000_000_000;
  chain: SimChain;
  signer = "faucet0";
  policy: DispenserPolicy;
  readonly disk = new Disk("g0");
  readonly health = healthy();
  readonly lines: Line[] = [];
  readonly sent: Sent[] = [];
  readonly told: Claim[] = [];
  readonly projected = new Projected();
  /** Where messages go; set it before a restart. */
  webhook: WebhookSender | null = null;
  /** Calls that fail before they reach the node. */
  readonly refused = new Set<Step>();
  /** Calls that the node does and whose answer is lost. */
  readonly lost = new Set<Step>();
  /** Calls that never answer. */
  readonly hung = new Set<Step>();
  /** How often each call was made. */
  readonly calls = new Map<Step, number>();
  #life: Life;
  #ids = 0;

  constructor(over: Partial<DispenserPolicy> = {}, funds = FUNDS) {
    this.policy = { ...policyOf("g0"), ...over };
    this.chain = this.newChain("one", FIRST, funds);
    this.#life = this.#begin();
  }

  get store(): MemoryStore {
    return this.#life.store;
  }

  get dispenser(): Dispenser {
    return this.#life.dispenser;
  }

  /** The living object's ports with a memory of its own, for a test of one part. */
  get desk(): Desk {
    return { ports: this.#life.ports, policy: this.policy, memory: blankMemory() };
  }

  newChain(salt: string, blocks: number, funds = FUNDS): SimChain {
    return new SimChain(salt, { [this.signer]: funds }, this.nowMs, blocks, BLOCK_MS);
  }

  /** A new object over the same storage: nothing is remembered, and what was not durable is gone. */
  restart(over: Partial<DispenserPolicy> = {}, signer = this.signer): void {
    this.policy = { ...this.policy, ...over };
    this.signer = signer;
    this.#life = this.#begin();
  }

  /** Accepts one claim; answers its id, which is the address unless told otherwise. */
  claim(address: string, id = address): string {
    const reserved = this.dispenser.reserve(request(address, { id }));
    if (!reserved.ok) throw new Error(reserved.refusal.reason);
    this.disk.commit();
    return id;
  }

  claims(...addresses: readonly string[]): void {
    for (const address of addresses) this.claim(address);
  }

  /** The state of each claim, in the order asked. */
  states(...ids: readonly string[]): (string | undefined)[] {
    return ids.map((id) => this.dispenser.claim(id)?.state);
  }

  mine(count = 1): void {
    for (let mined = 0; mined < count; mined += 1) {
      this.nowMs += BLOCK_MS;
      this.chain.mine(this.nowMs);
    }
  }

  /** A block without what waits: the mempool is lost. */
  mineNothing(count = 1): void {
    for (let mined = 0; mined < count; mined += 1) {
      this.chain.mempool.length = 0;
      this.mine();
    }
  }

  async step(): Promise<number | null> {
    const wanted = await this.dispenser.step();
    await new Promise((resolve) => setImmediate(resolve));
    return wanted;
  }

  /** Makes a block and lets the dispenser look, so many times. */
  async live(blocks: number): Promise<void> {
    for (let lived = 0; lived < blocks; lived += 1) {
      this.mine();
      await this.step();
    }
  }

  /** Puts someone's transaction ahead of all that waits. */
  inject(signer: string, memo: string, payments: readonly Payment[] = []): void {
    const rest = { memo, signer, payments, fee: [], gasLimit: 1_000_000, timeoutHeight: 1_000_000 };
    this.chain.jumpTheQueue((sequence) => encodeTx({ ...rest, sequence }), signer);
  }

  batch(n: number): BatchRow {
    const row = this.disk.image.batches[n - 1];
    if (!row) throw new Error(`no batch ${n}`);
    return row;
  }

  get batches(): readonly BatchRow[] {
    return this.disk.image.batches;
  }

  /** What blocks moved to each of these recipients. */
  paid(...recipients: readonly string[]): bigint[] {
    const payments = this.chain.blocks.flatMap((block) =>
      block.txs.filter((_, index) => block.results[index]?.code === 0).flatMap((bytes) => decodeTx(bytes).payments),
    );
    return recipients.map((recipient) =>
      payments.filter((one) => one.recipient === recipient).reduce((sum, one) => sum + amountOf(one.coins, DENOM), 0n),
    );
  }

  events(event: string): Line["fields"][] {
    return this.lines.filter((line) => line.event === event).map((line) => line.fields);
  }

  #begin(): Life {
    const store = new MemoryStore(this.disk);
    const node = new SimNode("node", this.health, {
      chain: () => this.chain,
      nowMs: () => this.nowMs,
      call: (step, work) => this.#call(step, work),
      onBroadcast: (bytes) => this.#note(bytes),
    });
    const nowMs = (): number => this.nowMs;
    const log = (event: string, fields: Line["fields"]): void => {
      this.lines.push({ event, fields });
    };
    const codec = new SimCodec(this.signer);
    const ports: DispenserPorts = {
      store,
      driver: new CosmosDriver({ chainId: CHAIN_ID, nodes: [node], codec, settings: SETTINGS, nowMs, log }),
      readModel: { write: (rows) => this.#call("project", () => this.projected.write(rows)) },
      nowMs,
      newId: () => `b${this.#ids++}`,
      log,
      onChange: (claims) => this.told.push(...claims),
      webhook: this.webhook,
    };
    return { store, ports, dispenser: new Dispenser(ports, this.policy) };
  }

  async #call<T>(step: Step, work: () => T): Promise<T> {
    this.calls.set(step, (this.calls.get(step) ?? 0) + 1);
    if (this.refused.has(step)) throw new NodeFailed("503");
    if (this.hung.has(step)) return new Promise(() => undefined);
    const result = work();
    if (this.lost.has(step)) throw new NodeFailed("the answer was lost");
    return result;
  }

  #note(bytes: Uint8Array): void {
    const hash = hashOf(bytes);
    const { sequence } = decodeTx(bytes);
    this.sent.push({ hash, sequence, durable: this.disk.durable.has(hash), height: this.chain.height });
  }
}

/** One drip to each. */
export function drips(...recipients: readonly string[]): Payment[] {
  return recipients.map((recipient) => ({ recipient, coins: [{ denom: DENOM, amount: DRIP }] }));
}
