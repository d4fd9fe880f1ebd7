import { type Gate, gateOf } from "../attest/gate.ts";
import type { CeremonyState, Seal } from "./state.ts";

const hourMs = 3_600_000;

/** The voting power of the gentxs in a sealed genesis, or of those that stand. */
export function totalPower({ gentxs }: Pick<Seal, "gentxs">): bigint {
  return [...gentxs.values()].reduce((sum, { power }) => sum + power, 0n);
}

/** The voting power whose operators attested the standing version's hash; 0 where none stands. */
export function attestedPower({ standing, attestations }: CeremonyState): bigint {
  if (standing === null) return 0n;
  return [...attestations.keys()].reduce((sum, operator) => sum + (standing.gentxs.get(operator)?.power ?? 0n), 0n);
}

/** The launch gate of a sealed version as the log has it. */
export function gateOfSeal(state: CeremonyState, seal: Seal, nowMs: number): Gate {
  const power = { attested: attestedPower(state), total: totalPower(seal) };
  const { gatePercent, sealLeadHours, genesisTime } = seal.parameters;
  const times = { sealedAtMs: seal.atMs, genesisTimeMs: Date.parse(genesisTime), nowMs };
  return gateOf(power, times, { gatePercent, sealLeadMs: sealLeadHours * hourMs });
}
