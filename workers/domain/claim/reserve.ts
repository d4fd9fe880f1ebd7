import { amountOf, type Coin, covers, timesCoins } from "../shared/coin.ts";
import type { Claim } from "./claim.ts";
import { claimState, readClaim } from "./claim-state.ts";
import type { ReserveRequest } from "./dispenser-api.ts";
import type { DispenserPolicy, DispenserStore } from "./ports.ts";
import { lineLength } from "./queue.ts";
import type { ClaimRow } from "./records.ts";
import type { ClaimRefusal, Reserved } from "./refusals.ts";

/**
 * Stores a claim and with it the recipient's allowance, or says why not. One synchronous step: no twin gets
 * between the question and the row. The same id again gives the first answer again.
 */
export function reserve(
  store: DispenserStore,
  policy: DispenserPolicy,
  nowMs: number,
  request: ReserveRequest,
): Reserved<Claim> {
  return store.atomically(() => {
    const unknown = request.denoms.find((denom) => amountOf(policy.drips, denom) === 0n);
    if (unknown !== undefined) {
      const available = policy.drips.map((drip) => drip.denom);
      return refuse({ reason: "unknown_denom", denom: unknown, available });
    }
    const coins = chosenDrips(policy, request.denoms);
    const known = store.claimById(request.id);
    if (known) return repeat(store, policy, known, request.address, coins);
    const refusal =
      haltRefusal(store) ??
      allowanceRefusal(store, policy, nowMs, request.address) ??
      roomRefusal(store, policy, nowMs);
    if (refusal) return refuse(refusal);
    const { epoch } = store.state();
    const draft = { id: request.id, recipient: request.address, coins, epoch, createdAtMs: nowMs };
    const seq = store.addClaim(draft);
    return { ok: true, claim: readClaim(store, policy.chainId, { ...draft, seq }), repeated: false };
  });
}

/** A refusal as `reserve` answers it. */
export function refuse(refusal: ClaimRefusal): Reserved<Claim> {
  return { ok: false, refusal };
}

function chosenDrips(policy: DispenserPolicy, denoms: readonly string[]): readonly Coin[] {
  return denoms.length === 0 ? policy.drips : policy.drips.filter((drip) => denoms.includes(drip.denom));
}

function repeat(
  store: DispenserStore,
  policy: DispenserPolicy,
  row: ClaimRow,
  address: string,
  coins: readonly Coin[],
): Reserved<Claim> {
  const same = row.recipient === address && covers(row.coins, coins) && covers(coins, row.coins);
  if (!same) return refuse({ reason: "idempotency_key_reused" });
  return { ok: true, claim: readClaim(store, policy.chainId, row), repeated: true };
}

function haltRefusal(store: DispenserStore): ClaimRefusal | null {
  const { halt } = store.state();
  return halt && { reason: "faucet_halted", detail: halt.detail };
}

/** An allowance comes back by itself when its claim fails: it is derived from the claim's state. */
function allowanceRefusal(
  store: DispenserStore,
  policy: DispenserPolicy,
  nowMs: number,
  address: string,
): ClaimRefusal | null {
  const last = store.latestClaimOf(address, store.state().epoch);
  if (!last) return null;
  const state = claimState(store.batchCovering(last.seq));
  if (state === "failed") return null;
  if (state !== "confirmed") return { reason: "claim_open", claimId: last.id };
  const retryAtMs = last.createdAtMs + policy.cooldownMs;
  return retryAtMs > nowMs ? { reason: "cooldown_active", claimId: last.id, retryAtMs } : null;
}

function roomRefusal(store: DispenserStore, policy: DispenserPolicy, nowMs: number): ClaimRefusal | null {
  const waiting = lineLength(store);
  if (waiting >= policy.queueMax) return { reason: "queue_full", retryAtMs: nowMs + 60_000 };
  const { balance, balanceAtMs } = store.state();
  const inFlight = store.pendingBatches().reduce((sum, batch) => sum + batch.to - batch.from + 1, 0);
  const owed = timesCoins(policy.drips, waiting + inFlight + 1);
  const enough = policy.drips.every(({ denom }) => {
    return amountOf(balance, denom) >= amountOf(owed, denom) + amountOf(policy.feeReserve, denom);
  });
  return balanceAtMs > 0 && !enough ? { reason: "faucet_empty" } : null;
}
