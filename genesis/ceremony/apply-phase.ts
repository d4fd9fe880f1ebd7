import type { Act } from "./act.ts";
import { type Applied, allowed, enoughPeople, refuse } from "./applied.ts";
import { goesBack, moverOf, type Phase, phases } from "./phases.ts";
import { attestedPower, gateOfSeal, totalPower } from "./power.ts";
import type { ActRefusal, CeremonyState, Seal } from "./state.ts";

const hourMs = 3_600_000;
const none = new Map<string, never>();
const going: readonly Phase[] = phases.filter((phase) => phase !== "done" && phase !== "aborted");

/** A move to another phase. A reset lets go of the standing version, and with it of every word on it. */
export function applyPhase(state: CeremonyState, act: Extract<Act, { kind: "phase" }>, timeMs: number): Applied {
  const { from, to } = act;
  if (state.phase !== from) return refuse({ reason: "wrong_phase", phase: state.phase, wants: [from] });
  const mover = moverOf(from, to);
  if (mover === null) return refuse({ reason: "no_such_move", from, to });
  const no = allowed(state, act, mover === "clock" ? "clock" : "admin:", [from]) ?? blocked(state, to, timeMs);
  if (no !== null) return refuse(no);
  if (goesBack(from, to) && act.reason === undefined) return refuse({ reason: "reason_missing" });
  if (mover === "reset" && !enoughPeople(state, act)) return refuse({ reason: "second_person_missing" });
  const moved = { ...state, phase: to, phaseSinceMs: timeMs };
  return {
    ok: true,
    state: mover === "reset" ? { ...moved, standing: null, attestations: none, beacons: none } : moved,
  };
}

/** What else a phase asks for before it is entered. */
function blocked(state: CeremonyState, to: Phase, timeMs: number): ActRefusal | null {
  const { parameters, standing, base } = state;
  if (to === "accounts" && state.phase === "draft" && base === null) return { reason: "part_missing", part: "base" };
  if (to === "collecting" && standing === null) {
    const closesMs = Date.parse(parameters.closesAt);
    if (timeMs >= closesMs) return { reason: "too_late", sinceMs: closesMs };
  }
  if (to === "countdown" && standing !== null) return gateShut(state, standing, timeMs);
  if (to === "live") {
    const untilMs = Date.parse(parameters.genesisTime);
    if (timeMs < untilMs) return { reason: "too_early", untilMs };
  }
  return null;
}

/** Why the gate is shut, the reason that ends soonest first; null: it is open. */
function gateShut(state: CeremonyState, standing: Seal, timeMs: number): ActRefusal | null {
  const gate = gateOfSeal(state, standing, timeMs);
  if (gate.open) return null;
  if (gate.reasons.includes("seal_too_young")) return { reason: "too_early", untilMs: gate.notBeforeMs };
  const { genesisTime, gatePercent: percent } = standing.parameters;
  if (!gate.mayOpen) return { reason: "too_late", sinceMs: Date.parse(genesisTime) };
  return { reason: "gate_closed", attested: attestedPower(state), total: totalPower(standing), percent };
}

/** A seal: from here on this version stands, until a reset. */
export function applySeal(state: CeremonyState, act: Extract<Act, { kind: "seal" }>, timeMs: number): Applied {
  const no = allowed(state, act, "admin:", ["collecting"]);
  if (no !== null) return refuse(no);
  const { parameters, base, allocations, gentxs, seals } = state;
  const closesMs = Date.parse(parameters.closesAt);
  if (timeMs < closesMs) return refuse({ reason: "too_early", untilMs: closesMs });
  if (base === null) return refuse({ reason: "part_missing", part: "base" });
  if (gentxs.size === 0) return refuse({ reason: "part_missing", part: "gentxs" });
  const expected = seals.length + 1;
  if (act.version !== expected) return refuse({ reason: "wrong_version", expected });
  const latestMs = Date.parse(parameters.genesisTime) - parameters.sealLeadHours * hourMs;
  if (timeMs >= latestMs) return refuse({ reason: "too_late", sinceMs: latestMs });
  if (!enoughPeople(state, act)) return refuse({ reason: "second_person_missing" });
  const seal = {
    version: act.version,
    genesis: act.genesis,
    canonicalSha256: act.canonicalSha256,
    answerSha256: act.answerSha256,
    validatorsHash: act.validatorsHash,
    index: state.acts,
    atMs: timeMs,
    parameters,
    base,
    allocations,
    gentxs,
  };
  const sealed = { phase: "sealed", phaseSinceMs: timeMs, seals: [...seals, seal], standing: seal } as const;
  return { ok: true, state: { ...state, ...sealed, attestations: none, beacons: none } };
}

/** The end without a launch. */
export function applyAbort(state: CeremonyState, act: Extract<Act, { kind: "abort" }>, timeMs: number): Applied {
  const no = allowed(state, act, "admin:", going);
  if (no !== null) return refuse(no);
  if (!enoughPeople(state, act)) return refuse({ reason: "second_person_missing" });
  return { ok: true, state: { ...state, phase: "aborted", phaseSinceMs: timeMs } };
}
