import { DurableObject } from "cloudflare:workers";
import type { Claim } from "../domain/claim/claim.ts";
import { Dispenser as Engine } from "../domain/claim/dispenser.ts";
import type { DispenserApi, DispenserReport, ReserveRequest } from "../domain/claim/dispenser-api.ts";
import type { Log } from "../domain/claim/ports.ts";
import type { Reserved } from "../domain/claim/refusals.ts";
import type { Env } from "../env.ts";
import { logTo, openDispenserPorts } from "../wiring.ts";
import { Pump } from "./pump.ts";
import { Waiters } from "./waiters.ts";

/** One run of the pump; then the alarm takes over, so that no invocation grows old. */
const runMs = 20_000;
/** Armed before anything else: whatever happens in a run, another comes. */
const safetyMs = 30_000;
const backoffMsMax = 60_000;

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
  #failedInRow = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#log = logTo(ctx.id.name ?? "");
    this.#pump = new Pump({ step: () => this.#step(), nowMs: () => Date.now() });
  }

  async reserve(request: ReserveRequest): Promise<Reserved<Claim>> {
    const { engine, disabled } = await this.#open();
    if (disabled !== null) return { ok: false, refusal: { reason: "faucet_disabled", detail: disabled } };
    const reserved = engine.reserve(request);
    // No await since the claim was stored: the alarm becomes durable with it, or neither does.
    if (reserved.ok && !reserved.repeated) this.#arm();
    return reserved;
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
    return (await this.#open()).engine.report();
  }

  async poke(): Promise<void> {
    await this.#open();
    this.#arm();
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + safetyMs);
    try {
      const end = await this.#pump.run(runMs);
      if (!end) return;
      this.#failedInRow = 0;
      // No await since the last look: a claim that comes now arms the alarm after this line.
      if (end.nextMs === null) await this.ctx.storage.deleteAlarm();
      else await this.ctx.storage.setAlarm(Date.now() + end.nextMs);
    } catch (error) {
      await this.#recover(error);
    }
  }

  async #claimWhen(id: string, done: (claim: Claim) => boolean, waitMs: number): Promise<Claim | null> {
    const { engine } = await this.#open();
    const claim = engine.claim(id);
    if (!claim || done(claim)) return claim;
    await this.#waiters.wait(id, done, waitMs);
    return (await this.#open()).engine.claim(id);
  }

  /** Has a claim seen: by the run that is on, or by an alarm at once. */
  #arm(): void {
    if (this.#pump.running) this.#pump.wake();
    else void this.ctx.storage.setAlarm(Date.now());
  }

  async #step(): Promise<number | null> {
    const { engine, disabled } = await this.#open();
    return disabled === null ? engine.step() : null;
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
    const { ports, policy, disabled } = await openDispenserPorts(this.env, chainId, this.ctx.storage, {
      log: this.#log,
      onChange: (claims) => this.#waiters.tell(claims),
    });
    if (disabled !== null) this.#log("faucet_disabled", { detail: disabled });
    return { engine: new Engine(ports, policy), disabled };
  }

  /** A bug, or another object took this one's place: forget everything but the storage, and come back later. */
  async #recover(error: unknown): Promise<void> {
    this.#opened = null;
    this.#failedInRow += 1;
    const backoffMs = Math.min(backoffMsMax, 1_000 * 2 ** Math.min(6, this.#failedInRow - 1));
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.#log("pump_failed", { error: text.slice(0, 500), inRow: this.#failedInRow, backoffMs });
    try {
      await this.ctx.storage.setAlarm(Date.now() + backoffMs);
    } catch (again) {
      // The storage refuses: this object was replaced, and the other one has its own alarm.
      this.#log("alarm_not_armed", { error: String(again).slice(0, 300) });
    }
  }
}
