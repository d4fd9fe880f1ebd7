/** An amount of one denom in base units. Never a float. */
export type Coin = { readonly denom: string; readonly amount: bigint };

/** Adds coins by denom; the answer is sorted by denom, as the SDK wants coins, and holds no zero. */
export function addCoins(...lists: readonly (readonly Coin[])[]): Coin[] {
  const sums = new Map<string, bigint>();
  for (const list of lists) {
    for (const coin of list) sums.set(coin.denom, (sums.get(coin.denom) ?? 0n) + coin.amount);
  }
  return [...sums]
    .filter(([, amount]) => amount !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([denom, amount]) => ({ denom, amount }));
}

/** Whether `purse` holds at least `price` of every denom. */
export function covers(purse: readonly Coin[], price: readonly Coin[]): boolean {
  return price.every(({ denom, amount }) => amountOf(purse, denom) >= amount);
}

/** The amount of one denom, 0 where it is absent. */
export function amountOf(coins: readonly Coin[], denom: string): bigint {
  return coins.find((coin) => coin.denom === denom)?.amount ?? 0n;
}

/** `n` times the coins. */
export function timesCoins(coins: readonly Coin[], n: number): Coin[] {
  return coins.map(({ denom, amount }) => ({ denom, amount: amount * BigInt(n) }));
}

/** Coins as they go out: amounts as decimal strings. */
export function writeDrips(coins: readonly Coin[]): { denom: string; amount: string }[] {
  return coins.map(({ denom, amount }) => ({ denom, amount: amount.toString() }));
}

/** The SDK's notation: `5uatom,10upaw`. Source: cosmos-sdk types/coin.go, Coins.String. */
export function writeCoins(coins: readonly Coin[]): string {
  return coins.map(({ denom, amount }) => `${amount}${denom}`).join(",");
}

/** Reads what {@link writeCoins} wrote. Throws on anything else: it only ever reads our own rows. */
export function readCoins(text: string): Coin[] {
  if (text === "") return [];
  return text.split(",").map((part) => {
    const match = /^(\d+)([a-zA-Z][a-zA-Z0-9/:._-]{2,127})$/.exec(part);
    if (!match?.[1] || !match[2]) throw new Error(`not a coin: ${part}`);
    return { denom: match[2], amount: BigInt(match[1]) };
  });
}
