import type { Found } from "../chain/driver.ts";
import { amountOf } from "../shared/coin.ts";
import { readMemo } from "./memo.ts";
import type { Desk } from "./memory.ts";
import { isInLine, takeFromLine } from "./queue.ts";
import type { BatchRow, ClaimRow } from "./records.ts";

/**
 * Takes a payment of ours that the outbox does not hold (a restored backup forgot it) into the outbox, with the
 * claims that it is for. Null: no claim known here is in it. Anyone can write our memo, so only our own signers
 * count, and a claim counts only when its output names the same recipient and coins, and it is older than the
 * signature: places in line that the backup forgot may have been given out anew.
 */
export function adopt(desk: Desk, found: Found): BatchRow | null {
  const { store, driver, log } = desk.ports;
  const memo = readMemo(desk.policy.deployment, found.memo);
  const ours = found.signer === driver.signer || store.state().used[found.signer] !== undefined;
  if (!memo || !ours) return null;
  const claims = store.claimsBetween(memo.from, memo.to).filter((claim) => claim.createdAtMs <= memo.signedAtMs);
  const matched = claims.slice(0, matchLength(claims, found));
  store.skipSeqTo(memo.to);
  const last = matched.at(-1);
  log("payment_recovered", {
    batch: memo.id,
    hash: found.hash,
    height: found.height,
    claims: matched.length,
    outputs: found.payments.length,
    code: found.outcome.code,
  });
  if (!last) return null;
  const conflict = matched.find((claim) => !isInLine(store, claim.seq));
  if (conflict) {
    log("recovery_conflict", { batch: memo.id, hash: found.hash, claim: conflict.id });
    return null;
  }
  const range = { from: memo.from, to: last.seq };
  takeFromLine(store, range);
  return stored(desk, found, memo.id, { ...range, signedAtMs: memo.signedAtMs });
}

/** Outputs stand in the order of the claims; how many of the first fit. */
function matchLength(claims: readonly ClaimRow[], found: Found): number {
  const misfit = claims.findIndex((claim, index) => {
    const payment = found.payments[index];
    return (
      payment?.recipient !== claim.recipient ||
      payment.coins.length !== claim.coins.length ||
      claim.coins.some(({ denom, amount }) => amountOf(payment.coins, denom) !== amount)
    );
  });
  return misfit === -1 ? claims.length : misfit;
}

function stored(desk: Desk, found: Found, id: string, at: { from: number; to: number; signedAtMs: number }): BatchRow {
  const { store, nowMs } = desk.ports;
  const row: Omit<BatchRow, "n" | "rev"> = {
    ...at,
    id,
    epoch: store.state().epoch,
    attempt: 1,
    tx: {
      hash: found.hash,
      bytes: new Uint8Array(),
      signer: found.signer,
      reserves: found.reserves,
      timeoutHeight: found.height,
      anchor: { height: found.height, hash: "" },
      fee: found.fee,
    },
    state: "pending",
    height: found.height,
    code: null,
    reason: null,
    changedAtMs: nowMs(),
  };
  return { ...row, n: store.addBatch(row), rev: 0 };
}
