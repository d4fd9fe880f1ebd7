import { claimState } from "./claim-state.ts";
import type { DispenserStore } from "./ports.ts";

const dayMs = 86_400_000;
/** Credentials whose counts are kept beside the store; the one asked least recently makes room. */
const keptMost = 500;

type Entry = { readonly seq: number; readonly atMs: number };
type Kept = { readonly sinceMs: number; entries: Entry[] };

/** How many claims of a credential count, and when the first place of a full day is free. */
export type Used = {
  readonly inAll: number;
  readonly today: number;
  /** When no more than `most` - 1 of today's claims are left, if none fails before. */
  readonly freeAtMs: (most: number) => number;
};

/**
 * The claims of each credential that have not failed. Derived like the hourly budget: read from the store when a
 * credential is first asked for, then kept beside it. What a failed claim used is free because it counts no more;
 * nothing is ever counted down.
 */
export class CredentialCounts {
  readonly #kept = new Map<string, Kept>();

  /** Today's claims of a credential within an epoch; with `whole` also all before. */
  used(store: DispenserStore, credential: string, epoch: number, whole: boolean, nowMs: number): Used {
    const kept = this.#keep(store, credential, epoch, whole ? 0 : nowMs - dayMs);
    const { entries } = kept;
    const today = entries.filter(({ atMs }) => atMs > nowMs - dayMs);
    if (kept.sinceMs > 0) kept.entries = today;
    const freeAtMs = (most: number) => (today.at(-most)?.atMs ?? nowMs) + dayMs;
    return { inAll: entries.length, today: today.length, freeAtMs };
  }

  /** A claim was stored. */
  add(credential: string, epoch: number, entry: Entry): void {
    this.#kept.get(nameOf(credential, epoch))?.entries.push(entry);
  }

  /** Claims failed: they count no more. */
  drop(from: number, to: number): void {
    for (const kept of this.#kept.values()) kept.entries = kept.entries.filter(({ seq }) => seq < from || seq > to);
  }

  /** What was kept may hold rows that a rollback took back. */
  forget(): void {
    this.#kept.clear();
  }

  #keep(store: DispenserStore, credential: string, epoch: number, sinceMs: number): Kept {
    const name = nameOf(credential, epoch);
    const known = this.#kept.get(name);
    this.#kept.delete(name);
    const kept =
      known && known.sinceMs <= sinceMs ? known : { sinceMs, entries: read(store, credential, epoch, sinceMs) };
    this.#kept.set(name, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMost && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }
}

function nameOf(credential: string, epoch: number): string {
  return `${epoch}/${credential}`;
}

function read(store: DispenserStore, credential: string, epoch: number, sinceMs: number): Entry[] {
  return store
    .claimsOfCredential(credential, epoch, sinceMs)
    .filter(({ seq }) => claimState(store.batchCovering(seq)) !== "failed")
    .map(({ seq, createdAtMs }) => ({ seq, atMs: createdAtMs }));
}
