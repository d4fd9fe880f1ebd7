/** A puzzle as it goes out. The client solves it and sends challenge and solution back as one text. */
export type Challenge = {
  /** ALTCHA's own form, to be handed back unchanged: the parameters, and a signature over all of them. */
  readonly puzzle: { readonly parameters: Readonly<Record<string, unknown>>; readonly signature: string };
  readonly expiresAtMs: number;
  /** Solving takes from 1 to this many derivations, each as likely: half of it on average. */
  readonly triesMost: number;
};

/** What checking a solution answered. The nonce is to be spent with the claim: a solution pays once. */
export type ChallengeVerdict =
  | { readonly ok: true; readonly nonce: { readonly id: string; readonly expiresAtMs: number } }
  | { readonly ok: false; readonly detail: string };

/** Puzzles that cost their solver work and their checker none. Bound to a network, an address and a time. */
export interface Challenges {
  /** `address` is checked and in lower case. `triesMost`: see {@link priceOf}. */
  issue(chainId: string, address: string, triesMost: number, nowMs: number): Promise<Challenge>;
  /** Whatever the text is, the answer is a verdict; it never throws on what a client sent. */
  verify(chainId: string, address: string, solution: string, nowMs: number): Promise<ChallengeVerdict>;
}

/** What a network asks of a claim. */
export type ChallengePolicy =
  | { readonly kind: "none" }
  | { readonly kind: "pow"; readonly challenges: Challenges }
  /** A token of this widget of Cloudflare's; `proofs` of ServedNetwork checks it. */
  | { readonly kind: "turnstile"; readonly siteKey: string }
  /** It asks for something that this deployment can't check; `detail` says what to set. */
  | { readonly kind: "unset"; readonly detail: string };

/** What raises the price of a puzzle. Whole numbers, never negative. */
export type Pressure = {
  /** Claims that wait for their batch. */
  readonly queued: number;
  readonly acceptedLastMinute: number;
  /** Claims that this client's network made today; 0 where that isn't known. */
  readonly clientToday: number;
};

/**
 * The quiet price. One derivation is scrypt with N = 2048, r = 8 (2 MiB): 5 ms in V8 on one core where it was
 * measured, and 20 ms if a phone is four times slower: so 256 of them on average are 1.3 s and 5 s on one core. The
 * page uses up to four. A native solver needs 3 ms for each.
 */
export const triesMostBase = 512;
/** However great the pressure, no more than this: 20 s on average on one core of a laptop, 80 s of a phone. */
export const triesMostCap = triesMostBase * 16;

const queuedPerStep = 250;
const acceptedPerStep = 120;
const clientPerStep = 4;

/**
 * The price in derivations: the quiet one, and that much again for each 250 claims in line, each 120 accepted in the
 * last minute and each 4 that the client's network made today, up to 16 times. It rises with each cause and never
 * becomes a wall: suspicion costs work.
 */
export function priceOf({ queued, acceptedLastMinute, clientToday }: Pressure): number {
  const steps = queued / queuedPerStep + acceptedLastMinute / acceptedPerStep + clientToday / clientPerStep;
  return Math.min(triesMostCap, Math.round(triesMostBase * (1 + Math.max(0, steps))));
}

/** About how long the average puzzle of this price takes on one core of a laptop, in seconds. */
export function secondsAbout(triesMost: number): number {
  return Math.round((triesMost / 2) * 0.05) / 10;
}
