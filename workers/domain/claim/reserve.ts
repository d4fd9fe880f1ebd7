import type { Coin } from "../shared/coin.ts";
import type { Claim } from "./claim.ts";
import { readClaim } from "./claim-state.ts";
import type { ReserveRequest } from "./dispenser-api.ts";
import { type Judgement, judge } from "./judge.ts";
import type { Desk } from "./memory.ts";
import type { ClaimRow } from "./records.ts";
import type { ClaimRefusal, Reserved } from "./refusals.ts";
import { priceRefusal } from "./shares.ts";

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
      const judgement = judge(desk, request, held);
      if (!judgement.ok) return judgement;
      const used = priceRefusal(desk, request) ?? nonceRefusal(desk, request);
      return used ? refuse(used) : accept(desk, request, judgement);
    });
  } catch (error) {
    desk.memory.budget.forget();
    desk.memory.credentials.forget();
    throw error;
  }
}

function refuse(refusal: ClaimRefusal): Reserved<Claim> {
  return { ok: false, refusal };
}

function accept(
  { ports, policy, memory }: Desk,
  request: ReserveRequest,
  { coins, credential }: Extract<Judgement, { ok: true }>,
): Reserved<Claim> {
  const { store, nowMs } = ports;
  const [createdAtMs, { epoch }] = [nowMs(), store.state()];
  const { id, address: recipient, route } = request;
  const draft = { id, recipient, coins, epoch, createdAtMs, route, credential };
  const seq = store.addClaim(draft);
  memory.budget.add({ seq, atMs: createdAtMs, route });
  if (credential !== null) memory.credentials.add(credential, epoch, { seq, atMs: createdAtMs });
  memory.rate.add(createdAtMs);
  return { ok: true, claim: readClaim(store, policy.chainId, { ...draft, seq }), repeated: false };
}

/** A claim that named no tokens got all; or, where its credential is good for some only, those. */
function repeat({ ports, policy }: Desk, row: ClaimRow, { address, denoms }: ReserveRequest): Reserved<Claim> {
  const asked = new Set(denoms.length === 0 ? policy.drips.map((drip) => drip.denom) : denoms);
  const alike = row.coins.length === asked.size && row.coins.every(({ denom }) => asked.has(denom));
  const narrowed = denoms.length === 0 && row.credential !== null;
  if (row.recipient !== address || !(alike || narrowed)) return refuse({ reason: "idempotency_key_reused" });
  return { ok: true, claim: readClaim(ports.store, policy.chainId, row), repeated: true };
}

/** A challenge pays for one claim; it is spent in the claim's own transaction, and only by a claim that is stored. */
function nonceRefusal({ ports }: Desk, { nonce }: ReserveRequest): ClaimRefusal | null {
  if (!nonce) return null;
  const spent = ports.store.spendNonce(nonce.id, nonce.expiresAtMs, ports.nowMs());
  return spent ? null : { reason: "challenge_used" };
}
