import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { schemaSteps } from "../../workers/store/dispenser-schema.ts";
import { SqliteDispenserStore } from "../../workers/store/dispenser-sqlite.ts";
import { describeDispenserStore } from "../conformance/dispenser-store.ts";
import { describeOperatorStore } from "../conformance/operator-store.ts";
import { describeWatchStore } from "../conformance/watch-store.ts";

/** The storage of a Durable Object that nobody has used. */
function withObject<T>(use: (storage: DurableObjectStorage) => Promise<T> | T): Promise<T> {
  const stub = env.DISPENSER.getByName(`store-${crypto.randomUUID()}`);
  return runInDurableObject(stub, (_instance, state) => use(state.storage));
}

describeDispenserStore("the SQLite store", (use) =>
  withObject(async (storage) => use(() => new SqliteDispenserStore(storage, "1", 1_000))),
);

const claim = {
  id: "a",
  recipient: "sand1a",
  coins: [{ denom: "usand", amount: 1n }],
  epoch: 1,
  createdAtMs: 1,
  route: "open" as const,
  credential: null,
};

describeOperatorStore("the SQLite store", (use) =>
  withObject(async (storage) => use(() => new SqliteDispenserStore(storage, "1", 1_000))),
);

describeWatchStore("the SQLite store", (use) =>
  withObject(async (storage) => use(() => new SqliteDispenserStore(storage, "1", 1_000))),
);

describe("the dispenser's SQLite", () => {
  it("writes three rows for a claim, and none when its state is read", () =>
    withObject((storage) => {
      const store = new SqliteDispenserStore(storage, "1", 1_000);
      store.addClaim({ ...claim, id: "first" });
      const { sql } = storage;
      const rows = rowsWritten(sql, () => store.addClaim(claim));
      expect(rows).toBe(3);
      expect(rowsWritten(sql, () => [store.claimById("a"), store.batchCovering(2), store.state()])).toBe(0);
    }));

  it("writes one row more for a claim by a credential, and finds its claims by an index", () =>
    withObject((storage) => {
      const store = new SqliteDispenserStore(storage, "1", 1_000);
      store.addClaim({ ...claim, id: "first" });
      expect(rowsWritten(storage.sql, () => store.addClaim({ ...claim, credential: "key:k" }))).toBe(4);
      for (const query of [
        "SELECT seq, created_at_ms FROM claims WHERE credential = 'k' AND epoch = 1 AND created_at_ms > 5 ORDER BY seq",
        "SELECT * FROM grants WHERE hash = 'h'",
        "SELECT * FROM grants WHERE old_hash = 'h'",
      ]) {
        const plan = storage.sql.exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`).toArray();
        expect(plan.map((step) => step.detail).join()).toMatch(/^SEARCH/);
      }
    }));

  it("writes six rows for a batch when it is signed and two when it is paid, whatever it holds", () =>
    withObject((storage) => {
      const store = new SqliteDispenserStore(storage, "1", 1_000);
      const tx = { hash: "H", bytes: new Uint8Array(9), signer: "s", reserves: "0/0", timeoutHeight: 9, fee: [] };
      const signed = {
        from: 1,
        to: 500,
        epoch: 1,
        attempt: 1,
        signedAtMs: 1,
        state: "pending",
        changedAtMs: 1,
      } as const;
      const open = { ...signed, height: null, code: null, reason: null };
      const add = (id: string) =>
        store.addBatch({ ...open, id, tx: { ...tx, hash: id, anchor: { height: 1, hash: "A" } } });
      add("first");
      expect(rowsWritten(storage.sql, () => add("second"))).toBe(6);
      expect(rowsWritten(storage.sql, () => store.markBatch(2, { state: "paid", changedAtMs: 2, height: 3 }))).toBe(2);
    }));

  it("writes the state only when it has changed", () =>
    withObject((storage) => {
      const store = new SqliteDispenserStore(storage, "1", 1_000);
      store.save({ fresh: 2 });
      expect(rowsWritten(storage.sql, () => store.save({ fresh: 2 }))).toBe(0);
      expect(rowsWritten(storage.sql, () => store.save({ fresh: 3 }))).toBe(1);
    }));

  it("looks each question up by an index, however long the line is", () =>
    withObject((storage) => {
      new SqliteDispenserStore(storage, "1", 1_000);
      const plans = [
        "SELECT * FROM claims WHERE id = 'a'",
        "SELECT * FROM claims WHERE recipient = 'a' AND epoch = 1 ORDER BY seq DESC LIMIT 1",
        "SELECT * FROM batches WHERE state = 'pending' ORDER BY n",
        "SELECT * FROM batches WHERE from_seq BETWEEN 1 AND 9 AND to_seq >= 9 ORDER BY from_seq DESC, n DESC LIMIT 1",
        "SELECT * FROM batches WHERE rev > 1 ORDER BY rev LIMIT 9",
        "SELECT * FROM denied WHERE address = 'a'",
        "SELECT * FROM audit WHERE n < 9 ORDER BY n DESC LIMIT 9",
        "SELECT 1 FROM audit WHERE id = 'a'",
      ].map((query) => plan(storage.sql, query));
      for (const steps of plans)
        expect(steps).not.toMatch(/SCAN (claims|batches|denied|audit)(?! USING INDEX)|TEMP B-TREE/);
    }));

  it("refuses to open what a newer release has written", () =>
    withObject((storage) => {
      new SqliteDispenserStore(storage, "1", 1_000);
      storage.sql.exec("INSERT INTO schema_steps VALUES (?, 1)", schemaSteps.length + 1);
      expect(() => new SqliteDispenserStore(storage, "1", 1_000)).toThrow("schema version");
    }));
});

/** Rows written as the platform bills them: counted by the cursors of what `run` executes. */
function rowsWritten(sql: SqlStorage, run: () => unknown): number {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  const exec = sql.exec.bind(sql);
  Object.defineProperty(sql, "exec", {
    configurable: true,
    value: (query: string, ...values: unknown[]) => {
      const cursor = exec(query, ...values);
      cursors.push(cursor);
      return cursor;
    },
  });
  try {
    run();
  } finally {
    Reflect.deleteProperty(sql, "exec");
  }
  return cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0);
}

function plan(sql: SqlStorage, query: string): string {
  return sql
    .exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
    .toArray()
    .map((row) => row.detail)
    .join("; ");
}
