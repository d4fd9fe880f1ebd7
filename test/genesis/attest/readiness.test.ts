import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gateOf } from "../../../genesis/attest/gate.ts";
import { type Readiness, readinessOf } from "../../../genesis/attest/readiness.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];
const members = (...powers: bigint[]) => powers.map((power, at) => ({ operator: `op${at}`, power }));
const says = (at: number, genesisSha256 = a, version = 2) => ({ operator: `op${at}`, version, genesisSha256 });
const node = (at: number, genesisSha256 = a) => ({ ...says(at, genesisSha256), initChainPassed: true });
const sealed = (...powers: bigint[]) => ({ version: 2, sha256: a, members: members(...powers) });

describe("readiness", () => {
  it("weighs by power and not by heads, beyond what a float holds", () => {
    const big = 2n ** 62n;
    const { total, attested } = readinessOf(sealed(big, 1n, 1n), [says(1), says(2)], []);
    expect({ total, attested }).toEqual({ total: big + 2n, attested: 2n });
  });

  it("tells a split in two files, and that it stops at block 2 when a third or more holds the other one", () => {
    const words = [says(0), says(1), says(2, b)];
    const split = readinessOf(sealed(1n, 1n, 1n), words, []);
    expect(split.hashes.map(({ sha256, power }) => [sha256, power])).toEqual([
      [a, 2n],
      [b, 1n],
    ]);
    expect(split.deadlock).toBe(true);
    expect(readinessOf(sealed(2n, 1n, 1n), words, []).deadlock).toBe(false);
  });

  it("takes an attestation of an older version for none", () => {
    const { attested, silent } = readinessOf(sealed(5n), [says(0, a, 1)], []);
    expect([attested, silent.length]).toEqual([0n, 1]);
  });

  it("gives a stranger no weight, and an operator who speaks twice only the newest word", () => {
    const { attested, hashes } = readinessOf(sealed(5n), [says(0), says(0, b), says(7)], []);
    expect([attested, hashes]).toEqual([0n, [{ sha256: b, power: 5n, operators: ["op0"] }]]);
  });

  it("calls ready only who attested and whose node took the same file", () => {
    const beacons = [node(0), node(1, b), { ...node(2), initChainPassed: false }, node(3)];
    const { ready } = readinessOf(sealed(1n, 10n, 100n, 1000n), [says(0), says(1), says(2)], beacons);
    expect(ready).toBe(1n);
  });

  it("counts every unit of power exactly once, whatever is said", () => {
    const word = fc.record({
      operator: fc.nat(8).map((at) => `op${at}`),
      version: fc.integer({ min: 1, max: 3 }),
      genesisSha256: fc.constantFrom(a, b, "c".repeat(64)),
    });
    const powers = fc.array(fc.bigInt({ min: 1n, max: 2n ** 63n }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(powers, fc.array(word), (list, words) => {
        const { total, hashes, silent } = readinessOf(sealed(...list), words, []);
        const told = [...hashes, ...silent].reduce((sum, { power }) => sum + power, 0n);
        expect(told).toBe(total);
      }),
    );
  });
});

describe("the launch gate", () => {
  const hour = 3_600_000;
  const rules = { gatePercent: 80, sealLeadMs: 24 * hour };
  const times = { sealedAtMs: 0, genesisTimeMs: 48 * hour, nowMs: 24 * hour };
  const power = (attested: bigint, total: bigint) => ({ attested, total }) as Readiness;

  it("opens at the exact share and not a unit below", () => {
    const total = 10n ** 18n;
    expect(gateOf(power((total * 80n) / 100n, total), times, rules)).toEqual({ open: true });
    const below = gateOf(power((total * 80n) / 100n - 1n, total), times, rules);
    expect(below).toMatchObject({ open: false, reasons: ["power_missing"], mayOpen: true });
    expect(gateOf(power(0n, 0n), times, rules)).toMatchObject({ open: false });
  });

  it("stays shut until the seal has stood for its time, to the millisecond", () => {
    const young = gateOf(power(1n, 1n), { ...times, nowMs: 24 * hour - 1 }, rules);
    expect(young).toMatchObject({ reasons: ["seal_too_young"], mayOpen: true, notBeforeMs: 24 * hour });
    expect(gateOf(power(1n, 1n), times, rules)).toEqual({ open: true });
  });

  it("never opens for a seal that is too late, and proposes a whole hour at which a new seal is old enough", () => {
    const late = { ...times, sealedAtMs: 24 * hour, nowMs: 47 * hour + 1 };
    expect(gateOf(power(1n, 1n), late, rules)).toEqual({
      open: false,
      reasons: ["seal_too_young", "seal_too_late"],
      mayOpen: false,
      notBeforeMs: 48 * hour,
      proposedTimeMs: 73 * hour,
    });
  });

  it("does not open from genesis time on", () => {
    const passed = { ...times, nowMs: 48 * hour };
    expect(gateOf(power(1n, 1n), passed, rules)).toMatchObject({ reasons: ["genesis_time_passed"], mayOpen: false });
    expect(gateOf(power(1n, 1n), { ...times, nowMs: 48 * hour - 1 }, rules)).toEqual({ open: true });
  });

  it("proposes a time with which a version sealed now gets an hour of open gate, whenever it is asked", () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.nat(720), (nowMs, lead) => {
        const own = { gatePercent: 80, sealLeadMs: lead * hour };
        const shut = gateOf(power(0n, 1n), { ...times, nowMs }, own);
        if (shut.open) throw new Error("no power opened the gate");
        const { proposedTimeMs } = shut;
        expect(proposedTimeMs % hour).toBe(0);
        const next = { sealedAtMs: nowMs, genesisTimeMs: proposedTimeMs };
        for (const wait of [0, hour - 1]) {
          const again = gateOf(power(1n, 1n), { ...next, nowMs: nowMs + lead * hour + wait }, own);
          expect(again).toEqual({ open: true });
        }
      }),
    );
  });
});
