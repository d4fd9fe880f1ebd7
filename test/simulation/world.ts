import { CosmosDriver } from "../../workers/chains/cosmos/driver.ts";
import { NodeFailed } from "../../workers/chains/cosmos/node.ts";
import type { ChainDriver } from "../../workers/domain/chain/driver.ts";
import { Dispenser } from "../../workers/domain/claim/dispenser.ts";
import type { OperatorAct } from "../../workers/domain/claim/operator-acts.ts";
import type { DispenserPorts } from "../../workers/domain/claim/ports.ts";
import { Pump } from "../../workers/domain/claim/pump.ts";
import { Clients } from "./clients.ts";
import { GRANTS, type SimCredential } from "./credentials.ts";
import { Disk, type Image } from "./disk.ts";
import { Matrix, plan, type Step, type Strike } from "./faults.ts";
import { watchLimits } from "./limits.ts";
import { MemoryStore } from "./memory-store.ts";
import { Outside } from "./outside.ts";
import { DRIP, policyOf, SETTINGS } from "./policy.ts";
import { Projected } from "./projected.ts";
import { Random } from "./random.ts";
import { hashOf, type SimChain } from "./sim-chain.ts";
import { SimCodec } from "./sim-codec.ts";
import { CHAIN_ID, SimNode } from "./sim-node.ts";
import { Timeline } from "./timeline.ts";
import { Witness, WitnessedStore } from "./witness.ts";

const FUNDS = 1_000_000_000n;
const STORM_MS = 25_000;
const END_MS = 300_000;

const never = (): void => undefined;

/** One life of the object: it ends by a crash, or goes on unaware that another took its place. */
type Life = { readonly store: MemoryStore; readonly dispenser: Dispenser; readonly pump: Pump; dead: boolean };

/** Turns a planted bug on: each hook puts itself between the shipped code and one of its ports. */
export type Planted = {
  readonly driver?: (driver: ChainDriver, world: World) => ChainDriver;
  readonly store?: (store: MemoryStore, world: World) => MemoryStore;
};

/** A faucet, its chain, its clients and its operator, under one seed's faults. */
export class World {
  readonly timeline = new Timeline();
  readonly witness = new Witness();
  readonly matrix = new Matrix();
  readonly random: Random;
  readonly disk = new Disk("g0");
  readonly projected = new Projected();
  readonly #planted: Planted;
  readonly #strikes: Strike[];
  readonly #outside: Outside;
  readonly #startMs: number;
  /** Claims an hour, which is longer than a seed runs; 0: as many as come. */
  readonly #budget: number;
  #life: Life | null = null;
  #signer = "faucet0";
  #keys = 0;
  #generation = 0;
  #backup: Image | null = null;
  #ids = 0;
  #calm = false;
  #resumeAtMs = 0;

  constructor(seed: number, planted: Planted = {}) {
    this.random = new Random(seed);
    this.#planted = planted;
    this.#strikes = plan(seed, this.random);
    this.#startMs = this.timeline.nowMs;
    const scarce = this.random.chance(0.1);
    this.#budget = this.random.chance(0.2) ? 7 : 0;
    this.disk.image.grants = GRANTS;
    this.#outside = new Outside(this.random, this.timeline);
    this.#outside.begin({ [this.#signer]: scarce ? DRIP * 5n + 4_000n : FUNDS });
    if (scarce) this.timeline.after(20_000, () => this.chain.fund(this.#signer, FUNDS));
  }

  get chain(): SimChain {
    return this.#outside.chain;
  }

  get chains(): readonly SimChain[] {
    return this.#outside.chains;
  }

  /** Runs the storm of faults and then the calm, until everything has ended or the time is up. */
  async run(): Promise<void> {
    this.#outside.mineOn();
    this.#operatorLooks();
    const clients = new Clients(this, STORM_MS);
    const backupAt = this.random.between(1_000, STORM_MS / 2);
    this.timeline.after(backupAt, () => {
      this.#backup = this.disk.backup();
    });
    this.timeline.after(STORM_MS, () => this.#calmDown());
    await this.timeline.run(this.#startMs + END_MS, () => this.#calm && clients.open === 0 && this.#isOver());
  }

  /** The store as it is now, for the judge. */
  openStore(): MemoryStore {
    return new MemoryStore(this.disk);
  }

  #living(): Life {
    if (this.#life && !this.#life.dead) return this.#life;
    this.#life = this.#newLife();
    return this.#life;
  }

  #newLife(): Life {
    const bare = new WitnessedStore(this.disk, this.witness, () => this.call(life, "sync", () => undefined));
    const store = this.#planted.store?.(bare, this) ?? bare;
    const world = {
      chain: () => this.chain,
      nowMs: () => this.timeline.nowMs,
      call: <T>(step: Step, work: () => T) => this.call(life, step, work),
      onBroadcast: (bytes: Uint8Array) => this.#onBroadcast(bytes),
    };
    const nodes = this.#outside.health.map((health, index) => new SimNode(`node${index}`, health, world));
    const log = (event: string, fields: object): void => this.note(event, fields);
    const cosmos = new CosmosDriver({
      chainId: CHAIN_ID,
      nodes,
      codec: new SimCodec(this.#signer),
      settings: SETTINGS,
      nowMs: world.nowMs,
      log,
    });
    const ports: DispenserPorts = {
      store,
      driver: this.#planted.driver?.(cosmos, this) ?? cosmos,
      readModel: { write: (rows) => this.call(life, "project", () => this.projected.write(rows)) },
      nowMs: world.nowMs,
      newId: () => `b${this.#ids++}x${this.random.between(0, 999_999)}`,
      log,
      onChange: never,
      webhook: null,
    };
    const dispenser = new Dispenser(ports, policyOf(`g${this.#generation}`, this.#budget));
    const pump = new Pump({
      step: () => dispenser.step(),
      arm: (atMs) => this.#arm(store, atMs),
      disarm: () => this.#arm(store, null),
      sleep: (ms) => this.#rest(life, ms),
      wake: never,
      nowMs: world.nowMs,
      log,
    });
    const life: Life = { store, dispenser, pump, dead: false };
    return life;
  }

  #arm(store: MemoryStore, atMs: number | null): void {
    store.setAlarm(atMs);
    if (atMs !== null) this.timeline.at(atMs, () => this.#ring());
  }

  /** An object at rest has its writes on disk within milliseconds. */
  #rest(life: Life, ms: number): Promise<void> {
    this.timeline.after(5, () => {
      if (this.#life === life && !life.dead) this.disk.commit();
    });
    return this.timeline.sleep(ms);
  }

  /** The platform's alarm: it is durable, it rings again when its handler died, and sometimes it rings twice. */
  #ring(): void {
    const dueMs = this.disk.image.alarmAtMs;
    if (dueMs === null || dueMs > this.timeline.nowMs) return;
    const life = this.#living();
    void this.call(life, "alarm", () => {
      if (this.disk.image.alarmAtMs === dueMs) life.store.setAlarm(null);
      void life.pump.run();
    }).catch(() => this.timeline.after(1_000, () => this.#ring()));
  }

  /** One call out of or into the object: latency, and whatever fault is due. */
  async call<T>(life: Life, step: Step, work: () => T): Promise<T> {
    const strike = this.#arrive(life, step);
    if (strike === "crash_before") return this.#crash(life);
    if (this.random.chance(0.3) && this.#life === life && !life.dead) this.disk.commit();
    await this.timeline.sleep(this.random.between(1, step === "project" ? 400 : 40));
    if (life.dead) return new Promise(never);
    if (strike === "node_error") throw new NodeFailed("503 before");
    const result = work();
    if (strike === "crash_after") return this.#crash(life);
    if (strike === "lost_reply") {
      if (step === "sync") this.disk.commit();
      throw new NodeFailed("the answer was lost");
    }
    return result;
  }

  #crash(life: Life): Promise<never> {
    life.dead = true;
    if (this.#life === life) {
      if (this.random.chance(0.5)) this.disk.commit();
      this.disk.take();
      this.timeline.after(this.random.between(10, 3_000), () => this.#ring());
    }
    return new Promise(never);
  }

  #arrive(life: Life, step: Step): Strike["fault"] | null {
    if (this.#calm) return null;
    let struck: Strike["fault"] | null = null;
    for (const strike of this.#strikes) {
      if (strike.step !== step) continue;
      strike.nth -= 1;
      if (strike.nth !== 0) continue;
      this.matrix.count(strike.fault, step);
      this.note("FAULT", { fault: strike.fault, step });
      struck = this.#strike(strike.fault, life) ?? struck;
    }
    return struck;
  }

  /** Does what concerns the world; answers what concerns the call itself. */
  #strike(fault: Strike["fault"], life: Life): Strike["fault"] | null {
    const until = this.timeline.nowMs + this.random.between(3_000, 15_000);
    switch (fault) {
      case "crash_before":
      case "crash_after":
      case "lost_reply":
      case "node_error":
        return fault;
      case "lag":
        this.#outside.lag(until);
        break;
      case "stale_failover":
        this.#outside.failOverToStale(until);
        break;
      case "no_results":
        this.#outside.loseResults(until);
        break;
      case "failed_in_block":
        this.chain.failNext.push(this.random.pick(["message", "gas"]));
        break;
      case "refused_in_block":
        this.chain.failNext.push("ante");
        break;
      case "stolen_sequence":
        this.#outside.steal(this.#signer);
        break;
      case "mempool_lost":
        this.chain.mempool.length = 0;
        break;
      case "halt":
        this.#outside.haltUntilMs = until + 10_000;
        break;
      case "reset":
        this.#reset();
        break;
      case "restored_backup":
        this.#restore();
        break;
      case "new_key":
        this.#newKey();
        break;
      case "alarm_twice":
        void life.pump.run();
        this.timeline.after(1, () => void life.pump.run());
        break;
      case "paused":
        this.#pause(until);
        break;
      case "two_objects":
        this.#life = this.#newLife();
        this.#life.pump.call();
        break;
    }
    return null;
  }

  #reset(): void {
    this.#keys += 1;
    this.#outside.begin({ [`faucet${this.#keys}`]: FUNDS });
  }

  /** The operator pauses, half of the time with the line held; the answer waits for the rows. */
  #pause(untilMs: number): void {
    this.#resumeAtMs = untilMs;
    this.#operate({ kind: "pause", reason: "a storm", retryAtMs: null, drain: this.random.chance(0.5) });
  }

  #operate(act: OperatorAct): void {
    this.#living().dispenser.operate({ id: `act${this.#ids++}`, actor: "olga", act });
    this.disk.commit();
  }

  #newKey(): void {
    this.#keys += 1;
    this.#signer = `faucet${this.#keys}`;
    this.chain.fund(this.#signer, FUNDS);
    this.#redeploy();
  }

  #redeploy(): void {
    if (this.#life) this.#life.dead = true;
    this.#life = this.#newLife();
    this.#life.pump.call();
  }

  #restore(): void {
    const image = this.#backup;
    if (!image) return;
    const [claims, hashes] = [[...this.disk.claimById.keys()], [...this.disk.batchByHash.keys()]];
    if (this.#life) this.#life.dead = true;
    this.disk.restore(image);
    for (const id of claims) if (!this.disk.claimById.has(id)) this.witness.forgotten.add(id);
    for (const hash of hashes) if (!this.disk.batchByHash.has(hash)) this.witness.forgottenHashes.add(hash);
    this.#generation += 1;
    this.#redeploy();
  }

  /**
   * On a reset the operator sets a new key, as the dispenser's words ask for, and so it does where the key has no
   * funds: never does an old key get any on a new genesis.
   */
  #operatorLooks(): void {
    const { halt, pause } = this.disk.image.state;
    if (pause && this.timeline.nowMs >= this.#resumeAtMs) {
      this.#operate({ kind: "resume" });
      this.#living().pump.call();
    }
    if (halt && halt.signer === this.#signer) {
      this.#keys += this.chain.account(`faucet${this.#keys}`, this.chain.height) ? 0 : 1;
      if (`faucet${this.#keys}` === this.#signer) this.#keys += 1;
      this.#signer = `faucet${this.#keys}`;
      this.chain.fund(this.#signer, FUNDS);
      this.#redeploy();
    }
    const unused = !halt && !this.disk.image.batches.some((batch) => batch.tx.signer === this.#signer);
    const purse = this.chain.account(this.#signer, this.chain.height)?.balance ?? 0n;
    if (unused && purse === 0n) this.#newKey();
    this.timeline.after(3_000, () => this.#operatorLooks());
  }

  #calmDown(): void {
    this.#calm = true;
    this.#outside.calmDown();
  }

  #onBroadcast(bytes: Uint8Array): void {
    const hash = hashOf(bytes);
    // What a life sent just before its backup came back was in the outbox then.
    const held = this.disk.durable.has(hash) || this.witness.forgottenHashes.has(hash);
    if (!held) this.violate(`3: ${hash} was broadcast and the outbox does not hold it`);
  }

  /** A claim as it reaches the object: the output gate makes the reply wait for the rows. */
  claim(address: string, id: string, by: SimCredential | null): Promise<void> {
    const life = this.#living();
    return this.call(life, "reserve", () => {
      const [route, credential] = [by?.route ?? "open", by?.shown ?? null];
      const reserved = life.dispenser.reserve({ id, address, denoms: [], route, credential, nonce: null, paid: null });
      if (reserved.ok && !reserved.repeated && this.disk.image.state.pause)
        this.violate(`4: ${id} was accepted while paused`);
      if (reserved.ok && !reserved.repeated) watchLimits(this, life.dispenser, { id, budget: this.#budget, by });
      if (reserved.ok) life.pump.call();
      if (!this.#mayCrashNow()) this.disk.commit();
    });
  }

  #mayCrashNow(): boolean {
    return this.#strikes.some(
      (strike) => strike.step === "reserve" && strike.fault === "crash_after" && strike.nth === 0,
    );
  }

  #isOver(): boolean {
    const { image } = this.disk;
    if (image.retries.length > 0) return false;
    const last = image.claims.at(-1)?.seq ?? 0;
    if (image.state.fresh <= last || image.batches.some((batch) => batch.state === "pending")) return false;
    return image.state.projectedSeq >= last && image.state.projectedRev >= image.rev && image.state.quarantine === null;
  }

  /** For a planted bug: puts a batch's claims back in line without any proof. */
  forceDead(hash: string): void {
    const life = this.#living();
    const batch = life.store.batchByHash(hash);
    if (batch?.state !== "pending") return;
    life.store.markBatch(batch.n, { state: "dead", changedAtMs: this.timeline.nowMs });
    life.store.addRetry({ from: batch.from, to: batch.to, attempt: 1 });
  }

  violate(what: string): void {
    this.note("VIOLATION", { what });
    this.witness.violations.push(what);
  }

  note(event: string, fields: object): void {
    const at = ((this.timeline.nowMs - this.#startMs) / 1000).toFixed(3);
    this.witness.log.push(`${at} h${this.chain.height} ${event} ${JSON.stringify(fields)}`);
  }
}
