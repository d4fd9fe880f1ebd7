/** Calls `tick` every period, measured from start to start. It can be held and let go. */
export class Clock {
  readonly #periodMs: number;
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(periodMs: number, tick: () => void) {
    this.#periodMs = periodMs;
    this.#tick = tick;
  }

  /** Starts or goes on; the first tick is a whole period away. Without effect while it runs. */
  start(): void {
    this.#timer ??= setInterval(this.#tick, this.#periodMs);
  }

  /** No tick comes after this returns, until it is started again. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
