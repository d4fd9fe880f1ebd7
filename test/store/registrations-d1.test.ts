import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ProvedContent } from "../../workers/domain/validator/ports.ts";
import type { OperatorProfile } from "../../workers/domain/validator/registration.ts";
import { D1Registrations } from "../../workers/store/registrations-d1.ts";
import { profileOf } from "../support/registrations.ts";

const profile: OperatorProfile = { seed: false, ...profileOf(0), consensusKey: null };
let acts = 0;
let chains = 0;
/** The store of a chain that no other test has. */
const newStore = () => new D1Registrations(env.DB, `store-${chains++}`);
const act = (actor = "operator:o") => ({ actId: `act-${acts++}`, actor, atMs: 1_000 });
const content = (operator: string, nonce: string, more: Partial<ProvedContent> = {}): ProvedContent => ({
  ...{ operator, profile, contact: undefined, proof: "adr036", nonce: { id: nonce, expiresAtMs: 9_000 } },
  claims: { skeleton: operator, nodeId: `node of ${operator}`, consensusKey: `key of ${operator}` },
  ...more,
});
const count = async (table: string) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;

describe("registrations in D1", () => {
  it("spend a nonce once, whoever sends it and for whatever, of fifty at the same time", async () => {
    const store = newStore();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => store.register(content(`operator ${at}`, "one"), 100, act())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.refusal.reason === "nonce_spent")).toHaveLength(49);
    expect(await store.page({ after: "", state: null, limit: 100 })).toHaveLength(1);
    expect(await store.audit(null, 100)).toHaveLength(1);
  });

  it("count who waits in the statement that adds one: twenty at once fill ten places", async () => {
    const store = newStore();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => store.register(content(`o${at}`, `n${at}`), 10, act())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { reason: "registrations_full", most: 10 } });
  });

  it("let one of two amendments of one revision through, and burn no nonce of the other", async () => {
    const store = newStore();
    await store.register(content("o", "a"), 10, act());
    const amend = (nonce: string) => store.amend(content("o", nonce), 1, "pending", act());
    const answers = await Promise.all([amend("b"), amend("c")]);
    const lost = answers.find((one) => !one.ok);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(lost).toMatchObject({ refusal: { reason: "registration_changed", rev: 2 } });
    const free = answers[0]?.ok === true ? "c" : "b";
    expect(await store.amend(content("o", free), 2, "pending", act())).toMatchObject({ ok: true, value: { rev: 3 } });
  });

  it("change nothing at all when a part of the act can't be written", async () => {
    const store = newStore();
    const before = await Promise.all(["registrations", "registration_nonces", "registration_audit"].map(count));
    // The audit's column takes no null: the last part of the act breaks.
    const broken = { ...act(), actor: null as unknown as string };
    await expect(store.register(content("o", "x", { contact: "me" }), 10, broken)).rejects.toThrow();
    const after = await Promise.all(["registrations", "registration_nonces", "registration_audit"].map(count));
    expect(after).toEqual(before);
    expect((await store.register(content("o", "x"), 10, act())).ok).toBe(true);
  });

  it("keep chains apart: the same operator and nonce on another chain are others", async () => {
    const [one, two] = [newStore(), newStore()];
    for (const store of [one, two]) expect((await store.register(content("o", "same"), 10, act())).ok).toBe(true);
    expect((await one.withdraw("o", { id: "w", expiresAtMs: 9_000 }, act())).ok).toBe(true);
    expect(await two.one("o")).toMatchObject({ state: "pending" });
    expect(await one.audit(null, 10)).toHaveLength(2);
  });

  it("bring nobody back who withdrew by their gentx, which everybody has", async () => {
    const store = newStore();
    await store.register(content("o", "a"), 10, act());
    await store.withdraw("o", { id: "b", expiresAtMs: 9_000 }, act());
    expect(await store.register(content("o", "gentx:1", { proof: "gentx" }), 10, act())).toMatchObject({
      refusal: { reason: "registration_state", state: "withdrawn" },
    });
    expect(await store.register(content("o", "c"), 10, act())).toMatchObject({ ok: true, value: { rev: 3 } });
  });

  it("forget nonces that would be refused as expired, and no others", async () => {
    const store = newStore();
    await store.register(content("o", "old"), 10, act());
    const late = { ...act(), atMs: 9_001 };
    await store.amend(content("o", "new", { nonce: { id: "new", expiresAtMs: 20_000 } }), 1, "pending", late);
    const { results } = await env.DB.prepare(
      "SELECT nonce FROM registration_nonces WHERE nonce IN ('old', 'new')",
    ).all();
    expect(results).toEqual([{ nonce: "new" }]);
  });

  it("write as many rows as db/STORAGE.md says", async () => {
    const d1: D1Database = Object.getPrototypeOf(env.DB);
    const { batch } = d1;
    let rows = 0;
    d1.batch = async function (this: D1Database, statements) {
      const results = await batch.call(this, statements);
      rows += results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
      return results;
    } as typeof batch;
    const rowsOf = async (what: () => Promise<{ ok: boolean }>, done = true) => {
      rows = 0;
      expect((await what()).ok).toBe(done);
      return rows;
    };
    const store = newStore();
    const registering = () => store.register(content("rows", "r1"), 10, act());
    // The entry and its index, the nonce and its index, the audit row and its index, and the counter of its numbers.
    expect(await rowsOf(registering)).toBe(7);
    expect(await rowsOf(registering, false)).toBe(0);
    expect(await rowsOf(() => store.review("rows", 1, { to: "approved", allocation: null }, act("carl")))).toBe(5);
    expect(await rowsOf(() => store.amend(content("rows", "r2"), 2, "approved", act()))).toBe(7);
    d1.batch = batch;
  });
});
