import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { BatchRow, BatchState, ClaimRow } from "../../workers/domain/claim/records.ts";
import { D1ClaimHistory } from "../../workers/store/claim-history-d1.ts";
import { D1ReadModel } from "../../workers/store/read-model-d1.ts";

const huge = 340_282_366_920_938_463_463n;

function claims(from: number, to: number, recipient = "sand1a"): ClaimRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    id: `${recipient}-${from + index}`,
    recipient,
    coins: [{ denom: "usand", amount: huge }],
    epoch: 1,
    createdAtMs: 1_000 + index,
    route: "open" as const,
    credential: null,
  }));
}

function batch(n: number, from: number, to: number, state: BatchState, over: Partial<BatchRow> = {}): BatchRow {
  return {
    n,
    id: `b${n}`,
    from,
    to,
    epoch: 1,
    tx: {
      hash: `HASH${n}`,
      bytes: new Uint8Array(3),
      signer: "sand1faucet",
      reserves: "1/1",
      timeoutHeight: 30,
      anchor: { height: 1, hash: "AA" },
      fee: [],
    },
    attempt: 1,
    signedAtMs: 2_000,
    state,
    height: state === "pending" ? null : 7,
    code: null,
    reason: null,
    changedAtMs: 2_000 + n,
    rev: n,
    ...over,
  };
}

/** A chain of its own for each test: the database is shared within this file. */
function fresh() {
  const chainId = `chain-${crypto.randomUUID()}`;
  const count = async (table: string) =>
    (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE chain_id = ?`).bind(chainId).first<number>("n")) ??
    0;
  return { chainId, count, model: new D1ReadModel(env.DB, chainId), history: new D1ClaimHistory(env.DB, chainId) };
}

describe("the read model in D1", () => {
  it("takes thousands of rows in one write and gives amounts back to the last unit", async () => {
    const { model, history, count } = fresh();
    await model.write({ claims: claims(1, 2_500), batches: [batch(1, 1, 1_000, "paid")] });
    expect([await count("claims"), await count("batches")]).toEqual([2_500, 1]);
    const page = await history.claimsOf("sand1a", 2, 10);
    expect(page.claims).toHaveLength(1);
    expect(page.claims[0]).toMatchObject({ state: "confirmed", txHash: "HASH1", height: 7, drips: [{ amount: huge }] });
  });

  it("writes two rows for a claim, and none when the same rows come again", async () => {
    const { chainId, model, history } = fresh();
    const rows = { claims: claims(1, 20), batches: [batch(1, 1, 20, "paid")] };
    const written = await rowsWritten(chainId, () => model.write(rows));
    expect(written).toBe(20 * 2 + 2);
    const before = await history.claimsOf("sand1a", null, 50);
    expect(await rowsWritten(chainId, () => model.write(rows))).toBe(0);
    expect(await history.claimsOf("sand1a", null, 50)).toEqual(before);
  });

  it("never lets an older copy of a batch replace a newer one", async () => {
    const { model, history } = fresh();
    await model.write({ claims: claims(1, 1), batches: [batch(1, 1, 1, "paid", { rev: 5, changedAtMs: 5_000 })] });
    await model.write({ claims: [], batches: [batch(1, 1, 1, "pending", { rev: 1, changedAtMs: 2_000 })] });
    expect((await history.claimsOf("sand1a", null, 1)).claims[0]?.state).toBe("confirmed");
  });

  it("takes what a restored dispenser knows, although its numbers start lower", async () => {
    const { model, history } = fresh();
    await model.write({ claims: claims(1, 1), batches: [batch(1, 1, 1, "pending", { rev: 9, changedAtMs: 5_000 })] });
    await model.write({ claims: [], batches: [batch(1, 1, 1, "paid", { id: "other", rev: 2, changedAtMs: 6_000 })] });
    expect((await history.claimsOf("sand1a", null, 1)).claims[0]?.state).toBe("confirmed");
  });

  it("derives a claim's state from the newest batch over it", async () => {
    const { model, history } = fresh();
    const rows = [
      batch(1, 1, 5, "failed"),
      batch(2, 1, 2, "paid"),
      batch(3, 3, 4, "dead"),
      batch(4, 5, 5, "failed", { code: "recipient_refused", reason: "not allowed" }),
      batch(5, 6, 6, "pending"),
    ];
    await model.write({ claims: claims(1, 7), batches: rows });
    const page = await history.claimsOf("sand1a", null, 50);
    const states = page.claims.map((claim) => claim.state).reverse();
    expect(states).toEqual(["confirmed", "confirmed", "queued", "queued", "failed", "submitted", "queued"]);
    expect(page.claims[2]).toMatchObject({ code: "recipient_refused", reason: "not allowed" });
  });

  it("pages through an address's claims, newest first, each once", async () => {
    const { model, history } = fresh();
    await model.write({ claims: [...claims(1, 5), ...claims(6, 8, "sand1b")], batches: [] });
    const seen: string[] = [];
    let before: number | null = null;
    do {
      const page: Awaited<ReturnType<typeof history.claimsOf>> = await history.claimsOf("sand1a", before, 2);
      seen.push(...page.claims.map((claim) => claim.id));
      before = page.next;
    } while (before !== null);
    expect(seen).toEqual([5, 4, 3, 2, 1].map((seq) => `sand1a-${seq}`));
    expect(await history.claimsOf("sand1c", null, 2)).toEqual({ claims: [], next: null });
  });
});

/** What D1 bills for a write, taken from its own answers. */
async function rowsWritten(_chainId: string, run: () => Promise<void>): Promise<number> {
  const batchOf = env.DB.batch.bind(env.DB);
  let rows = 0;
  const counting: D1Database["batch"] = async (statements) => {
    const results = await batchOf<never>(statements);
    rows += results.reduce((sum, result) => sum + result.meta.rows_written, 0);
    return results;
  };
  Object.defineProperty(env.DB, "batch", { configurable: true, value: counting });
  try {
    await run();
  } finally {
    Reflect.deleteProperty(env.DB, "batch");
  }
  return rows;
}
