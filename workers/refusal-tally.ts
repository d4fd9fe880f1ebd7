import type { DispenserApi } from "./domain/claim/dispenser-api.ts";

const everyMs = 10_000;
/** Codes are ours, so this is never reached. */
const codesMax = 64;

/**
 * Counts the refusals that never reach a dispenser (a bad address, a missing challenge, a client at its cap), and tells
 * them to the dispenser together, every ten seconds at most. An isolate that ends in between takes its last counts with
 * it: the numbers are for a look at what happens, no limit rests on them.
 */
export class RefusalTally {
  readonly #dispenser: Pick<DispenserApi, "countRefused">;
  readonly #nowMs: () => number;
  #counts = new Map<string, number>();
  #toldAtMs = 0;

  constructor(dispenser: Pick<DispenserApi, "countRefused">, nowMs: () => number) {
    this.#dispenser = dispenser;
    this.#nowMs = nowMs;
  }

  count(code: string): void {
    if (this.#counts.size < codesMax) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  /** Tells what was counted, when it is time: what is to be waited for, which never rejects. */
  tell(): Promise<void>[] {
    if (this.#counts.size === 0 || this.#nowMs() - this.#toldAtMs < everyMs) return [];
    this.#toldAtMs = this.#nowMs();
    const counts = Object.fromEntries(this.#counts);
    this.#counts = new Map();
    return [this.#dispenser.countRefused(counts).catch(() => undefined)];
  }
}
