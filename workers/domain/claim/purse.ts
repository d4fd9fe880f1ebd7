import { addCoins, amountOf, type Coin, covers, writeDrips } from "../shared/coin.ts";
import { raise } from "./announce.ts";
import { type Desk, tellOnce } from "./memory.ts";
import type { BatchRow, ClaimRow, DispenserState } from "./records.ts";

/** While the purse is too small it is looked into this often. */
const BALANCE_FRESH_MS = 2_000;

/** As many of the claims as the balance pays for, what is on its way set aside first. */
export async function affordable(desk: Desk, claims: readonly ClaimRow[]): Promise<readonly ClaimRow[]> {
  const fits = purseFits(desk, claims);
  if (fits === claims.length) return claims;
  const { store, nowMs } = desk.ports;
  if (nowMs() - store.state().balanceAtMs >= BALANCE_FRESH_MS) await readBalance(desk);
  const count = purseFits(desk, claims);
  tellOnce(desk, "faucet_empty", count === 0, () => ({ waiting: claims.length, signer: desk.ports.driver.signer }));
  return claims.slice(0, count);
}

function purseFits(desk: Desk, claims: readonly ClaimRow[]): number {
  const { store } = desk.ports;
  const held = addCoins(desk.policy.feeReserve, ...store.pendingBatches().map((batch) => cost(desk, batch)));
  const { balance } = store.state();
  let need: readonly Coin[] = held;
  for (const [index, claim] of claims.entries()) {
    need = addCoins(need, claim.coins);
    if (!covers(balance, need)) return index;
  }
  return claims.length;
}

/**
 * Takes what a block has moved off the balance that is known, which was read before it or (harmless, until the
 * next reading) after it: what is no longer set aside for a pending batch must not count as there again. `more` of the
 * state is saved in the same row.
 */
export function takeFromPurse(desk: Desk, spent: readonly Coin[], more: Partial<DispenserState> = {}): void {
  const { store } = desk.ports;
  const balance = store.state().balance.map(({ denom, amount }) => {
    const left = amount - amountOf(spent, denom);
    return { denom, amount: left > 0n ? left : 0n };
  });
  store.save({ ...more, balance });
}

/** What a batch takes from the purse, kept while it is pending. */
export function cost(desk: Desk, batch: BatchRow): readonly Coin[] {
  const known = desk.memory.costs.get(batch.n);
  if (known) return known;
  const sum = costOf(batch, desk.ports.store.claimsBetween(batch.from, batch.to));
  desk.memory.costs.set(batch.n, sum);
  return sum;
}

/** What a batch takes from the purse: its drips and its fee. */
export function costOf(batch: BatchRow, claims: readonly ClaimRow[]): Coin[] {
  return addCoins(batch.tx.fee, ...claims.map((claim) => claim.coins));
}

/** Reads the faucet's balance, and tells the operator once when it runs low. */
export async function readBalance(desk: Desk): Promise<void> {
  const { store, driver, nowMs } = desk.ports;
  const { policy } = desk;
  const denoms = [...new Set([...policy.drips, ...policy.feeReserve].map((coin) => coin.denom))];
  const balance = await driver.balance(driver.signer, denoms);
  store.save({ balance, balanceAtMs: nowMs() });
  const low = policy.balanceLow.find(({ denom, amount }) => amountOf(balance, denom) < amount);
  tellOnce(desk, "balance_low", low !== undefined, () => ({
    denom: low?.denom ?? "",
    balance: low ? `${amountOf(balance, low.denom)}` : "",
  }));
  raise(desk, "faucet.low_balance", low !== undefined, () => ({
    address: driver.signer,
    balance: writeDrips(balance),
  }));
}
