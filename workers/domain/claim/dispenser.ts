import type { Grant, GrantKind, GrantOutcome, NewGrant } from "../access/grant.ts";
import { createGrant, listGrants, revokeGrant, rotateGrant } from "../access/grant-desk.ts";
import { ChainUnreachable, type Tip } from "../chain/driver.ts";
import type { Coin } from "../shared/coin.ts";
import { oldestOpen, raise, watchLine } from "./announce.ts";
import { rebroadcast } from "./broadcast.ts";
import { budgetsOf } from "./budget.ts";
import type { Claim } from "./claim.ts";
import { readClaim } from "./claim-state.ts";
import { deliver, deliveryDueMs } from "./deliver.ts";
import type { AskRequest, DispenserReport, OperatorView, Prospect, ReserveRequest } from "./dispenser-api.ts";
import { attach, findReset, halt, keepQuarantine, mayResume } from "./guard.ts";
import { judge } from "./judge.ts";
import { blankMemory, type Desk, median } from "./memory.ts";
import type { DispenserMetrics } from "./metrics.ts";
import { askOutcomes, buryDead, mustWalk, readStandings, settleDeferred, walkOn } from "./observe.ts";
import { operate, operatorState } from "./operate.ts";
import type { ActBy, ActRequest, Operated } from "./operator-acts.ts";
import type { AuditRow, DeniedRow } from "./operator-records.ts";
import type { DispenserPolicy, DispenserPorts } from "./ports.ts";
import { isProjected, project, unprojectedAtMs } from "./project.ts";
import { readBalance } from "./purse.ts";
import { claimsOnTheWay, isHeld, lineLength, nextInLine } from "./queue.ts";
import type { Alert } from "./records.ts";
import type { Reserved } from "./refusals.ts";
import { reserve } from "./reserve.ts";
import { openUsed } from "./shares.ts";
import { signBatches } from "./sign.ts";
import { type CanaryNote, changeTally, countRefused, keepTally, tallyOf } from "./tally.ts";

const BALANCE_BUSY_MS = 5_000;
const BALANCE_IDLE_MS = 60_000;
const UNREACHABLE_MS_MAX = 15_000;
const HALTED_MS = 10_000;
/** Codes in one report of refusals. */
const COUNTS_MAX = 64;

/**
 * The single writer of one network: it alone signs, and its store alone says what was paid. It may lose its
 * memory at any line; everything that matters is in the store before it leaves the house.
 */
export class Dispenser {
  readonly #desk: Desk;

  constructor(ports: DispenserPorts, policy: DispenserPolicy) {
    this.#desk = { ports, policy, memory: blankMemory() };
  }

  /**
   * What a recipient holds of what the faucet caps; null: nothing is capped, or the chain can't be asked now, and
   * then nobody is kept waiting for it.
   */
  async holdings(address: string): Promise<readonly Coin[] | null> {
    const { ports, policy } = this.#desk;
    const denoms = policy.recipientCap.map((coin) => coin.denom);
    if (denoms.length === 0) return null;
    return ports.driver.balance(address, denoms).catch((error: unknown) => {
      ports.log("holdings_unknown", { error: error instanceof Error ? error.message.slice(0, 200) : "unknown" });
      return null;
    });
  }

  /** Stores a claim, or refuses it. Synchronous: stored before it returns; durable with the store's next sync. */
  reserve(request: ReserveRequest, held: readonly Coin[] | null = null): Reserved<Claim> {
    const { ports } = this.#desk;
    const reserved = reserve(this.#desk, request, held);
    if (!reserved.ok) countRefused(this.#desk, reserved.refusal.reason);
    if (!reserved.ok) ports.log("claim_refused", { address: request.address, reason: reserved.refusal.reason });
    return reserved;
  }

  /** What such a claim would get now: the same judgement as `reserve`'s, and nothing is written. */
  prospect(asked: AskRequest, held: readonly Coin[] | null): Prospect {
    const verdict = judge(this.#desk, asked, held);
    return verdict.ok ? { ok: true, drips: verdict.coins, perDay: verdict.perDay } : verdict;
  }

  epoch(): number {
    return this.#desk.ports.store.state().epoch;
  }

  createGrant(grant: NewGrant, by: ActBy): GrantOutcome {
    return createGrant(this.#desk, grant, by);
  }

  rotateGrant(id: string, hash: string, graceMs: number, by: ActBy): GrantOutcome {
    return rotateGrant(this.#desk, id, hash, graceMs, by);
  }

  revokeGrant(kind: GrantKind, id: string, by: ActBy): GrantOutcome {
    return revokeGrant(this.#desk, kind, id, by);
  }

  listGrants(kind: GrantKind, after: string): Grant[] {
    return listGrants(this.#desk, kind, after);
  }

  /** A claim by its id, or null. */
  claim(id: string): Claim | null {
    const { store } = this.#desk.ports;
    const row = store.claimById(id);
    return row && readClaim(store, this.#desk.policy.chainId, row);
  }

  report(): DispenserReport {
    const { ports, policy, memory } = this.#desk;
    const state = ports.store.state();
    return {
      chainId: policy.chainId,
      address: ports.driver.signer,
      balance: state.balance,
      balanceAtMs: state.balanceAtMs,
      queued: lineLength(ports.store),
      submitted: claimsOnTheWay(ports.store),
      acceptedLastMinute: memory.rate.claims(ports.nowMs()),
      budgetUsed: openUsed(this.#desk),
      height: state.cursor?.height ?? null,
      blockMs: state.blockMs,
      medianWaitMs: median(memory.waits),
      halt: state.halt,
      pause: state.pause,
      chainSeenAtMs: memory.chainSeenAtMs,
    };
  }

  /** Does an operator's act, with its audit row. Synchronous, like `reserve`. */
  operate(request: ActRequest): Operated {
    return operate(this.#desk, request);
  }

  /** What operators have set, and which budget is in force. */
  operatorView(): OperatorView {
    const { ports, policy, memory } = this.#desk;
    const state = operatorState(this.#desk);
    const { hourly } = budgetsOf(policy, state.budget);
    const spentLastHour = memory.budget.spent(ports.store, ports.nowMs()).claims;
    return { ...state, hourlyBudget: hourly, spentLastHour };
  }

  /** Operators' acts, newest first, from below `before`. */
  audit(before: number | null, limit: number): AuditRow[] {
    return this.#desk.ports.store.operator.auditBefore(before, limit);
  }

  /** Denied addresses in their order, from above `after`. */
  denied(after: string | null, limit: number): DeniedRow[] {
    return this.#desk.ports.store.operator.deniedAfter(after, limit);
  }

  /** Refusals that were made before this dispenser was asked, by code. */
  countRefused(counts: Readonly<Record<string, number>>): void {
    for (const [code, by] of Object.entries(counts).slice(0, COUNTS_MAX)) countRefused(this.#desk, code, by);
  }

  /** How a canary's claim went: counted once a slot, and an alert until one is paid in time again. */
  noteCanary(note: CanaryNote): void {
    const known = tallyOf(this.#desk).canary?.slot === note.slot;
    if (!known) {
      changeTally(this.#desk, ({ canaries }) => {
        return { canary: note, canaries: { ...canaries, [note.result]: (canaries[note.result] ?? 0) + 1 } };
      });
      keepTally(this.#desk, true);
    }
    raise(this.#desk, "faucet.canary_failed", note.result !== "confirmed", () => ({ ...note }));
  }

  /** The numbers for operators. What is shown is stored first. */
  metrics(): DispenserMetrics {
    const { store } = this.#desk.ports;
    keepTally(this.#desk, true);
    const { confirmed, failed, alerts, quarantine } = store.state();
    return {
      report: this.report(),
      tally: tallyOf(this.#desk),
      accepted: store.lastSeq(),
      confirmed,
      failed,
      outbox: store.pendingBatches().length,
      alerts: Object.keys(alerts) as Alert[],
      messagesWaiting: store.watch.messageCount(),
      oldestOpenAtMs: oldestOpen(this.#desk)?.createdAtMs ?? null,
      unprojectedAtMs: unprojectedAtMs(this.#desk),
      tip: this.#desk.memory.tip,
      quarantined: quarantine !== null,
    };
  }

  /**
   * One round: look, settle, sign, submit, project. Answers in how many ms it wants the next; null: not before a
   * claim comes or someone pokes it. Throws only on a bug, or when another object has taken this one's place.
   */
  async step(): Promise<number | null> {
    const wanted = await this.#look();
    watchLine(this.#desk);
    keepTally(this.#desk);
    void deliver(this.#desk);
    const due = deliveryDueMs(this.#desk);
    return due === null ? wanted : Math.min(due, wanted ?? due);
  }

  async #look(): Promise<number | null> {
    const { memory, ports } = this.#desk;
    try {
      const wanted = await this.#round();
      memory.unreachableInRow = 0;
      void project(this.#desk);
      return wanted ?? (isProjected(this.#desk) ? null : 1_000);
    } catch (error) {
      if (!(error instanceof ChainUnreachable)) throw error;
      memory.unreachableInRow += 1;
      ports.log("chain_unreachable", { error: error.message.slice(0, 300), inRow: memory.unreachableInRow });
      void project(this.#desk);
      const open = isOpen(this.#desk) || !isProjected(this.#desk);
      return open ? Math.min(UNREACHABLE_MS_MAX, 500 * 2 ** Math.min(6, memory.unreachableInRow)) : null;
    }
  }

  async #round(): Promise<number | null> {
    const desk = this.#desk;
    const { store, driver } = desk.ports;
    if (!(await mayResume(desk))) return HALTED_MS;
    const tip = await driver.tip(store.state().cursor?.height ?? 0);
    desk.memory.chainSeenAtMs = desk.ports.nowMs();
    desk.memory.tip = { height: tip.height, timeMs: tip.timeMs };
    this.#noteBlockMs(tip);
    keepQuarantine(desk);
    attach(desk, tip);
    const reset = await findReset(desk, tip);
    if (reset) {
      await halt(desk, reset.anchor, reset.seenHash);
      return HALTED_MS;
    }
    if (mustWalk(desk)) await this.#observe(tip);
    if (store.state().halt) return HALTED_MS;
    const behind = tip.height < (store.state().cursor?.height ?? 0);
    if (!behind) {
      await this.#monitorBalance();
      // First what was signed before: the chain takes it in this order.
      await rebroadcast(desk, tip);
      await signBatches(desk, tip);
      if (store.state().halt) return HALTED_MS;
    }
    return isOpen(desk) ? this.#pollMs() : null;
  }

  async #observe(tip: Tip): Promise<void> {
    const desk = this.#desk;
    const broken = await walkOn(desk, tip);
    if (broken) {
      const again = await desk.ports.driver.pointAt(broken.expected.height);
      if (again && again.hash !== broken.expected.hash) await halt(desk, broken.expected, again.hash);
      return;
    }
    await askOutcomes(desk, tip);
    await readStandings(desk);
    buryDead(desk);
    await settleDeferred(desk);
    keepQuarantine(desk);
  }

  /** Saved only when it has moved by a fifth: a row a block would be written for nothing. */
  #noteBlockMs(tip: Tip): void {
    const { store } = this.#desk.ports;
    const known = store.state().blockMs;
    if (Math.abs(tip.blockMs - known) > known / 5) store.save({ blockMs: tip.blockMs });
  }

  async #monitorBalance(): Promise<void> {
    const { store, nowMs } = this.#desk.ports;
    if (!this.#desk.policy.maySign) return;
    const dueMs = nextInLine(store, 1) ? BALANCE_BUSY_MS : BALANCE_IDLE_MS;
    if (nowMs() - store.state().balanceAtMs >= dueMs) await readBalance(this.#desk);
  }

  #pollMs(): number {
    return Math.min(1_000, Math.max(50, this.#desk.ports.store.state().blockMs / 8));
  }
}

/** Whether there is anything to do on the chain. */
function isOpen(desk: Desk): boolean {
  const { store } = desk.ports;
  return mustWalk(desk) || (desk.policy.maySign && !isHeld(store) && nextInLine(store, 1) !== null);
}
