import type { Coin } from "./options.ts";

const denomRule = /^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/;

/** True for a denom by the SDK's rule (types/coin.go). */
export function isDenom(text: string): boolean {
  return denomRule.test(text);
}

/** Reads amounts of the wire; null when one is no whole number of at most 256 bits. */
export function readCoins(coins: readonly { denom: string; amount: string }[]): Coin[] | null {
  const read: Coin[] = [];
  for (const { denom, amount } of coins) {
    if (!/^-?[0-9]{1,78}$/.test(amount)) return null;
    read.push({ denom, amount: BigInt(amount) });
  }
  return read;
}

/** Coins.IsValid: known denoms in rising order, each amount above zero. No coins are valid. */
export function areValid(coins: readonly Coin[]): boolean {
  return coins.every(
    ({ denom, amount }, index) =>
      isDenom(denom) && amount > 0n && (index === 0 || (coins[index - 1]?.denom ?? "") < denom),
  );
}

/** Coins.String: `10stake,5uatom`, "" for none. */
export function coinsText(coins: readonly Coin[]): string {
  return coins.map(({ denom, amount }) => `${amount}${denom}`).join(",");
}

/** Adds up lists into sums by denom. */
export function sum(lists: readonly (readonly Coin[])[]): Map<string, bigint> {
  const total = new Map<string, bigint>();
  for (const { denom, amount } of lists.flat()) total.set(denom, (total.get(denom) ?? 0n) + amount);
  return total;
}
