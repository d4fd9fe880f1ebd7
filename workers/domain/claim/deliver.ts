import type { Desk } from "./memory.ts";
import { changeTally } from "./tally.ts";
import type { OutgoingMessage } from "./watch-store.ts";

const AT_ONCE = 4;
/** After the n-th failed try; the last one again and again, until a day has passed. */
const RETRY_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000];
const TRIES_MAX = 28;
/** While a delivery is under way the object stays awake. */
const BUSY_MS = 1_000;

/** Hands a message to the operator's receiver. Answers why it was not taken, or null; never throws, never hangs. */
export interface WebhookSender {
  send(message: Pick<OutgoingMessage, "id" | "body">): Promise<string | null>;
}

/**
 * Delivers what is due, a few messages at a time, beside the payments and never in their way. Each try is written
 * down before it is made: a death on the way is a failed try, so a message goes out at least once and not for ever.
 */
export async function deliver(desk: Desk): Promise<void> {
  const { store, webhook, nowMs, log } = desk.ports;
  const { memory } = desk;
  if (!webhook || memory.delivering) return;
  const due = store.watch.dueMessages(nowMs(), AT_ONCE);
  if (due.length === 0) return;
  memory.delivering = true;
  try {
    for (const { n, tries } of due) store.watch.postponeMessage(n, tries + 1, nowMs() + retryMs(tries));
    await store.sync();
    await Promise.all(due.map((message) => deliverOne(desk, webhook, message)));
  } catch (error) {
    log("webhook_failed", { error: error instanceof Error ? error.name : "unknown" });
  } finally {
    memory.delivering = false;
  }
}

async function deliverOne(desk: Desk, webhook: WebhookSender, { n, id, event, body, tries }: OutgoingMessage) {
  const { store, log } = desk.ports;
  const fault = await webhook.send({ id, body });
  if (fault === null) {
    store.watch.removeMessage(n);
    return;
  }
  log("webhook_failed", { id, event, tries: tries + 1, error: fault.slice(0, 100) });
  if (tries + 1 < TRIES_MAX) return;
  store.watch.removeMessage(n);
  changeTally(desk, ({ messagesLost }) => ({ messagesLost: messagesLost + 1 }));
  log("webhook_given_up", { id, event });
}

function retryMs(tries: number): number {
  return RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 0;
}

/** In how many ms a delivery wants a round; null: not at all. */
export function deliveryDueMs({ ports, memory }: Desk): number | null {
  if (!ports.webhook) return null;
  if (memory.delivering) return BUSY_MS;
  const dueMs = ports.store.watch.nextDueMs();
  return dueMs === null ? null : Math.max(0, dueMs - ports.nowMs());
}
