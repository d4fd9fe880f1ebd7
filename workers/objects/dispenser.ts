import { DurableObject } from "cloudflare:workers";
import type { ClientLimiter } from "../domain/access/client.ts";
import type { Grant, GrantKind, GrantOutcome, NewGrant } from "../domain/access/grant.ts";
import type { Claim } from "../domain/claim/claim.ts";
import { Dispenser as Engine } from "../domain/claim/dispenser.ts";
import type {
  AskRequest,
  DispenserApi,
  DispenserReport,
  OperatorView,
  Prospect,
  ReserveRequest,
} from "../domain/claim/dispenser-api.ts";
import type { DispenserMetrics } from "../domain/claim/metrics.ts";
import type { ActBy, ActRequest, Operated } from "../domain/claim/operator-acts.ts";
import type { AuditRow, DeniedRow } from "../domain/claim/operator-records.ts";
import type { Log } from "../domain/claim/ports.ts";
import { Pump } from "../domain/claim/pump.ts";
import type { Reserved } from "../domain/claim/refusals.ts";
import type { CanaryNote } from "../domain/claim/tally.ts";
import type { Env } from "../env.ts";
import { logTo, openDispenserPorts } from "../wiring.ts";
import { Waiters } from "./waiters.ts";

/** How long a report waits for the first look at the chain. */
const firstLookMs = 3_000;
/** Rows of one page. */
const pageMax = 100;

/** Routes that may be asked about at one time. */
const prospectsMost = 8;

/** The engine, and why it pays nothing: null when it may. */
type Opened = { readonly engine: Engine; readonly disabled: string | null };

/**
 * The Durable Object of one network, named by its chain id: a thin shell that gives the engine its storage, its
 * clock and its alarm. All that it holds in memory may be lost at any line.
 */
export class Dispenser extends DurableObject<Env> implements DispenserApi {
  readonly #waiters = new Waiters();
  readonly #pump: Pump;
  readonly #log: Log;
  #opened: Promise<Opened> | null = null;
  readonly #looked = Promise.withResolvers<void>();
  #hasLooked = false;
  #endSleep: (() => void) | null = null;
  #limiter: ClientLimiter | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#log = logTo(ctx.id.name ?? "");
    this.#pump = new Pump({
      step: () => this.#step(),
      arm: (atMs) => this.#setAlarm(atMs),
      disarm: () => void ctx.storage.deleteAlarm().catch((error) => this.#alarmFailed(error)),
      sleep: (ms) => this.#sleep(ms),
      wake: () => this.#endSleep?.(),
      nowMs: () => Date.now(),
      log: this.#log,
    });
  }

  async reserve(request: ReserveRequest): Promise<Reserved<Claim>> {
    const { engine, disabled } = await this.#open();
    if (disabled !== null) {
      engine.countRefused({ faucet_disabled: 1 });
      return { ok: false, refusal: { reason: "faucet_disabled", detail: disabled } };
    }
    const held = await engine.holdings(request.address);
    const reserved = engine.reserve(request, held);
    // No await since the claim was stored: the alarm becomes durable with it, or neither does.
    if (reserved.ok && !reserved.repeated) this.#pump.call();
    return reserved;
  }

  async prospects(asked: readonly AskRequest[]): Promise<Prospect[]> {
    const { engine, disabled } = await this.#open();
    const few = asked.slice(0, prospectsMost);
    if (disabled !== null) {
      return few.map(() => ({ ok: false, refusal: { reason: "faucet_disabled", detail: disabled } }));
    }
    const [first] = few;
    const held = first ? await engine.holdings(first.address) : null;
    return few.map((each) => engine.prospect(each, held));
  }

  async epoch(): Promise<number> {
    return (await this.#open()).engine.epoch();
  }

  async createGrant(grant: NewGrant, by: ActBy): Promise<GrantOutcome> {
    return (await this.#open()).engine.createGrant(grant, by);
  }

  async rotateGrant(id: string, hash: string, graceMs: number, by: ActBy): Promise<GrantOutcome> {
    return (await this.#open()).engine.rotateGrant(id, hash, graceMs, by);
  }

  async revokeGrant(kind: GrantKind, id: string, by: ActBy): Promise<GrantOutcome> {
    return (await this.#open()).engine.revokeGrant(kind, id, by);
  }

  async listGrants(kind: GrantKind, after: string): Promise<Grant[]> {
    return (await this.#open()).engine.listGrants(kind, after);
  }

  async claim(id: string): Promise<Claim | null> {
    return (await this.#open()).engine.claim(id);
  }

  async claimChange(id: string, seen: Claim["state"] | "", waitMs: number): Promise<Claim | null> {
    return this.#claimWhen(id, (claim) => claim.state !== seen, waitMs);
  }

  async claimEnd(id: string, waitMs: number): Promise<Claim | null> {
    return this.#claimWhen(id, ({ state }) => state === "confirmed" || state === "failed", waitMs);
  }

  async report(): Promise<DispenserReport> {
    return (await this.#openAndLook()).engine.report();
  }

  async operate(request: ActRequest): Promise<Operated> {
    const { engine } = await this.#open();
    const operated = engine.operate(request);
    // What waited may go on now.
    if (operated.ok) this.#pump.call();
    return operated;
  }

  async operatorView(): Promise<OperatorView> {
    return (await this.#open()).engine.operatorView();
  }

  async audit(before: number | null, limit: number): Promise<AuditRow[]> {
    return (await this.#open()).engine.audit(before, Math.min(limit, pageMax));
  }

  async denied(after: string | null, limit: number): Promise<DeniedRow[]> {
    return (await this.#open()).engine.denied(after, Math.min(limit, pageMax));
  }

  async metrics(): Promise<DispenserMetrics> {
    return (await this.#openAndLook()).engine.metrics();
  }

  async countRefused(counts: Readonly<Record<string, number>>): Promise<void> {
    (await this.#open()).engine.countRefused(counts);
  }

  async noteCanary(note: CanaryNote): Promise<void> {
    (await this.#open()).engine.noteCanary(note);
    // A message may be due.
    this.#pump.call();
  }

  async poke(): Promise<void> {
    await this.#open();
    this.#pump.call();
  }

  /** Never throws: the platform gives up on an alarm after six failed tries. */
  override alarm(): Promise<void> {
    return this.#pump.run();
  }

  async #claimWhen(id: string, done: (claim: Claim) => boolean, waitMs: number): Promise<Claim | null> {
    const { engine } = await this.#open();
    const claim = engine.claim(id);
    if (!claim || done(claim)) return claim;
    await this.#waiters.wait(id, done, waitMs);
    return (await this.#open()).engine.claim(id);
  }

  /** A bug, or another object took this one's place: forget everything but the storage. */
  async #step(): Promise<number | null> {
    try {
      return await (await this.#open()).engine.step();
    } catch (error) {
      this.#opened = null;
      throw error;
    } finally {
      this.#hasLooked = true;
      this.#looked.resolve();
    }
  }

  /** A claim that failed is of no client any more. Told without waiting: what gets lost is free after a day. */
  #changed(claims: readonly Claim[]): void {
    this.#waiters.tell(claims);
    for (const { id, state } of claims) if (state === "failed") this.ctx.waitUntil(this.#giveBack(id));
  }

  async #giveBack(id: string): Promise<void> {
    await this.#limiter?.giveBack(id, null);
  }

  #setAlarm(atMs: number): void {
    this.ctx.storage.setAlarm(atMs).catch((error: unknown) => this.#alarmFailed(error));
  }

  /** The storage refuses: this object was replaced, and the other one has its own alarm. */
  #alarmFailed(error: unknown): void {
    this.#log("alarm_not_armed", { error: String(error).slice(0, 300) });
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** An object that has just woken has not seen its chain yet: it looks first, for a short while at most. */
  async #openAndLook(): Promise<Opened> {
    const opened = await this.#open();
    if (!this.#hasLooked) {
      await Promise.race([this.#looked.promise, new Promise((resolve) => setTimeout(resolve, firstLookMs))]);
    }
    return opened;
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#build().catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  async #build(): Promise<Opened> {
    const chainId = this.ctx.id.name;
    if (chainId === undefined) throw new Error("this object has no name; dispensers are found by chain id");
    const { ports, policy, limiter, disabled } = await openDispenserPorts(this.env, chainId, this.ctx.storage, {
      log: this.#log,
      onChange: (claims) => this.#changed(claims),
    });
    this.#limiter = limiter;
    if (disabled !== null) this.#log("faucet_disabled", { detail: disabled });
    // The object before this one may have died at any line: whoever wakes this one makes it look.
    this.#pump.call();
    return { engine: new Engine(ports, policy), disabled };
  }
}
