const MINUTE_MS = 60_000;

/**
 * About how many claims were accepted in the last minute: two counters, whatever the load. It takes the minute before
 * as evenly spread. A restart forgets it; it sets a price, and decides nothing about payment.
 */
export class MinuteRate {
  #minute = 0;
  #inThis = 0;
  #inLast = 0;

  /** A claim was accepted. */
  add(nowMs: number): void {
    this.#roll(nowMs);
    this.#inThis += 1;
  }

  /** Whole claims, rounded. */
  claims(nowMs: number): number {
    this.#roll(nowMs);
    return Math.round(this.#inThis + this.#inLast * (1 - (nowMs % MINUTE_MS) / MINUTE_MS));
  }

  #roll(nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#inLast = minute === this.#minute + 1 ? this.#inThis : 0;
    this.#inThis = 0;
    this.#minute = minute;
  }
}
