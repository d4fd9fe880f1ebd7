import { describe, expect, it } from "vitest";
import type { OperatorAct } from "../../workers/domain/claim/operator-acts.ts";
import { Bench } from "./bench.ts";
import { request } from "./rows.ts";

let acts = 0;
function act(bench: Bench, what: OperatorAct, id = `act${++acts}`) {
  return bench.dispenser.operate({ id, actor: "olga", act: what });
}
const hold: OperatorAct = { kind: "pause", reason: "look", retryAtMs: null, drain: false };
const drain: OperatorAct = { ...hold, drain: true };
const reasonOf = (bench: Bench, address: string) => {
  const reserved = bench.dispenser.reserve(request(address));
  return reserved.ok ? "accepted" : reserved.refusal.reason;
};

describe("a pause", () => {
  it("refuses new claims and pays those that wait", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    act(bench, drain);
    expect(reasonOf(bench, "c")).toBe("faucet_paused");
    await bench.live(4);
    expect(bench.states("a", "b")).toEqual(["confirmed", "confirmed"]);
  });

  it("that holds the line signs nothing, wants no round for it, and goes on from the same line", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    act(bench, hold);
    await bench.live(3);
    expect([bench.states("a", "b"), bench.batches.length]).toEqual([["queued", "queued"], 0]);
    expect(await bench.step()).toBeNull();
    act(bench, { kind: "resume" });
    await bench.live(4);
    expect(bench.states("a", "b")).toEqual(["confirmed", "confirmed"]);
  });

  it("that comes while a batch is being prepared keeps it from being stored and sent", async () => {
    const bench = new Bench();
    bench.claim("a");
    bench.mine();
    const stepping = bench.dispenser.step();
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
    act(bench, hold);
    await stepping;
    expect([bench.batches.length, bench.sent.length]).toEqual([0, 0]);
  });

  it("follows what was signed before it to its end", async () => {
    const bench = new Bench();
    bench.claim("a");
    bench.mine();
    await bench.step();
    expect(bench.states("a")).toEqual(["submitted"]);
    act(bench, hold);
    await bench.live(3);
    expect(bench.states("a")).toEqual(["confirmed"]);
  });

  it("answers a stored claim again under its id", () => {
    const bench = new Bench();
    bench.claim("a");
    act(bench, drain);
    expect(bench.dispenser.reserve(request("a", { id: "a" }))).toMatchObject({ ok: true, repeated: true });
  });

  it("outlives a restart", () => {
    const bench = new Bench();
    act(bench, drain);
    bench.disk.commit();
    bench.restart();
    expect(reasonOf(bench, "a")).toBe("faucet_paused");
  });
});

describe("an operator's act", () => {
  it("and its audit row are written together or not at all", () => {
    const bench = new Bench();
    const { operator } = bench.store;
    operator.addAudit = () => {
      throw new Error("the disk is full");
    };
    expect(() => act(bench, { kind: "deny", address: "a", reason: "x" })).toThrow("full");
    expect(() => act(bench, drain)).toThrow("full");
    expect([reasonOf(bench, "a"), bench.store.state().pause]).toEqual(["accepted", null]);
  });

  it("asked for twice under one id is done once", () => {
    const bench = new Bench();
    act(bench, drain, "same");
    act(bench, { kind: "resume" }, "other");
    expect(act(bench, drain, "same")).toMatchObject({ ok: true, state: { pause: null } });
    expect(bench.dispenser.audit(null, 10).map(({ act: what }) => what)).toEqual(["resume", "pause"]);
  });

  it("deny_list_full beyond 10,000 addresses, while one that is on the list may be denied again", () => {
    const bench = new Bench();
    const deny = (address: string) => act(bench, { kind: "deny", address, reason: "spam" });
    for (let count = 0; count < 10_000; count += 1) deny(`paw1${count}`);
    expect(deny("paw1more")).toEqual({ ok: false, refusal: { reason: "deny_list_full", max: 10_000 } });
    expect(deny("paw17").ok).toBe(true);
  });

  it("that changes nothing is refused by name and leaves no row", () => {
    const bench = new Bench();
    const reasons = [{ kind: "resume" }, { kind: "clear_budget" }, { kind: "allow", address: "a" }] as const;
    const refused = reasons.map((one) => act(bench, one)).map((answer) => (answer.ok ? "done" : answer.refusal.reason));
    expect(refused).toEqual(["not_paused", "budget_not_set", "not_denied"]);
    expect(bench.dispenser.audit(null, 10)).toEqual([]);
  });

  it("scales the dialects' share of a budget with the budget", () => {
    const bench = new Bench({ hourlyBudget: 10, dialectBudget: 5 });
    act(bench, { kind: "set_budget", claimsPerHour: 4 });
    const dialect = (address: string) =>
      bench.dispenser.reserve(request(address, { id: address, route: "dialect" })).ok;
    expect([dialect("a"), dialect("b"), dialect("c")]).toEqual([true, true, false]);
    expect(["d", "e", "f"].map((address) => reasonOf(bench, address))).toEqual([
      "accepted",
      "accepted",
      "budget_spent",
    ]);
  });
});
