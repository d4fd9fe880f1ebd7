import type { Tally } from "../domain/claim/tally.ts";
import { messagesMax, type OutgoingMessage, type WatchStore } from "../domain/claim/watch-store.ts";

type StoredMessage = { n: number; id: string; event: string; body: string; tries: number; next_at_ms: number };

/** What a dispenser counts and tells, in its SQLite; see dispenser-schema.ts. */
export class SqliteWatchStore implements WatchStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  tally(): Tally | null {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM tally").toArray()[0];
    return row ? (JSON.parse(row.body) as Tally) : null;
  }

  keepTally(tally: Tally): void {
    const query = "INSERT INTO tally VALUES (1, ?) ON CONFLICT DO UPDATE SET body = excluded.body";
    this.#sql.exec(query, JSON.stringify(tally));
  }

  addMessage({ id, event, body }: Pick<OutgoingMessage, "id" | "event" | "body">, nowMs: number): number {
    const n = this.#number("SELECT coalesce(max(n), 0) + 1 AS value FROM outgoing");
    this.#sql.exec("INSERT INTO outgoing VALUES (?, ?, ?, ?, 0, ?)", n, id, event, body, nowMs);
    const over = this.messageCount() - messagesMax;
    if (over > 0) this.#sql.exec("DELETE FROM outgoing WHERE n IN (SELECT n FROM outgoing ORDER BY n LIMIT ?)", over);
    return Math.max(0, over);
  }

  dueMessages(nowMs: number, limit: number): OutgoingMessage[] {
    return this.#sql
      .exec<StoredMessage>("SELECT * FROM outgoing WHERE next_at_ms <= ? ORDER BY next_at_ms, n LIMIT ?", nowMs, limit)
      .toArray()
      .map(({ next_at_ms: nextAtMs, ...same }) => ({ ...same, nextAtMs }));
  }

  nextDueMs(): number | null {
    return this.#sql.exec<{ value: number | null }>("SELECT min(next_at_ms) AS value FROM outgoing").one().value;
  }

  postponeMessage(n: number, tries: number, nextAtMs: number): void {
    this.#sql.exec("UPDATE outgoing SET tries = ?, next_at_ms = ? WHERE n = ?", tries, nextAtMs, n);
  }

  removeMessage(n: number): void {
    this.#sql.exec("DELETE FROM outgoing WHERE n = ?", n);
  }

  messageCount(): number {
    return this.#number("SELECT count(*) AS value FROM outgoing");
  }

  #number(query: string): number {
    return this.#sql.exec<{ value: number }>(query).one().value;
  }
}
