import type { Tally } from "../../workers/domain/claim/tally.ts";
import { messagesMax, type OutgoingMessage, type WatchStore } from "../../workers/domain/claim/watch-store.ts";
import type { Disk } from "./disk.ts";

/** `WatchStore` over a {@link Disk}; held to the same contract test as the SQLite one. */
export class MemoryWatch implements WatchStore {
  readonly #disk: () => Disk;

  constructor(disk: () => Disk) {
    this.#disk = disk;
  }

  tally(): Tally | null {
    return this.#disk().image.tally;
  }

  keepTally(tally: Tally): void {
    this.#disk().put("tally", tally);
  }

  addMessage(message: Pick<OutgoingMessage, "id" | "event" | "body">, nowMs: number): number {
    const before = this.#rows;
    const all = [...before, { ...message, n: (before.at(-1)?.n ?? 0) + 1, tries: 0, nextAtMs: nowMs }];
    this.#disk().put("outgoing", all.slice(-messagesMax));
    return Math.max(0, all.length - messagesMax);
  }

  dueMessages(nowMs: number, limit: number): OutgoingMessage[] {
    const due = this.#rows.filter(({ nextAtMs }) => nextAtMs <= nowMs);
    return due.sort((a, b) => a.nextAtMs - b.nextAtMs || a.n - b.n).slice(0, limit);
  }

  nextDueMs(): number | null {
    return this.#rows.length === 0 ? null : Math.min(...this.#rows.map(({ nextAtMs }) => nextAtMs));
  }

  postponeMessage(n: number, tries: number, nextAtMs: number): void {
    const rows = this.#rows.map((row) => (row.n === n ? { ...row, tries, nextAtMs } : row));
    this.#disk().put("outgoing", rows);
  }

  removeMessage(n: number): void {
    const rows = this.#rows.filter((row) => row.n !== n);
    this.#disk().put("outgoing", rows);
  }

  messageCount(): number {
    return this.#rows.length;
  }

  get #rows(): readonly OutgoingMessage[] {
    return this.#disk().image.outgoing;
  }
}
