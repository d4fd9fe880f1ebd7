import type { Log } from "./ports.ts";

/** An alarm armed before anything else runs, in case the object dies on the way. */
const SAFETY_MS = 30_000;
/** One run ends after so long and asks for the next alarm. */
const RUN_MS = 20_000;
const STEP_MS_MIN = 20;
const STEP_MS_MAX = 15_000;
const FAILED_MS = 2_000;

/** What the pump uses from its host. */
export type PumpPorts = {
  /** The dispenser's step. */
  readonly step: () => Promise<number | null>;
  /** Arms the host's one durable alarm, in place of the one before. */
  readonly arm: (atMs: number) => void;
  readonly disarm: () => void;
  /** Resolves after so long, or when `wake` is called. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly wake: () => void;
  readonly nowMs: () => number;
  readonly log: Log;
};

/**
 * Keeps a dispenser going for as long as it has something to do. There is always a durable alarm ahead while work
 * is open: it is armed before the first step, so that no death and no error on the way can end the chain of them.
 */
export class Pump {
  readonly #ports: PumpPorts;
  #running = false;
  #called = false;

  constructor(ports: PumpPorts) {
    this.#ports = ports;
  }

  /** There is new work: cuts the current pause short, or arms the alarm for now. */
  call(): void {
    this.#called = true;
    if (this.#running) this.#ports.wake();
    else this.#ports.arm(this.#ports.nowMs());
  }

  /** Runs steps for a while. The alarm's whole body; never throws, and a second call while one runs does nothing. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    const { nowMs, arm, log } = this.#ports;
    try {
      arm(nowMs() + SAFETY_MS);
      await this.#steps(nowMs() + RUN_MS);
      // Called between the last step's end and this line: nobody sleeps who could be woken.
      if (this.#called) arm(nowMs());
    } catch (error) {
      log("pump_failed", {
        error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : "unknown",
      });
      this.#tryToArm(nowMs() + FAILED_MS);
    } finally {
      this.#running = false;
    }
  }

  async #steps(endMs: number): Promise<void> {
    const { step, arm, disarm, sleep, nowMs } = this.#ports;
    for (;;) {
      this.#called = false;
      const wanted = await step();
      if (wanted === null && !this.#called) {
        disarm();
        return;
      }
      const pauseMs = this.#called ? STEP_MS_MIN : Math.min(STEP_MS_MAX, Math.max(STEP_MS_MIN, wanted ?? 0));
      if (nowMs() + pauseMs >= endMs) {
        arm(nowMs() + pauseMs);
        return;
      }
      await sleep(pauseMs);
    }
  }

  /** A replaced object may not touch its storage any more; its successor has the alarm. */
  #tryToArm(atMs: number): void {
    try {
      this.#ports.arm(atMs);
    } catch (error) {
      this.#ports.log("alarm_not_armed", { error: error instanceof Error ? error.name : "unknown" });
    }
  }
}
