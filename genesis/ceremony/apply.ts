import type { Act } from "./act.ts";
import { type Applied, actsMax, allowed, refuse } from "./applied.ts";
import { applyGentx, applyWithdrawal } from "./apply-gentx.ts";
import { applyAbort, applyPhase, applySeal } from "./apply-phase.ts";
import { applyWord } from "./apply-word.ts";
import { parametersSchema } from "./parameters.ts";
import { isOver, type Phase } from "./phases.ts";
import type { CeremonyState } from "./state.ts";

/** Phases in which the parts of the genesis may still change. */
const open: readonly Phase[] = ["draft", "accounts", "collecting"];
/** Parameters that gentxs are signed or judged by in a way that a later change would break. */
const fixedAfterDraft = ["chainId", "prefix", "denom", "style", "shape", "powerReduction"] as const;

/**
 * What a ceremony is after one more act, or why the act is not taken. Pure: the Worker asks before it logs an act,
 * `verify` asks again of every act that was logged.
 */
export function applyAct(state: CeremonyState | null, act: Act): Applied {
  const timeMs = Date.parse(act.time);
  if (state === null) return act.kind === "created" ? create(act, timeMs) : refuse({ reason: "not_created" });
  if (timeMs < state.timeMs) return refuse({ reason: "time_backwards", newestMs: state.timeMs });
  if (isOver(state.phase)) return refuse({ reason: "wrong_phase", phase: state.phase, wants: [] });
  if (state.acts >= actsMax) return refuse({ reason: "too_many", of: "acts", max: actsMax });
  const applied = step(state, act, timeMs);
  return applied.ok ? { ok: true, state: { ...applied.state, timeMs, acts: state.acts + 1 } } : applied;
}

function step(state: CeremonyState, act: Act, timeMs: number): Applied {
  switch (act.kind) {
    case "created":
      return refuse({ reason: "already_created" });
    case "parameter":
      return applyParameter(state, act);
    case "allocations":
      return applyAllocations(state, act);
    case "phase":
      return applyPhase(state, act, timeMs);
    case "gentx":
    case "replacement":
      return applyGentx(state, act, timeMs);
    case "withdrawal":
      return applyWithdrawal(state, act);
    case "seal":
      return applySeal(state, act, timeMs);
    case "attestation":
    case "beacon":
      return applyWord(state, act, timeMs);
    case "abort":
      return applyAbort(state, act, timeMs);
  }
}

function create(act: Extract<Act, { kind: "created" }>, timeMs: number): Applied {
  if (!act.actor.startsWith("admin:")) return refuse({ reason: "wrong_actor", wants: "coordinator" });
  const state: CeremonyState = {
    phase: "draft",
    phaseSinceMs: timeMs,
    timeMs,
    acts: 1,
    parameters: act.parameters,
    base: null,
    allocations: null,
    gentxs: new Map(),
    bodies: new Map(),
    handIns: new Map(),
    seals: [],
    standing: null,
    attestations: new Map(),
    beacons: new Map(),
  };
  return { ok: true, state };
}

function applyParameter(state: CeremonyState, act: Extract<Act, { kind: "parameter" }>): Applied {
  const no = allowed(state, act, "admin:", open);
  if (no !== null) return refuse(no);
  if (act.base === undefined && Object.keys(act.changes ?? {}).length === 0)
    return refuse({ reason: "nothing_changed" });
  const fixed = fixedAfterDraft.filter((name) => act.changes?.[name] !== undefined);
  if (state.phase !== "draft" && act.base !== undefined)
    return refuse({ reason: "fixed_after_draft", names: ["base"] });
  if (state.phase !== "draft" && fixed.length > 0) return refuse({ reason: "fixed_after_draft", names: fixed });
  const parameters = parametersSchema.parse({ ...state.parameters, ...act.changes });
  return { ok: true, state: { ...state, parameters, base: act.base ?? state.base } };
}

function applyAllocations(state: CeremonyState, act: Extract<Act, { kind: "allocations" }>): Applied {
  const no = allowed(state, act, "admin:", ["draft", "accounts"]);
  const { content, format, accounts } = act;
  return no === null ? { ok: true, state: { ...state, allocations: { content, format, accounts } } } : refuse(no);
}
