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
  | {
      readonly ok: true;
      readonly nonce: { readonly id: string; readonly expiresAtMs: number };
      /** The price that was paid, in derivations. */
      readonly triesMost: number;
    }
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
  /** `triesBase`: the price in derivations when nothing presses. */
  | { readonly kind: "pow"; readonly challenges: Challenges; readonly triesBase: number }
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
  /** How much of their share of the hour's budget the claims without a credential have used: 0 to 1. */
  readonly budgetUsed: number;
};

/** What the line, the rate and the client's own claims raise it to: 20 s on average on one core of a laptop. */
const demandMost = 16;
/** However great the pressure, no more: 80 s on average on one core of a laptop, 20 s on four; below the lifetime. */
export const priceMost = 64;

/** The share of the budget from which on a claim costs more, and how often the price doubles from there to its end. */
const surgeFrom = 0.5;
const surgeDoublings = 6;
/** A puzzle pays for a claim until the price has risen to this many times its own. */
const priceSlack = 4;

const queuedPerStep = 250;
const acceptedPerStep = 120;
const clientPerStep = 4;

/**
 * The price in derivations: the quiet one, and that much again for each 250 claims in line, each 120 accepted in the
 * last minute and each 4 that the client's network made today, up to 16 times; all of it times {@link surgeOf}, up to
 * 64 times. It rises with each cause and never becomes a wall: suspicion costs work.
 */
export function priceOf(pressure: Pressure, triesBase: number): number {
  const { queued, acceptedLastMinute, clientToday, budgetUsed } = pressure;
  const steps = queued / queuedPerStep + acceptedLastMinute / acceptedPerStep + clientToday / clientPerStep;
  const demand = Math.min(demandMost, 1 + Math.max(0, steps));
  return Math.round(triesBase * Math.min(priceMost, demand * surgeOf(budgetUsed)));
}

/**
 * What the budget's scarcity multiplies the price by: 1 while half of the share is left, then doubled with each
 * twelfth of it. Who takes much pays ever more for the next claim, so the end of the hour's share is not worth taking
 * by machine, and somebody who wants one claim still finds it there.
 */
export function surgeOf(budgetUsed: number): number {
  const over = Math.min(1, Math.max(0, budgetUsed - surgeFrom) / (1 - surgeFrom));
  return 2 ** (surgeDoublings * over);
}

/**
 * Whether a puzzle that cost `paid` times the quiet price may still pay. Without this bound puzzles that were taken
 * in stock while the budget was full would buy all of it at the quiet price.
 */
export function stillPays(paid: number, budgetUsed: number): boolean {
  return paid * priceSlack >= surgeOf(budgetUsed);
}

/** About how long the average puzzle of this price takes on one core of a laptop, in seconds. */
export function secondsAbout(triesMost: number): number {
  return Math.round((triesMost / 2) * 0.05) / 10;
}
