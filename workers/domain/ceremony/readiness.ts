import { readinessOf } from "../../../genesis/attest/readiness.ts";
import { attestedPower, gateOfSeal } from "../../../genesis/ceremony/power.ts";
import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import type { CeremonyPorts } from "./ports.ts";
import type { ReadinessView } from "./words-api.ts";

/**
 * How ready the version that stands is; null: none stands. The gate goes by the log. Who said since that they hold
 * another file counts for that one in `hashes` and `deadlock`, which warn.
 */
export function viewReadiness(state: CeremonyState, { words, nowMs }: CeremonyPorts): ReadinessView | null {
  const { standing, attestations, beacons } = state;
  if (standing === null) return null;
  const { version, genesis } = standing;
  const members = [...standing.gentxs].map(([operator, { power }]) => ({ operator, power }));
  const attested = [...attestations].map(([operator, { genesisSha256 }]) => ({ operator, version, genesisSha256 }));
  const newer = words.dissents
    .of(version)
    .filter(({ operator, acts }) => (attestations.get(operator)?.index ?? -1) < acts);
  const nodes = [...beacons].map(([operator, word]) => ({ ...word, operator, version, node: word.node ?? "" }));
  const told = readinessOf({ version, sha256: genesis.sha256, members }, [...attested, ...newer], nodes);
  const percentOf = (power: bigint) => (told.total === 0n ? 0 : Number((power * 10_000n) / told.total) / 100);
  const logged = attestedPower(state);
  return {
    version,
    sha256: genesis.sha256,
    totalPower: String(told.total),
    attestedPower: String(logged),
    attestedPercent: percentOf(logged),
    readyPower: String(told.ready),
    readyPercent: percentOf(told.ready),
    hashes: told.hashes.map(({ sha256, power, operators }) => ({
      sha256,
      power: String(power),
      percent: percentOf(power),
      operators,
    })),
    silent: told.silent.map(({ operator, power }) => ({ operator, power: String(power) })),
    deadlock: told.deadlock,
    nodes: nodes.map(({ operator, node, initChainPassed, binaryVersion, clockSkewMs, index }) => ({
      operator,
      node,
      initChainPassed,
      binaryVersion,
      clockSkewMs,
      index,
    })),
    gate: gateOfSeal(state, standing, nowMs()),
  };
}
