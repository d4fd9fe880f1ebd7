/** An amount of one denom, in base units. */
export type Coin = { readonly denom: string; readonly amount: bigint };

/** Coins that unlock: all at the end (delayed), or evenly from a start on (continuous). Times are Unix seconds. */
export type Vesting = {
  readonly coins: readonly Coin[];
  readonly startSeconds?: number;
  readonly endSeconds: number;
};

/** An account's genesis balance. Coins are sorted by denom, without duplicates, none of them 0. */
export type Allocation = {
  readonly address: string;
  readonly bytes: Uint8Array;
  readonly coins: readonly Coin[];
  readonly vesting?: Vesting;
};

/** What is wrong with one row of an allocation list. */
export type Fault = { readonly line: number; readonly message: string };

/** How allocations are read. */
export type AllocationRules = {
  /** The accounts' prefix, as `paw`. */
  readonly prefix: string;
  /** What a row without a denom means: the bond denom. */
  readonly denom: string;
};

const amountMax = 2n ** 256n;
const denomShape = /^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/;

/** An amount as it must be written, else null: digits without a leading zero, above 0, below 2^256. */
export function readAmount(text: string): bigint | null {
  if (!/^[1-9][0-9]{0,77}$/.test(text)) return null;
  const amount = BigInt(text);
  return amount < amountMax ? amount : null;
}

/** Whether the SDK takes a denom (types/coin.go). */
export function isDenom(text: string): boolean {
  return denomShape.test(text);
}

const secondsMax = 253_402_300_799;

/** A moment as Unix seconds or as RFC 3339, else null. */
export function readSeconds(text: string): number | null {
  if (/^[1-9][0-9]{0,11}$/.test(text)) return Number(text) <= secondsMax ? Number(text) : null;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || ms <= 0 ? null : Math.floor(ms / 1000);
}

/** Coins in the SDK's order, or null when a denom stands twice. */
export function sortedCoins(coins: readonly Coin[]): Coin[] | null {
  const sorted = [...coins].sort((a, b) => (a.denom < b.denom ? -1 : 1));
  return sorted.every(({ denom }, index) => denom !== sorted[index + 1]?.denom) ? sorted : null;
}
