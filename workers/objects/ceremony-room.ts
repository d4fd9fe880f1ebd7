import { DurableObject } from "cloudflare:workers";
import { openCeremonyRoom } from "../ceremony-wiring.ts";
import type {
  Acted,
  CeremonyRoomApi,
  CeremonyView,
  ConsistencyView,
  CoordinatorAct,
  HandedIn,
  Preview,
  ReceiptView,
  Review,
  SealedGenesis,
} from "../domain/ceremony/ceremony-api.ts";
import type { LaunchFacts } from "../domain/ceremony/launch.ts";
import type { Asked } from "../domain/ceremony/refusals.ts";
import type { CeremonyRoom as Room } from "../domain/ceremony/room.ts";
import type { AskedWord } from "../domain/ceremony/word-refusals.ts";
import type { ReadinessView, WordChallenge, WordTaken } from "../domain/ceremony/words-api.ts";
import type { AuditRow } from "../domain/claim/operator-records.ts";
import type { Log } from "../domain/claim/ports.ts";
import type { Env } from "../env.ts";
import { logTo } from "../wiring.ts";

/** Rows of one page. */
const pageMax = 100;
/** After a failed move: the clock looks again by itself. */
const retryMs = 60_000;

/**
 * The Durable Object of one network's ceremony, named by its chain id: a thin shell that gives the room its storage,
 * its clock and its alarm. All that it holds in memory follows from its log and may be lost at any line.
 */
export class CeremonyRoom extends DurableObject<Env> implements CeremonyRoomApi {
  readonly #log: Log;
  #opened: Room | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#log = logTo(ctx.id.name ?? "");
  }

  async view(): Promise<CeremonyView | null> {
    return this.#room().view();
  }

  async check(gentx: Uint8Array): Promise<Asked<Omit<HandedIn, "receipt">>> {
    return this.#room().check(gentx);
  }

  async handIn(gentx: Uint8Array): Promise<Asked<HandedIn>> {
    return this.#room().handIn(gentx);
  }

  async act(actor: string, act: CoordinatorAct): Promise<Asked<Acted>> {
    const acted = await this.#room().act(actor, act);
    if (acted.ok) await this.#tick();
    return acted;
  }

  async preview(): Promise<Asked<Preview>> {
    return this.#room().preview();
  }

  async review(): Promise<Asked<Review>> {
    return this.#room().review();
  }

  async genesis(version: number | null): Promise<SealedGenesis | null> {
    return this.#room().genesis(version);
  }

  async logFile(path: string): Promise<Uint8Array | null> {
    return this.#room().logFile(path);
  }

  async receipt(index: number): Promise<ReceiptView | null> {
    return this.#room().receipt(index);
  }

  async balance(address: string): Promise<string | null> {
    return this.#room().balance(address);
  }

  async consistency(old: number): Promise<ConsistencyView | null> {
    return this.#room().consistency(old);
  }

  async audit(before: number | null, limit: number): Promise<AuditRow[]> {
    return this.#room().audit(before, Math.min(limit, pageMax));
  }

  async challenge(operator: string): Promise<AskedWord<WordChallenge>> {
    return this.#room().challenge(operator);
  }

  /** An attestation may open the gate. */
  async attest(operator: string, body: Uint8Array): Promise<AskedWord<WordTaken>> {
    const taken = await this.#room().attest(operator, body);
    if (taken.ok) await this.#tick();
    return taken;
  }

  async beacon(body: Uint8Array): Promise<AskedWord<WordTaken>> {
    return this.#room().beacon(body);
  }

  async readiness(): Promise<ReadinessView | null> {
    return this.#room().readiness();
  }

  async launchFacts(): Promise<LaunchFacts | null> {
    return this.#room().launchFacts();
  }

  async poke(): Promise<void> {
    await this.#tick();
  }

  /** Never throws: the platform gives up on an alarm after six failed tries. */
  override async alarm(): Promise<void> {
    try {
      await this.#tick();
    } catch (error) {
      this.#opened = null;
      this.#log("ceremony_alarm_failed", { error: String(error).slice(0, 300) });
      await this.ctx.storage.setAlarm(Date.now() + retryMs);
    }
  }

  /** The moves that time allows, and the alarm for the next. */
  async #tick(): Promise<void> {
    const nextMs = this.#room().tick();
    if (nextMs === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(nextMs);
  }

  #room(): Room {
    const chainId = this.ctx.id.name;
    if (chainId === undefined) throw new Error("this object has no name; ceremonies are found by chain id");
    this.#opened ??= openCeremonyRoom(this.env, chainId, this.ctx.storage, this.#log);
    return this.#opened;
  }
}
