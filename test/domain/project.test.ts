import { describe, expect, it } from "vitest";
import { isProjected, project } from "../../workers/domain/claim/project.ts";
import { Bench } from "./bench.ts";
import { batchRow, claimRow } from "./rows.ts";

const seqs = (bench: Bench) => [...bench.projected.claims.keys()];
const states = (bench: Bench) => [...bench.projected.batches.values()].map((batch) => batch.state);

describe("the read model", () => {
  it("gets every claim and every change of a batch, and then nothing more", async () => {
    const bench = new Bench();
    bench.claims("a", "b");
    await bench.step();
    expect(seqs(bench)).toEqual([1, 2]);
    expect(states(bench)).toEqual(["pending"]);
    await bench.live(1);
    expect(states(bench)).toEqual(["paid"]);
    expect(isProjected(bench.desk)).toBe(true);
    const writes = bench.calls.get("project");
    await bench.live(3);
    expect(bench.calls.get("project")).toBe(writes);
  });

  it("gets a bounded piece at a time, in order, from the cursor on", async () => {
    const bench = new Bench();
    for (let claim = 1; claim <= 1_500; claim += 1) bench.store.addClaim(claimRow(`c${claim}`));
    for (let batch = 1; batch <= 150; batch += 1) bench.store.addBatch(batchRow(batch, batch));
    const { desk } = bench;
    await project(desk);
    expect([seqs(bench).length, states(bench).length]).toEqual([1_000, 100]);
    expect(bench.store.state()).toMatchObject({ projectedSeq: 1_000, projectedRev: 100 });
    bench.nowMs += 500;
    await project(desk);
    expect([seqs(bench).length, states(bench).length]).toEqual([1_500, 150]);
    expect(bench.store.state()).toMatchObject({ projectedSeq: 1_500, projectedRev: 150 });
  });

  it("is written to at most twice a second", async () => {
    const bench = new Bench();
    const { desk } = bench;
    bench.claim("a");
    await project(desk);
    bench.claim("b");
    bench.nowMs += 499;
    await project(desk);
    expect(seqs(bench)).toEqual([1]);
    bench.nowMs += 1;
    await project(desk);
    expect(seqs(bench)).toEqual([1, 2]);
  });

  it("gets the same rows again when a write failed, or when only its answer was lost", async () => {
    for (const fault of ["refused", "lost"] as const) {
      const bench = new Bench();
      const { desk } = bench;
      bench.claim("a");
      bench[fault].add("project");
      await project(desk);
      expect(bench.store.state().projectedSeq).toBe(0);
      expect(bench.events("projection_failed")).toHaveLength(1);
      bench[fault].clear();
      bench.nowMs += 500;
      await project(desk);
      expect(seqs(bench)).toEqual([1]);
      expect(bench.store.state().projectedSeq).toBe(1);
    }
  });

  it("gets what is durable only", async () => {
    const bench = new Bench();
    bench.dispenser.claim("none");
    bench.store.addClaim(claimRow("c1"));
    const { desk } = bench;
    const writing = project(desk);
    bench.restart();
    await writing;
    expect(seqs(bench)).toEqual([]);
    expect(bench.store.lastSeq()).toBe(0);
  });

  it("is never written to by two at once", async () => {
    const bench = new Bench();
    const { desk } = bench;
    bench.claim("a");
    const first = project(desk);
    bench.nowMs += 10_000;
    await Promise.all([first, project(desk)]);
    expect(bench.calls.get("project")).toBe(1);
  });

  it("that fails for ever never keeps a payment from being made, and keeps the dispenser awake", async () => {
    const bench = new Bench();
    bench.refused.add("project");
    bench.claim("a");
    await bench.live(3);
    expect(bench.states("a")).toEqual(["confirmed"]);
    expect(await bench.step()).toBe(1_000);
    bench.refused.clear();
    await bench.live(1);
    expect(await bench.step()).toBeNull();
  });

  it("that never answers never keeps a payment from being made", async () => {
    const bench = new Bench();
    bench.hung.add("project");
    bench.claim("a");
    await bench.live(3);
    expect(bench.states("a")).toEqual(["confirmed"]);
  });
});
