/** What a pump is given from outside. Times in ms. */
export type PumpPorts = {
  /** One round; answers when it wants the next, or null for not before something happens. */
  readonly step: () => Promise<number | null>;
  readonly nowMs: () => number;
};

/** How a run ended: the ms until the next is wanted; null: nothing to do until something happens. */
export type PumpEnd = { readonly nextMs: number | null };

const pauseMsMin = 50;
/** For a longer pause the object's alarm is cheaper than an object that waits. */
const pauseMsMax = 5_000;

/**
 * Calls `step` in a loop, one round at a time, with the pauses that it asks for. {@link Pump.wake} cuts a pause
 * short. One run at a time: a second one ends at once.
 */
export class Pump {
  readonly #ports: PumpPorts;
  #running = false;
  #woken = false;
  #endPause: (() => void) | null = null;

  constructor(ports: PumpPorts) {
    this.#ports = ports;
  }

  /** Whether a run is on: then {@link wake} is enough to have a claim seen. */
  get running(): boolean {
    return this.#running;
  }

  /** There is something new to look at. */
  wake(): void {
    this.#woken = true;
    this.#endPause?.();
  }

  /**
   * Runs for about `budgetMs`. Throws what `step` throws. When it answers null nothing came in since the last
   * round: the caller may disarm its alarm in the same breath.
   */
  async run(budgetMs: number): Promise<PumpEnd | null> {
    if (this.#running) return null;
    this.#running = true;
    try {
      const endMs = this.#ports.nowMs() + budgetMs;
      for (;;) {
        this.#woken = false;
        const wanted = await this.#ports.step();
        const pauseMs = this.#woken ? pauseMsMin : wanted;
        if (pauseMs === null) return { nextMs: null };
        if (pauseMs > pauseMsMax || this.#ports.nowMs() + pauseMs >= endMs) return { nextMs: pauseMs };
        await this.#pause(pauseMs);
      }
    } finally {
      this.#running = false;
    }
  }

  /** However often it is woken, at least the smallest pause lies between two rounds. */
  async #pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, pauseMsMin));
    if (this.#woken || ms <= pauseMsMin) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms - pauseMsMin);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endPause = null;
  }
}
