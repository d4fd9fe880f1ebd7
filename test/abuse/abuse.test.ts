import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ground, startGround } from "./ground.ts";
import { play, type Tally } from "./play.ts";
import { scales } from "./populations.ts";
import { honestLeast, honestServed, overCap, table } from "./table.ts";

const { limits, challengeTries } = scales.small;

describe("an hour in which everybody wants the faucet, over HTTP", () => {
  let ground: Ground;
  let tallies: Tally[];

  beforeAll(async () => {
    ground = await startGround("abuse-1", { limits, challenge: "pow", challengeTries });
    tallies = await play(ground, scales.small, 1);
  }, 240_000);

  afterAll(() => ground?.stop());

  it("serves 99 of 100 honest claims at least", () => {
    expect(honestServed(tallies), table(tallies, limits)).toBeGreaterThanOrEqual(honestLeast);
  });

  it("gives no attacker more than its cap", () => {
    expect(overCap(tallies, limits), table(tallies, limits)).toEqual([]);
  });

  it("was attacked: each attacker got something, and wanted more than it got", () => {
    const attackers = tallies.filter(({ population }) => !population.honest);
    expect(attackers.length).toBeGreaterThan(6);
    for (const { population, paid, refused } of attackers) {
      expect(paid, population.name).toBeGreaterThan(0);
      expect(paid, population.name).toBeLessThan(population.claims);
      expect(Object.keys(refused).length, population.name).toBeGreaterThan(0);
    }
  });

  it("makes who takes much pay more for a claim than who takes one", () => {
    const farm = tallies.find(({ population }) => population.way === "stock");
    expect(farm?.refused["too dear"]).toBeGreaterThan(0);
    expect(farm?.work).toBeGreaterThan(2);
  });
});
