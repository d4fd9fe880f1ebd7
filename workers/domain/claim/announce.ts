import { writeDrips } from "../shared/coin.ts";
import { type Desk, median } from "./memory.ts";
import { isHeld } from "./queue.ts";
import type { Alert, BatchRow, ClaimRow } from "./records.ts";
import { changeTally } from "./tally.ts";

/** Claims named in one message. */
const CLAIMS_MAX = 500;
/** A claim is stuck when it is older than this, and than ten times the median wait. */
const STUCK_MS_MIN = 300_000;
const STUCK_MEDIANS = 10;

type Data = Readonly<Record<string, unknown>>;

/** Puts a message into the outbox of messages, where there is a receiver. One transaction with what it tells of. */
export function announce(desk: Desk, event: string, data: Data): void {
  const { store, webhook, newId, nowMs } = desk.ports;
  if (!webhook) return;
  const timestamp = new Date(nowMs()).toISOString();
  const body = JSON.stringify({ type: event, timestamp, data: { chainId: desk.policy.chainId, ...data } });
  const dropped = store.watch.addMessage({ id: `msg_${newId()}`, event, body }, nowMs());
  if (dropped > 0) changeTally(desk, ({ messagesLost }) => ({ messagesLost: messagesLost + dropped }));
}

/** Tells of claims that ended together. */
export function announceEnd(desk: Desk, event: string, batch: BatchRow, claims: readonly ClaimRow[]): void {
  if (!desk.ports.webhook) return;
  const { height, code, reason, tx } = batch;
  for (let from = 0; from < claims.length; from += CLAIMS_MAX) {
    const part = claims.slice(from, from + CLAIMS_MAX);
    const told = part.map(({ id, recipient, coins }) => ({ id, address: recipient, drips: writeDrips(coins) }));
    const failure = code === null ? {} : { code, reason };
    announce(desk, event, { batch: batch.id, txHash: tx.hash, height, ...failure, claims: told });
  }
}

/** An alert begins or ends: told once each, also across restarts. */
export function raise(desk: Desk, alert: Alert, on: boolean, data: () => Data): void {
  const { store, nowMs, log } = desk.ports;
  const { alerts } = store.state();
  const sinceMs = alerts[alert];
  if (on === (sinceMs !== undefined)) return;
  const { [alert]: _, ...others } = alerts;
  store.save({ alerts: on ? { ...alerts, [alert]: nowMs() } : others });
  const since = new Date(sinceMs ?? nowMs()).toISOString();
  if (on) log("alert_raised", { alert });
  else log("alert_resolved", { alert });
  announce(desk, on ? alert : `${alert}.resolved`, { since, ...data() });
}

/** Looks whether the line moves and the dispenser is not halted. A line that an operator holds is not stuck. */
export function watchLine(desk: Desk): void {
  const { store, nowMs } = desk.ports;
  const { halt } = store.state();
  raise(desk, "faucet.halted", halt !== null, () => ({ code: halt?.code ?? "", detail: halt?.detail ?? "" }));
  const oldest = oldestOpen(desk);
  const limitMs = Math.max(STUCK_MS_MIN, STUCK_MEDIANS * (median(desk.memory.waits) ?? 0));
  const ageMs = oldest ? nowMs() - oldest.createdAtMs : 0;
  const stuck = ageMs > limitMs && !isHeld(store);
  raise(desk, "faucet.stuck", stuck, () => (oldest && stuck ? { claimId: oldest.id, ageMs, limitMs } : {}));
}

/** The claim that has waited longest and has not ended; null: none. */
export function oldestOpen({ ports: { store } }: Desk): ClaimRow | null {
  const { fresh } = store.state();
  const open = [...store.retries(), ...store.pendingBatches()].map(({ from }) => from);
  if (fresh <= store.lastSeq()) open.push(fresh);
  if (open.length === 0) return null;
  const seq = Math.min(...open);
  return store.claimsBetween(seq, seq)[0] ?? null;
}
