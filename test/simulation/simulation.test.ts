import { describe, expect, it } from "vitest";
import { describeDispenserStore } from "../conformance/dispenser-store.ts";
import { describeOperatorStore } from "../conformance/operator-store.ts";
import { describeWatchStore } from "../conformance/watch-store.ts";
import { Disk } from "./disk.ts";
import { Matrix } from "./faults.ts";
import { MemoryStore } from "./memory-store.ts";
import { PLANTED } from "./planted.ts";
import { runSeed } from "./seed.ts";

const SEEDS_A_BUG = 1_000;

describeDispenserStore("the simulation's store", async (use) => {
  const disk = new Disk("");
  await use(() => new MemoryStore(disk, () => Promise.resolve(), disk.holder));
});

describeOperatorStore("the simulation's store", async (use) => {
  const disk = new Disk("");
  await use(() => new MemoryStore(disk, () => Promise.resolve(), disk.holder));
});

describeWatchStore("the simulation's store", async (use) => {
  const disk = new Disk("");
  await use(() => new MemoryStore(disk, () => Promise.resolve(), disk.holder));
});

describe("the simulation", () => {
  it("holds the five properties on its first 300 seeds", async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const report = await runSeed(seed);
      expect(report.violations, `replay: npm run simulate -- --seeds 1 --from ${seed} --log`).toEqual([]);
    }
  });

  it("runs a seed twice line for line alike", async () => {
    const [first, second] = [await runSeed(77), await runSeed(77)];
    expect(first.log.length).toBeGreaterThan(10);
    expect(second.log).toEqual(first.log);
  });

  it("reports a cell that no seed reached", async () => {
    const matrix = new Matrix();
    matrix.merge((await runSeed(1)).cells);
    expect(matrix.empty().length).toBeGreaterThan(100);
  });

  for (const [name, planted] of Object.entries(PLANTED)) {
    it(`finds the planted bug: ${name}`, async () => {
      let found: string | null = null;
      for (let seed = 1; seed <= SEEDS_A_BUG && !found; seed += 1) {
        const report = await runSeed(seed, planted);
        if (report.violations[0]) found = `seed ${seed}: ${report.violations[0]}`;
      }
      expect(found).toMatch(/^seed \d+: [1-5]: /);
    });
  }
});
