import { describe, expect, it } from "vitest";
import { claimState, readClaim, viewClaim } from "../../workers/domain/claim/claim-state.ts";
import type { BatchRow } from "../../workers/domain/claim/records.ts";
import { batchRow, claimRow, storedBatch, storeWith } from "./rows.ts";

const ROW = { ...claimRow("c1"), seq: 1 };
const view = (batch: BatchRow | null) => viewClaim("paw-1", ROW, batch, () => 4);
const BASE = { id: "c1", chainId: "paw-1", address: "paw1c1", drips: ROW.coins, createdAtMs: 1_000 };

describe("a claim's state", () => {
  it.each([
    ["queued while no batch has covered it", null, "queued"],
    ["submitted while its batch is on its way", storedBatch(), "submitted"],
    ["submitted while a block holds its batch and the outcome is unknown", storedBatch({ height: 12 }), "submitted"],
    ["confirmed when its batch was paid", storedBatch({ state: "paid", height: 12 }), "confirmed"],
    ["queued again when its batch is proved dead", storedBatch({ state: "dead" }), "queued"],
    ["queued again when its batch failed and another will try", storedBatch({ state: "failed", height: 12 }), "queued"],
    ["failed when no other batch will try", storedBatch({ state: "failed", code: "recipient_refused" }), "failed"],
  ] as const)("is %s", (_, batch, state) => {
    expect(claimState(batch)).toBe(state);
    expect(view(batch).state).toBe(state);
  });
});

describe("what the owner sees", () => {
  it("has a place and no transaction while queued, also after a batch that died", () => {
    expect(view(null)).toEqual({ ...BASE, state: "queued", queuePosition: 4, updatedAtMs: 1_000 });
    expect(view(storedBatch({ state: "dead", height: 12 }))).toEqual({
      ...BASE,
      state: "queued",
      queuePosition: 4,
      updatedAtMs: 3_000,
    });
  });

  it("has the hash but no height while submitted: a block alone says nothing yet", () => {
    const expected = { ...BASE, state: "submitted", txHash: "B1X1", updatedAtMs: 3_000 };
    expect(view(storedBatch())).toEqual(expected);
    expect(view({ ...storedBatch(), height: 12 })).toEqual(expected);
  });

  it("has hash and height when confirmed", () => {
    const paid = storedBatch({ state: "paid", height: 12 });
    expect(view(paid)).toEqual({ ...BASE, state: "confirmed", txHash: paid.tx.hash, height: 12, updatedAtMs: 3_000 });
  });

  it("has a code and the chain's words when failed", () => {
    const failed = storedBatch({ state: "failed", height: 12, code: "recipient_refused", reason: "sdk/4: no" });
    expect(view(failed)).toMatchObject({ state: "failed", height: 12, code: "recipient_refused", reason: "sdk/4: no" });
    expect(view(failed)).not.toHaveProperty("queuePosition");
  });

  it("does not show the chain's words of a batch that will be tried again", () => {
    expect(view(storedBatch({ state: "failed", height: 12, reason: "sdk/11: out of gas" }))).toEqual({
      ...BASE,
      state: "queued",
      queuePosition: 4,
      updatedAtMs: 3_000,
    });
  });

  it("follows the newest batch that covers the claim", () => {
    const store = storeWith(2);
    const [first, second] = store.claimsBetween(1, 2);
    store.save({ fresh: 3 });
    store.markBatch(store.addBatch(batchRow(1, 2)), { state: "failed", changedAtMs: 4_000 });
    store.addBatch(batchRow(1, 1, { state: "paid", height: 14 }));
    store.addRetry({ from: 2, to: 2, attempt: 1 });
    expect(readClaim(store, "paw-1", first!)).toMatchObject({ state: "confirmed", height: 14 });
    expect(readClaim(store, "paw-1", second!)).toMatchObject({ state: "queued", queuePosition: 1 });
  });
});
