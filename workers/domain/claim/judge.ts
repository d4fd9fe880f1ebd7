import { amountOf, type Coin, timesCoins } from "../shared/coin.ts";
import { claimState } from "./claim-state.ts";
import { credentialOf } from "./credential-rules.ts";
import type { AskRequest } from "./dispenser-api.ts";
import type { Desk } from "./memory.ts";
import { claimsOnTheWay, lineLength } from "./queue.ts";
import type { ClaimRefusal } from "./refusals.ts";
import { budgetRefusal } from "./shares.ts";

/** What a claim may have, and for whose quota it counts; or why not. */
export type Judgement =
  | {
      readonly ok: true;
      readonly coins: readonly Coin[];
      readonly credential: string | null;
      /** Claims a day of this credential; null: no such limit. */
      readonly perDay: number | null;
    }
  | { readonly ok: false; readonly refusal: ClaimRefusal };

/**
 * Every rule of the dispenser on a claim, but what the claim would use up. Reads only, so that it may be asked before
 * a claim; `reserve` asks it in the claim's own step. The credential comes first: a wrong one is always answered as
 * wrong, whoever is to be paid, so that tries can be counted.
 */
export function judge(desk: Desk, asked: AskRequest, held: readonly Coin[] | null): Judgement {
  const no = (refusal: ClaimRefusal): Judgement => ({ ok: false, refusal });
  const credential = credentialOf(desk, asked);
  if (!credential.ok) return no(credential.refusal);
  if (asked.address === desk.ports.driver.signer) {
    return no({ reason: "recipient_not_allowed", detail: "This is the faucet's own address." });
  }
  const drips = dripsFor(desk, credential.denoms, held);
  const refusal =
    drips.refusal ??
    pauseRefusal(desk) ??
    haltRefusal(desk) ??
    deniedRefusal(desk, asked.address) ??
    allowanceRefusal(desk, asked.address) ??
    credential.limit() ??
    budgetRefusal(desk, asked) ??
    roomRefusal(desk);
  if (refusal) return no(refusal);
  const { quotaKey, perDay } = credential;
  return { ok: true, coins: drips.coins, credential: quotaKey, perDay };
}

/** What the claim pays: the drips that it names, up to the recipient's cap where the faucet only tops up. */
function dripsFor(
  { policy }: Desk,
  denoms: readonly string[],
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

function pauseRefusal({ ports }: Desk): ClaimRefusal | null {
  const { pause } = ports.store.state();
  return pause && { reason: "faucet_paused", detail: pause.reason, retryAtMs: pause.retryAtMs };
}

/** Why an address is denied is the operators' own business: who is refused learns only that it is. */
function deniedRefusal({ ports }: Desk, address: string): ClaimRefusal | null {
  if (!ports.store.operator.denied(address)) return null;
  return { reason: "recipient_not_allowed", detail: "The operator of this faucet does not pay this address." };
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
