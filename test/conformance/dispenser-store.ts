import { describe, expect, it } from "vitest";
import type { GrantRow } from "../../workers/domain/access/grant.ts";
import type { DispenserStore } from "../../workers/domain/claim/ports.ts";
import type { BatchRow, ClaimRow } from "../../workers/domain/claim/records.ts";

/** Opens a store over one storage; each call is a new object, as after a restart of the process. */
export type OpenStore = () => DispenserStore;
/** Runs `use` on a storage that nobody else uses and that starts empty. */
export type WithStorage = (use: (open: OpenStore) => Promise<void> | void) => Promise<void>;

function claim(id: string, over: Partial<ClaimRow> = {}): Omit<ClaimRow, "seq"> {
  const coins = [{ denom: "upaw", amount: 1_000_000n }];
  return { id, recipient: `paw1${id}`, coins, epoch: 1, createdAtMs: 1_000, route: "open", credential: null, ...over };
}

function batch(id: string, from: number, to: number, over: Partial<BatchRow> = {}): Omit<BatchRow, "n" | "rev"> {
  return {
    id,
    from,
    to,
    epoch: 1,
    tx: {
      hash: `HASH-${id}`,
      bytes: new Uint8Array([0, 1, 254, 255]),
      signer: "paw1signer",
      reserves: "7/3",
      timeoutHeight: 30,
      anchor: { height: 9, hash: "AB" },
      fee: [{ denom: "upaw", amount: 250n }],
    },
    attempt: 1,
    signedAtMs: 2_000,
    state: "pending",
    height: null,
    code: null,
    reason: null,
    changedAtMs: 2_000,
    ...over,
  };
}

function grant(id: string, over: Partial<GrantRow> = {}): GrantRow {
  const terms = { label: "a label", denoms: [], perDay: 3, budget: null, expiresAtMs: null };
  const times = { createdAtMs: 1_000, rotatedAtMs: null, oldUntilMs: null, revokedAtMs: null };
  return { id, kind: "key", hash: `hash-${id}`, oldHash: null, ...terms, ...times, ...over };
}

/**
 * What every {@link DispenserStore} guarantees: the SQLite store in workerd and the simulation's store in memory
 * pass the same sentences.
 */
export function describeDispenserStore(name: string, withStorage: WithStorage): void {
  describe(`${name} keeps claims`, () => describeClaims(withStorage));
  describe(`${name} keeps grants`, () => describeGrants(withStorage));
  describe(`${name} keeps batches`, () => describeBatches(withStorage));
  describe(`${name} keeps its own state`, () => describeState(withStorage));
  describe(`${name} writes all or nothing`, () => describeAtomicity(withStorage));
}

function describeClaims(withStorage: WithStorage): void {
  it("gives places in line from 1, each once", () =>
    withStorage((open) => {
      const store = open();
      expect(store.lastSeq()).toBe(0);
      expect([store.addClaim(claim("a")), store.addClaim(claim("b")), store.addClaim(claim("c"))]).toEqual([1, 2, 3]);
      expect(store.lastSeq()).toBe(3);
    }));

  it("gives back every field of a claim, amounts above 2^53 and several denoms included", () =>
    withStorage((open) => {
      const row = claim("a", {
        coins: [
          { denom: "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2", amount: 1n },
          { denom: "upaw", amount: 340_282_366_920_938_463_463n },
        ],
      });
      open().addClaim(row);
      expect(open().claimById("a")).toEqual({ ...row, seq: 1 });
    }));

  it("refuses an id that it knows, and stores nothing of it", () =>
    withStorage((open) => {
      const store = open();
      store.addClaim(claim("a"));
      expect(() => store.addClaim(claim("a", { recipient: "paw1other" }))).toThrow();
      expect(store.lastSeq()).toBe(1);
      expect(store.claimById("a")?.recipient).toBe("paw1a");
      expect(store.latestClaimOf("paw1other", 1)).toBeNull();
    }));

  it("finds the newest claim of a recipient, within one epoch only", () =>
    withStorage((open) => {
      const store = open();
      for (const id of ["a", "b"]) store.addClaim(claim(id, { recipient: "paw1r" }));
      store.addClaim(claim("c", { recipient: "paw1r", epoch: 2 }));
      store.addClaim(claim("d", { recipient: "paw1s" }));
      expect(store.latestClaimOf("paw1r", 1)?.id).toBe("b");
      expect(store.latestClaimOf("paw1r", 2)?.id).toBe("c");
      expect(store.latestClaimOf("paw1r", 3)).toBeNull();
      expect(store.latestClaimOf("paw1q", 1)).toBeNull();
    }));

  it("finds a credential's claims of one epoch that are younger than a time, in order, and no other's", () =>
    withStorage((open) => {
      const store = open();
      const of = (id: string, credential: string | null, createdAtMs: number, epoch = 1) =>
        store.addClaim(claim(id, { credential, createdAtMs, epoch }));
      of("a", "key:k", 1_000);
      of("b", "code:k", 2_000);
      of("c", "key:k", 2_000);
      of("d", null, 2_000);
      of("e", "key:k", 2_000, 2);
      of("f", "key:k", 3_000);
      const found = (afterMs: number) => open().claimsOfCredential("key:k", 1, afterMs);
      expect(found(0).map((row) => row.seq)).toEqual([1, 3, 6]);
      expect(found(1_000).map(({ seq, createdAtMs }) => [seq, createdAtMs])).toEqual([
        [3, 2_000],
        [6, 3_000],
      ]);
      expect(found(3_000)).toEqual([]);
      expect(open().claimById("a")?.credential).toBe("key:k");
      expect(open().claimById("d")?.credential).toBeNull();
    }));

  it("reads a stretch of the line in order, both ends included", () =>
    withStorage((open) => {
      const store = open();
      for (const id of ["a", "b", "c", "d"]) store.addClaim(claim(id));
      expect(store.claimsBetween(2, 3).map((row) => row.id)).toEqual(["b", "c"]);
      expect(store.claimsBetween(4, 99).map((row) => row.seq)).toEqual([4]);
      expect(store.claimsBetween(3, 2)).toEqual([]);
    }));

  it("spends a nonce once, however often it comes, until it has expired", () =>
    withStorage((open) => {
      const store = open();
      expect(store.spendNonce("n1", 5_000, 1_000)).toBe(true);
      expect([store.spendNonce("n1", 5_000, 1_001), open().spendNonce("n1", 5_000, 4_999)]).toEqual([false, false]);
      expect(store.spendNonce("n2", 5_000, 1_002)).toBe(true);
    }));
}

function describeGrants(withStorage: WithStorage): void {
  it("gives back every field of a grant, after a restart", () =>
    withStorage((open) => {
      const full = grant("k1", {
        ...{ kind: "code", oldHash: "old", oldUntilMs: 5, label: "a, b", denoms: ["upaw", "ibc/27"], perDay: 0 },
        ...{ budget: 7, expiresAtMs: 6, createdAtMs: 1, rotatedAtMs: 2, revokedAtMs: 3 },
      });
      open().grants.put(full);
      open().grants.put(grant("k2"));
      expect(open().grants.byId("k1")).toEqual(full);
      expect(open().grants.byId("k2")).toEqual(grant("k2"));
      expect(open().grants.byId("k3")).toBeNull();
      expect(open().grants.count()).toBe(2);
    }));

  it("finds a grant by its present and its former hash, and replaces it whole", () =>
    withStorage((open) => {
      const { grants } = open();
      grants.put(grant("k1"));
      grants.put(grant("k1", { hash: "new", oldHash: "hash-k1", oldUntilMs: 9 }));
      expect(open().grants.byHash("new")?.id).toBe("k1");
      expect(open().grants.byHash("hash-k1")?.id).toBe("k1");
      grants.put(grant("k1", { hash: "newer" }));
      expect(["new", "hash-k1", "newer"].map((hash) => open().grants.byHash(hash)?.id ?? null)).toEqual([
        null,
        null,
        "k1",
      ]);
      expect(open().grants.count()).toBe(1);
    }));

  it("refuses a second grant with a known hash", () =>
    withStorage((open) => {
      open().grants.put(grant("k1"));
      expect(() => open().grants.put(grant("k2", { hash: "hash-k1" }))).toThrow();
      expect(open().grants.count()).toBe(1);
    }));

  it("lists grants by id, a page at a time", () =>
    withStorage((open) => {
      for (const id of ["b", "a", "c"]) open().grants.put(grant(id));
      const page = (after: string) => open().grants.list(after, 2);
      expect([page("").map(({ id }) => id), page("b").map(({ id }) => id)]).toEqual([["a", "b"], ["c"]]);
    }));
}

function describeBatches(withStorage: WithStorage): void {
  it("gives back every field of a batch, its bytes to the last bit", () =>
    withStorage((open) => {
      const row = batch("x", 1, 3, { state: "failed", height: 12, code: "sdk/5", reason: "no funds" });
      const n = open().addBatch(row);
      expect(n).toBe(1);
      const read = open().batchByHash("HASH-x");
      expect(read).toEqual({ ...row, n, rev: read?.rev });
      expect(open().batchByHash("HASH-y")).toBeNull();
    }));

  it("refuses a second batch with a known id or a known hash", () =>
    withStorage((open) => {
      const store = open();
      store.addBatch(batch("x", 1, 1));
      expect(() => store.addBatch(batch("x", 2, 2, { tx: { ...batch("z", 2, 2).tx } }))).toThrow();
      expect(() => store.addBatch(batch("y", 2, 2, { tx: { ...batch("x", 2, 2).tx } }))).toThrow();
      expect(store.pendingBatches()).toHaveLength(1);
    }));

  it("lists the pending batches in order of number, and no other", () =>
    withStorage((open) => {
      const store = open();
      const numbers = ["x", "y", "z"].map((id, index) => store.addBatch(batch(id, index + 1, index + 1)));
      store.markBatch(numbers[1] ?? 0, { state: "paid", changedAtMs: 3_000, height: 12 });
      expect(store.pendingBatches().map((row) => row.n)).toEqual([numbers[0], numbers[2]]);
    }));

  it("changes of a batch what is named, and never what was signed", () =>
    withStorage((open) => {
      const store = open();
      const n = store.addBatch(batch("x", 1, 2));
      store.markBatch(n, { state: "pending", changedAtMs: 3_000, height: 12 });
      store.markBatch(n, { state: "failed", changedAtMs: 4_000, code: "sdk/5", reason: "no funds" });
      const failed = open().batchByHash("HASH-x");
      const change = { state: "failed", changedAtMs: 4_000, height: 12, code: "sdk/5", reason: "no funds" } as const;
      expect(failed).toEqual({ ...batch("x", 1, 2), ...change, n, rev: failed?.rev });
      store.markBatch(n, { state: "dead", changedAtMs: 5_000, height: null });
      expect(store.batchByHash("HASH-x")?.height).toBeNull();
      expect(() => store.markBatch(n + 1, { state: "paid", changedAtMs: 5_000 })).toThrow();
    }));

  it("finds the newest batch over a place in line, through nesting and gaps", () =>
    withStorage((open) => {
      const store = open();
      expect(store.batchCovering(1)).toBeNull();
      const whole = store.addBatch(batch("whole", 1, 100));
      const again = store.addBatch(batch("again", 1, 100));
      expect(store.batchCovering(1)?.n).toBe(again);
      const left = store.addBatch(batch("left", 1, 50));
      const quarter = store.addBatch(batch("quarter", 26, 50));
      const apart = store.addBatch(batch("apart", 201, 201));
      const covering = [1, 26, 50, 51, 100, 101, 200, 201, 202].map((seq) => store.batchCovering(seq)?.n ?? null);
      expect(covering).toEqual([left, quarter, quarter, again, again, null, null, apart, null]);
      expect(whole).toBeLessThan(again);
    }));

  it("raises rev with every change, so that a reader of changes misses none", () =>
    withStorage((open) => {
      const store = open();
      const [x = 0, y = 0] = ["x", "y"].map((id, index) => store.addBatch(batch(id, index + 1, index + 1)));
      const first = store.batchesAfterRev(0, 10);
      expect(first.map((row) => row.n)).toEqual([x, y]);
      store.markBatch(x, { state: "paid", changedAtMs: 3_000 });
      const cursor = first.at(-1)?.rev ?? 0;
      const later = open().batchesAfterRev(cursor, 10);
      expect(later.map((row) => [row.n, row.state])).toEqual([[x, "paid"]]);
      expect(later[0]?.rev).toBeGreaterThan(cursor);
      expect(store.batchesAfterRev(0, 1).map((row) => row.n)).toEqual([y]);
      expect(store.batchesAfterRev(later[0]?.rev ?? 0, 10)).toEqual([]);
    }));

  it("keeps retries in order of the line until each is removed", () =>
    withStorage((open) => {
      const store = open();
      store.addRetry({ from: 51, to: 100, attempt: 2 });
      store.addRetry({ from: 1, to: 50, attempt: 3 });
      expect(open().retries()).toEqual([
        { from: 1, to: 50, attempt: 3 },
        { from: 51, to: 100, attempt: 2 },
      ]);
      store.removeRetry(1);
      expect(
        open()
          .retries()
          .map((row) => row.from),
      ).toEqual([51]);
    }));
}

function describeState(withStorage: WithStorage): void {
  it("starts as a dispenser that has seen nothing", () =>
    withStorage((open) => {
      const state = open().state();
      expect(state).toMatchObject({ epoch: 1, root: null, cursor: null, fresh: 1, used: {}, halt: null });
    }));

  it("gives back every field of the state after a restart, amounts above 2^53 included", () =>
    withStorage((open) => {
      const patch = {
        epoch: 2,
        root: { height: 1, hash: "AA" },
        cursor: { height: 44, hash: "BB" },
        cursorTimeMs: 1_700_000_000_123,
        blockMs: 997.5,
        fresh: 12,
        used: { paw1signer: "7/3" },
        balance: [{ denom: "upaw", amount: 9_007_199_254_740_993_000n }],
        balanceAtMs: 5,
        halt: { code: "chain_reset", detail: "x", anchor: { height: 3, hash: "CC" }, signer: "s", sinceMs: 4 },
        generation: "2",
        quarantine: { sinceMs: 5, untilHeight: null },
        deferred: [{ hash: "CC", height: 43 }],
        projectedSeq: 7,
        projectedRev: 8,
        pause: { sinceMs: 1, by: "olga", reason: "why", retryAtMs: null, drain: false },
        budget: { claimsPerHour: 5, by: "olga", sinceMs: 2 },
        confirmed: 9,
        failed: 1,
        alerts: { "faucet.stuck": 7 },
      } as const;
      open().save(patch);
      expect(open().state()).toEqual(patch);
    }));

  it("changes only the fields that a patch names", () =>
    withStorage((open) => {
      const store = open();
      store.save({ fresh: 5, blockMs: 1_000 });
      store.save({ fresh: 6 });
      store.save({});
      expect(open().state()).toMatchObject({ fresh: 6, blockMs: 1_000, epoch: 1 });
    }));
}

function describeAtomicity(withStorage: WithStorage): void {
  it("undoes everything when a step throws: claims, batches, retries, state, places in line", () =>
    withStorage((open) => {
      const store = open();
      store.addClaim(claim("a"));
      const n = store.addBatch(batch("x", 1, 1));
      store.save({ fresh: 2 });
      const before = store.batchesAfterRev(0, 10);
      const bug = new Error("a bug");
      const run = () =>
        store.atomically(() => {
          store.addClaim(claim("b", { credential: "key:k" }));
          store.grants.put(grant("k1"));
          store.addBatch(batch("y", 2, 2));
          store.markBatch(n, { state: "dead", changedAtMs: 9_000 });
          store.addRetry({ from: 1, to: 1, attempt: 2 });
          store.save({ fresh: 3 });
          throw bug;
        });
      expect(run).toThrow(bug);
      for (const seen of [store, open()]) {
        expect(seen.claimById("b")).toBeNull();
        expect(seen.claimsOfCredential("key:k", 1, 0)).toEqual([]);
        expect(seen.grants.byId("k1")).toBeNull();
        expect(seen.lastSeq()).toBe(1);
        expect(seen.batchesAfterRev(0, 10)).toEqual(before);
        expect(seen.retries()).toEqual([]);
        expect(seen.state().fresh).toBe(2);
      }
    }));

  it("keeps everything when no step throws, and hands on what the steps answer", () =>
    withStorage(async (open) => {
      const store = open();
      const seq = store.atomically(() => {
        store.save({ fresh: 9 });
        return store.addClaim(claim("a"));
      });
      await store.sync();
      expect(seq).toBe(1);
      expect(open().claimById("a")?.seq).toBe(1);
      expect(open().state().fresh).toBe(9);
    }));
}
