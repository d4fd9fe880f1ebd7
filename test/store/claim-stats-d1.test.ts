import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { BatchRow, BatchState, ClaimRow } from "../../workers/domain/claim/records.ts";
import { D1ClaimStats } from "../../workers/store/claim-stats-d1.ts";
import { D1ReadModel } from "../../workers/store/read-model-d1.ts";

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const amount = 9_007_199_254_740_993n;

/** A chain of its own for each test: the database is shared within this file. */
function fresh() {
  const chainId = `chain-${crypto.randomUUID()}`;
  return { chainId, model: new D1ReadModel(env.DB, chainId), open: () => new D1ClaimStats(env.DB, chainId) };
}

function claims(from: number, to: number, recipient: (seq: number) => string, createdAtMs = 0): ClaimRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ seq: from + index, id: `c-${from + index}`, recipient: recipient(from + index), epoch: 1, createdAtMs },
    coins: [{ denom: "usand", amount }],
    route: "open" as const,
    credential: null,
  }));
}

function batch(n: number, from: number, to: number, state: BatchState, code: string | null = null): BatchRow {
  const anchor = { height: 1, hash: "AA" };
  const tx = { hash: `H${n}`, bytes: new Uint8Array(3), signer: "s", reserves: "1/1", timeoutHeight: 30, anchor };
  return {
    ...{ n, id: `b${n}`, from, to, epoch: 1, tx: { ...tx, fee: [] }, attempt: 1, signedAtMs: 5 },
    ...{ state, code, height: 7, reason: null, changedAtMs: 100 + n, rev: n },
  };
}

/** A statement that is run only once something else has happened. */
function writesAfter(moment: Promise<void>, sql: string) {
  return {
    bind: (...values: unknown[]) => ({
      run: () =>
        moment.then(() =>
          env.DB.prepare(sql)
            .bind(...values)
            .run(),
        ),
    }),
  };
}

const each = (seq: number) => `sand1${seq}`;

describe("figures of the read model", () => {
  it("are none before the first claim", async () => {
    const stats = fresh().open();
    const none = { claims: 0, confirmed: 0, failed: 0, paid: [], recipients: 0, lastDay: 0, lastHour: 0 };
    expect(await stats.totals(dayMs)).toEqual(none);
    expect(await stats.recent(50)).toEqual([]);
  });

  it("count what is settled once, over several questions, to the last unit", async () => {
    const { model, open } = fresh();
    const rows = claims(1, 9, (seq) => each(seq % 4));
    await model.write({ claims: rows, batches: [batch(1, 1, 4, "paid"), batch(2, 5, 6, "pending")] });
    const first = {
      claims: 9,
      confirmed: 4,
      failed: 0,
      recipients: 4,
      paid: [{ denom: "usand", amount: amount * 4n }],
    };
    expect(await open().totals(1)).toMatchObject(first);
    expect(await open().totals(1)).toMatchObject(first);
    // The batch failed in a block and is halved: one half pays, the other ends with the chain's reason.
    const halves = [batch(2, 5, 6, "failed"), batch(3, 5, 5, "paid"), batch(4, 6, 6, "failed", "recipient_refused")];
    await model.write({ claims: [], batches: [...halves, batch(5, 7, 8, "dead")] });
    expect(await open().totals(1)).toMatchObject({ confirmed: 5, failed: 1, recipients: 4 });
    await model.write({ claims: [], batches: [batch(6, 7, 9, "paid")] });
    const paid = [{ denom: "usand", amount: amount * 8n }];
    expect(await open().totals(1)).toMatchObject({ claims: 9, confirmed: 8, failed: 1, recipients: 4, paid });
  });

  it("are written once when many ask at once", async () => {
    const { model, open } = fresh();
    await model.write({ claims: claims(1, 300, each), batches: [batch(1, 1, 300, "paid")] });
    await Promise.all(Array.from({ length: 20 }, () => open().totals(1)));
    expect(await open().totals(1)).toMatchObject({ confirmed: 300, recipients: 300 });
  });

  it("are not set back by one who counted less and writes late", async () => {
    const { chainId, model, open } = fresh();
    await model.write({ claims: claims(1, 2, each), batches: [batch(1, 1, 2, "paid")] });
    const late = Promise.withResolvers<void>();
    const slow = new Proxy(env.DB, {
      get: (db, name) => {
        if (name !== "prepare") return Reflect.get(db, name);
        return (sql: string) =>
          sql.includes("INSERT INTO claim_totals") ? writesAfter(late.promise, sql) : db.prepare(sql);
      },
    });
    const behind = new D1ClaimStats(slow, chainId).totals(1);
    expect(await open().totals(1)).toMatchObject({ confirmed: 2 });
    await model.write({ claims: claims(3, 5, each), batches: [batch(2, 3, 5, "paid")] });
    expect(await open().totals(1)).toMatchObject({ confirmed: 5 });
    late.resolve();
    expect(await behind).toMatchObject({ confirmed: 2 });
    expect(
      await env.DB.prepare("SELECT through_seq FROM claim_totals WHERE chain_id = ?").bind(chainId).first(),
    ).toEqual({
      through_seq: 5,
    });
    expect(await open().totals(1)).toMatchObject({ confirmed: 5, recipients: 5 });
  });

  it("catch up by 5,000 claims a question", async () => {
    const { model, open } = fresh();
    const batches = Array.from({ length: 12 }, (_, index) =>
      batch(index + 1, index * 500 + 1, index * 500 + 500, "paid"),
    );
    await model.write({ claims: claims(1, 6_000, each), batches });
    expect(await open().totals(1)).toMatchObject({ claims: 6_000, confirmed: 5_000 });
    expect(await open().totals(1)).toMatchObject({ claims: 6_000, confirmed: 6_000, recipients: 6_000 });
  });

  it("know the last hour and the last day", async () => {
    const { model, open } = fresh();
    const now = 10 * dayMs;
    const rows = [
      ...claims(1, 5, each, now - 2 * dayMs),
      ...claims(6, 10, each, now - dayMs),
      ...claims(11, 13, each, now - hourMs - 1),
      // Places that a restored backup never gave out.
      ...claims(20, 21, each, now - hourMs),
      ...claims(22, 22, each, now),
    ];
    await model.write({ claims: rows, batches: [] });
    expect(await open().totals(now)).toMatchObject({ claims: 22, lastDay: 17, lastHour: 9 });
  });

  it("ask D1 at most every ten seconds", async () => {
    const { model, open } = fresh();
    const stats = open();
    expect(await stats.totals(0)).toMatchObject({ claims: 0 });
    await model.write({ claims: claims(1, 1, each), batches: [] });
    expect(await stats.totals(9_999)).toMatchObject({ claims: 0 });
    expect(await stats.totals(10_000)).toMatchObject({ claims: 1 });
  });

  it("list the newest paid claims, newest first, across batches", async () => {
    const { model, open } = fresh();
    const batches = [
      batch(1, 1, 40, "paid"),
      batch(2, 41, 50, "dead"),
      batch(3, 41, 50, "paid"),
      batch(4, 51, 60, "pending"),
    ];
    await model.write({ claims: claims(1, 60, each), batches });
    const recent = await open().recent(20);
    expect(recent.map(({ address }) => address)).toEqual(Array.from({ length: 20 }, (_, index) => each(50 - index)));
    expect(recent[0]).toEqual({ address: "sand150", coins: [{ denom: "usand", amount }], txHash: "H3", paidAtMs: 103 });
    expect(recent[19]?.txHash).toBe("H1");
  });
});
