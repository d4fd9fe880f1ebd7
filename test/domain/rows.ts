import type { ReserveRequest } from "../../workers/domain/claim/dispenser-api.ts";
import type { BatchRow, ClaimRow, RetryRow } from "../../workers/domain/claim/records.ts";
import { Disk } from "../simulation/disk.ts";
import { MemoryStore } from "../simulation/memory-store.ts";

/** An empty store on a disk of its own. */
export function emptyStore(): MemoryStore {
  return new MemoryStore(new Disk("g0"));
}

/** A store with so many claims in line, all fresh: `c1`, `c2`, … */
export function storeWith(claims: number): MemoryStore {
  const store = emptyStore();
  for (let seq = 1; seq <= claims; seq += 1) store.addClaim(claimRow(`c${seq}`));
  return store;
}

/** A claim by its id; the recipient is named after it. */
export function claimRow(id: string, over: Partial<ClaimRow> = {}): Omit<ClaimRow, "seq"> {
  const coins = [{ denom: "upaw", amount: 5n }];
  return { id, recipient: `paw1${id}`, coins, epoch: 1, createdAtMs: 1_000, route: "open", credential: null, ...over };
}

/** A signed batch; its id and hash follow from its range and state. */
export function batchRow(from: number, to: number, over: Partial<BatchRow> = {}): Omit<BatchRow, "n" | "rev"> {
  const id = `b${from}x${to}${over.state ?? ""}${over.attempt ?? ""}`;
  const tx = {
    hash: id.toUpperCase(),
    bytes: new Uint8Array([1]),
    signer: "paw1faucet",
    reserves: "7/0",
    timeoutHeight: 30,
    anchor: { height: 9, hash: "AB" },
    fee: [{ denom: "upaw", amount: 2n }],
  };
  const times = { signedAtMs: 2_000, changedAtMs: 3_000 };
  return {
    from,
    to,
    id,
    epoch: 1,
    tx,
    attempt: 1,
    state: "pending",
    height: null,
    code: null,
    reason: null,
    ...times,
    ...over,
  };
}

/** A batch as the store gives it back. */
export function storedBatch(over: Partial<BatchRow> = {}): BatchRow {
  return { ...batchRow(1, 1, over), n: 1, rev: 1 };
}

/** A retry of the first attempt unless told otherwise. */
export function retry(from: number, to: number, attempt = 1): RetryRow {
  return { from, to, attempt };
}

/** A claim as it is asked for: openly, without a challenge, for all that the network drips. */
export function request(address: string, over: Partial<ReserveRequest> = {}): ReserveRequest {
  return { id: address, address, denoms: [], route: "open", credential: null, nonce: null, paid: null, ...over };
}
