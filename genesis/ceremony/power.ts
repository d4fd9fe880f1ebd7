import type { CeremonyState, Seal } from "./state.ts";

/** The voting power of the gentxs in a sealed genesis, or of those that stand. */
export function totalPower({ gentxs }: Pick<Seal, "gentxs">): bigint {
  return [...gentxs.values()].reduce((sum, { power }) => sum + power, 0n);
}

/** The voting power whose operators attested the standing version's hash; 0 where none stands. */
export function attestedPower({ standing, attestations }: CeremonyState): bigint {
  if (standing === null) return 0n;
  return [...attestations.keys()].reduce((sum, operator) => sum + (standing.gentxs.get(operator)?.power ?? 0n), 0n);
}

/** Whether enough power attested one hash. */
export function gateOpen(attested: bigint, total: bigint, percent: number): boolean {
  return total > 0n && attested * 100n >= total * BigInt(percent);
}
