import type { ClaimRoute } from "../domain/claim/claim.ts";
import type { BatchRow, BatchState, ClaimRow, DispenserState } from "../domain/claim/records.ts";
import type { Coin } from "../domain/shared/coin.ts";
import { readCoins, writeCoins } from "../domain/shared/coin.ts";

/** A row of the object's table `claims`. */
export type StoredClaim = {
  seq: number;
  id: string;
  recipient: string;
  coins: string;
  epoch: number;
  created_at_ms: number;
  route: ClaimRoute;
  credential: string | null;
};

/** A row of the object's table `batches`. */
export type StoredBatch = {
  n: number;
  id: string;
  epoch: number;
  from_seq: number;
  to_seq: number;
  hash: string;
  bytes: ArrayBuffer;
  signer: string;
  reserves: string;
  timeout_height: number;
  anchor_height: number;
  anchor_hash: string;
  fee: string;
  attempt: number;
  signed_at_ms: number;
  state: BatchState;
  height: number | null;
  code: string | null;
  reason: string | null;
  changed_at_ms: number;
  rev: number;
};

/** A stored claim as the domain sees it. */
export function readClaim(row: StoredClaim): ClaimRow {
  return {
    seq: row.seq,
    id: row.id,
    recipient: row.recipient,
    coins: readCoins(row.coins),
    epoch: row.epoch,
    createdAtMs: row.created_at_ms,
    route: row.route,
    credential: row.credential,
  };
}

/** A stored batch as the domain sees it. */
export function readBatch(row: StoredBatch): BatchRow {
  return {
    n: row.n,
    id: row.id,
    epoch: row.epoch,
    from: row.from_seq,
    to: row.to_seq,
    tx: {
      hash: row.hash,
      bytes: new Uint8Array(row.bytes),
      signer: row.signer,
      reserves: row.reserves,
      timeoutHeight: row.timeout_height,
      anchor: { height: row.anchor_height, hash: row.anchor_hash },
      fee: readCoins(row.fee),
    },
    attempt: row.attempt,
    signedAtMs: row.signed_at_ms,
    state: row.state,
    height: row.height,
    code: row.code,
    reason: row.reason,
    changedAtMs: row.changed_at_ms,
    rev: row.rev,
  };
}

/** The state as JSON; coins in the SDK's notation, since JSON has no bigint. */
export function writeState(state: DispenserState): string {
  return JSON.stringify({ ...state, balance: writeCoins(state.balance) });
}

/** Reads what {@link writeState} wrote over what a state of this release starts with, so that new fields have values. */
export function readState(body: string, empty: DispenserState): DispenserState {
  const stored = JSON.parse(body) as Omit<DispenserState, "balance"> & { balance: string };
  const balance: readonly Coin[] = readCoins(stored.balance);
  return { ...empty, ...stored, balance };
}
