import { DurableObject } from "cloudflare:workers";
import type { ClientLook, ClientNetwork } from "../domain/access/client.ts";
import type { ClientCounts, ClientVerdict, HeldClaim } from "../domain/access/client-counts.ts";
import type { Env } from "../env.ts";
import { openClientCounts } from "../wiring.ts";

/** Rows are kept a day and at most this much longer. */
const sweepEveryMs = 6 * 3_600_000;
/** What one alarm deletes of each table, and when the next one goes on where more is left. */
const sweptMost = 1_000;
const goOnMs = 1_000;

/**
 * One of the objects that count a network's clients; see EmbeddedLimiter. A thin shell around its rows, whose alarm
 * deletes those of yesterday: an address that asked once is not kept.
 */
export class ClientLimits extends DurableObject<Env> implements ClientCounts {
  readonly #counts: ReturnType<typeof openClientCounts>;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#counts = openClientCounts(ctx.storage);
  }

  async take(held: HeldClaim, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientVerdict> {
    const verdict = this.#counts.take(held, networks, nowMs);
    if (verdict.ok) await this.#arm();
    return verdict;
  }

  async look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook> {
    return this.#counts.look(networks, nowMs);
  }

  async release(claim: string, hold: string | null): Promise<void> {
    this.#counts.release(claim, hold);
  }

  async note(held: HeldClaim, shard: number, nowMs: number): Promise<void> {
    this.#counts.note(held, shard, nowMs);
    await this.#arm();
  }

  async noted(claim: string): Promise<number[]> {
    return this.#counts.noted(claim);
  }

  async forget(claim: string, hold: string | null): Promise<void> {
    this.#counts.forget(claim, hold);
  }

  /** Arms the next one first: whatever happens here, rows are looked at again. */
  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    await storage.setAlarm(Date.now() + sweepEveryMs);
    const left = this.#counts.sweep(Date.now(), sweptMost);
    if (left === "old") await storage.setAlarm(Date.now() + goOnMs);
    if (left === "none") await storage.deleteAlarm();
  }

  async #arm(): Promise<void> {
    const { storage } = this.ctx;
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + sweepEveryMs);
  }
}
