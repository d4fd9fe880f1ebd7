import type { Tally } from "./tally.ts";

/** A message for the operator's receiver that was not taken yet. */
export type OutgoingMessage = {
  readonly n: number;
  /** The same in every try: a receiver that saw it passes over it. */
  readonly id: string;
  readonly event: string;
  /** JSON, signed as it stands. */
  readonly body: string;
  readonly tries: number;
  readonly nextAtMs: number;
};

/** So many messages may wait; the oldest go first. */
export const messagesMax = 1_000;

/** What the dispenser tells its operator, in its own storage. Held to test/conformance/watch-store. */
export interface WatchStore {
  /** What was kept last; null: nothing was. */
  tally(): Tally | null;
  keepTally(tally: Tally): void;

  /** Stores a message that is due at once. Answers how many old ones it took the place of. */
  addMessage(message: Pick<OutgoingMessage, "id" | "event" | "body">, nowMs: number): number;
  /** Due at this time, the longest due first. */
  dueMessages(nowMs: number, limit: number): OutgoingMessage[];
  /** When the next one is due; null: none waits. */
  nextDueMs(): number | null;
  postponeMessage(n: number, tries: number, nextAtMs: number): void;
  removeMessage(n: number): void;
  messageCount(): number;
}
