import type { Claim } from "../domain/claim/claim.ts";

/** Clients that may wait at one object at one time; those beyond are answered at once. */
const waitersMax = 2_000;
const waitMsMax = 30_000;

type Waiter = { readonly done: (claim: Claim) => boolean; readonly tell: () => void };

/** Clients that wait for a claim to change. They live in memory: who is forgotten asks again. */
export class Waiters {
  readonly #byClaim = new Map<string, Set<Waiter>>();
  #count = 0;

  /** Resolves when a change of the claim satisfies `done`, after `waitMs`, or at once when too many wait. */
  async wait(id: string, done: (claim: Claim) => boolean, waitMs: number): Promise<void> {
    if (this.#count >= waitersMax || !(waitMs > 0)) return;
    const waiters = this.#byClaim.get(id) ?? new Set();
    this.#byClaim.set(id, waiters);
    this.#count += 1;
    await new Promise<void>((resolve) => {
      const tell = () => {
        clearTimeout(timer);
        if (!waiters.delete(waiter)) return;
        this.#count -= 1;
        if (waiters.size === 0) this.#byClaim.delete(id);
        resolve();
      };
      const waiter: Waiter = { done, tell };
      const timer = setTimeout(tell, Math.min(waitMs, waitMsMax));
      waiters.add(waiter);
    });
  }

  /** Claims changed; those who wait for it are told. */
  tell(claims: readonly Claim[]): void {
    for (const claim of claims) {
      for (const waiter of this.#byClaim.get(claim.id) ?? []) if (waiter.done(claim)) waiter.tell();
    }
  }
}
