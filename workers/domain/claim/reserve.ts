import { amountOf, type Coin, timesCoins } from "../shared/coin.ts";
import type { Claim } from "./claim.ts";
import { claimState, readClaim } from "./claim-state.ts";
import type { ReserveRequest } from "./dispenser-api.ts";
import type { Desk } from "./memory.ts";
import { claimsOnTheWay, lineLength } from "./queue.ts";
import type { ClaimRow } from "./records.ts";
import type { ClaimRefusal, Reserved } from "./refusals.ts";
import { budgetRefusal } from "./shares.ts";

/**
 * Stores a claim and with it every allowance that it uses, or says why not. One synchronous step: no twin gets
 * between the question and the row. The same id again gives the first answer again. `held` is what the recipient
 * has on the chain; null: not known.
 */
export function reserve(desk: Desk, request: ReserveRequest, held: readonly Coin[] | null): Reserved<Claim> {
  const { store } = desk.ports;
  try {
    return store.atomically(() => {
      const known = store.claimById(request.id);
      if (known) return repeat(desk, known, request);
      const drips = dripsFor(desk, request, held);
      const refusal =
        drips.refusal ?? haltRefusal(desk) ?? allowanceRefusal(desk, request.address) ?? budgetRefusal(desk, request);
      if (refusal) return refuse(refusal);
      const full = roomRefusal(desk) ?? nonceRefusal(desk, request);
      return full ? refuse(full) : accept(desk, request, drips.coins);
    });
  } catch (error) {
    desk.memory.budget.forget();
    throw error;
  }
}

/** A refusal as `reserve` answers it. */
export function refuse(refusal: ClaimRefusal): Reserved<Claim> {
  return { ok: false, refusal };
}

function accept({ ports, policy, memory }: Desk, request: ReserveRequest, coins: readonly Coin[]): Reserved<Claim> {
  const { store, nowMs } = ports;
  const [createdAtMs, { epoch }] = [nowMs(), store.state()];
  const draft = { id: request.id, recipient: request.address, coins, epoch, createdAtMs, route: request.route };
  const seq = store.addClaim(draft);
  memory.budget.add({ seq, atMs: createdAtMs, route: request.route });
  memory.rate.add(createdAtMs);
  return { ok: true, claim: readClaim(store, policy.chainId, { ...draft, seq }), repeated: false };
}

/** What the claim pays: the drips that it names, up to the recipient's cap where the faucet only tops up. */
function dripsFor(
  { policy }: Desk,
  { denoms }: ReserveRequest,
  held: readonly Coin[] | null,
): { coins: readonly Coin[]; refusal: ClaimRefusal | null } {
  const unknown = denoms.find((denom) => amountOf(policy.drips, denom) === 0n);
  if (unknown !== undefined) {
    const available = policy.drips.map((drip) => drip.denom);
    return { coins: [], refusal: { reason: "unknown_denom", denom: unknown, available } };
  }
  const chosen = denoms.length === 0 ? policy.drips : policy.drips.filter((drip) => denoms.includes(drip.denom));
  const coins: Coin[] = [];
  for (const { denom, amount } of chosen) {
    const cap = amountOf(policy.recipientCap, denom);
    const room = cap - amountOf(held ?? [], denom);
    const capped = cap > 0n && held !== null;
    if (capped && room <= 0n) return { coins: [], refusal: { reason: "balance_enough", denom, cap } };
    coins.push({ denom, amount: capped && policy.topUp && room < amount ? room : amount });
  }
  return { coins, refusal: null };
}

function repeat({ ports, policy }: Desk, row: ClaimRow, { address, denoms }: ReserveRequest): Reserved<Claim> {
  const asked = new Set(denoms.length === 0 ? policy.drips.map((drip) => drip.denom) : denoms);
  const same =
    row.recipient === address && row.coins.length === asked.size && row.coins.every(({ denom }) => asked.has(denom));
  if (!same) return refuse({ reason: "idempotency_key_reused" });
  return { ok: true, claim: readClaim(ports.store, policy.chainId, row), repeated: true };
}

function haltRefusal({ ports }: Desk): ClaimRefusal | null {
  const { halt } = ports.store.state();
  return halt && { reason: "faucet_halted", detail: halt.detail };
}

/** An allowance comes back by itself when its claim fails: it is derived from the claim's state. */
function allowanceRefusal({ ports, policy }: Desk, address: string): ClaimRefusal | null {
  const { store, nowMs } = ports;
  const last = store.latestClaimOf(address, store.state().epoch);
  if (!last) return null;
  const state = claimState(store.batchCovering(last.seq));
  if (state === "failed") return null;
  if (state !== "confirmed") return { reason: "claim_open", claimId: last.id };
  const retryAtMs = last.createdAtMs + policy.cooldownMs;
  return retryAtMs > nowMs() ? { reason: "cooldown_active", claimId: last.id, retryAtMs } : null;
}

/** A challenge pays for one claim; it is spent in the claim's own transaction, and only by a claim that is stored. */
function nonceRefusal({ ports }: Desk, { nonce }: ReserveRequest): ClaimRefusal | null {
  if (!nonce) return null;
  const spent = ports.store.spendNonce(nonce.id, nonce.expiresAtMs, ports.nowMs());
  return spent ? null : { reason: "challenge_used" };
}

function roomRefusal({ ports, policy }: Desk): ClaimRefusal | null {
  const { store, nowMs } = ports;
  const waiting = lineLength(store);
  if (waiting >= policy.queueMax) return { reason: "queue_full", retryAtMs: nowMs() + 60_000 };
  const { balance, balanceAtMs } = store.state();
  const owed = timesCoins(policy.drips, waiting + claimsOnTheWay(store) + 1);
  const enough = policy.drips.every(({ denom }) => {
    return amountOf(balance, denom) >= amountOf(owed, denom) + amountOf(policy.feeReserve, denom);
  });
  return balanceAtMs > 0 && !enough ? { reason: "faucet_empty" } : null;
}
