import type { Act } from "./act.ts";
import { type Applied, allowed, counted, handInsMax, operatorsMax, refuse } from "./applied.ts";
import type { CeremonyState } from "./state.ts";

/** A gentx handed in, or one in place of another of the same operator. */
export function applyGentx(
  state: CeremonyState,
  act: Extract<Act, { kind: "gentx" | "replacement" }>,
  timeMs: number,
): Applied {
  const no = allowed(state, act, "operator:", ["collecting"]);
  if (no !== null) return refuse(no);
  const { parameters, gentxs } = state;
  const closesMs = Date.parse(parameters.closesAt);
  if (timeMs >= closesMs) return refuse({ reason: "too_late", sinceMs: closesMs });
  const listed = parameters.intake === "open" || parameters.allowlist.includes(act.operator);
  if (!listed) return refuse({ reason: "not_on_allowlist" });
  const stands = gentxs.get(act.operator)?.content.sha256 ?? null;
  if (act.kind === "gentx" && stands !== null) return refuse({ reason: "gentx_stands", sha256: stands });
  if (act.kind === "replacement" && stands !== act.replaces) {
    return refuse({ reason: "gentx_does_not_stand", sha256: stands });
  }
  if (stands === act.content.sha256) return refuse({ reason: "nothing_changed" });
  // The log is public: without this rule anyone could put an operator's older gentx in place of the newer one.
  const spent = state.bodies.get(act.operator) ?? [];
  if (spent.includes(act.body)) return refuse({ reason: "gentx_spent" });
  if (stands === null && gentxs.size >= operatorsMax) {
    return refuse({ reason: "too_many", of: "operators", max: operatorsMax });
  }
  const handIns = counted(state, act.operator);
  if (handIns === null) return refuse({ reason: "too_many", of: "hand-ins", max: handInsMax });
  const bodies = new Map(state.bodies).set(act.operator, [...spent, act.body]);
  const standing = { content: act.content, power: BigInt(act.power), index: state.acts };
  return { ok: true, state: { ...state, handIns, bodies, gentxs: new Map(gentxs).set(act.operator, standing) } };
}

/** A gentx taken back by its operator, or out by a coordinator with a reason. */
export function applyWithdrawal(state: CeremonyState, act: Extract<Act, { kind: "withdrawal" }>): Applied {
  const byAdmin = act.actor.startsWith("admin:");
  const no = allowed(state, act, byAdmin ? "admin:" : "operator:", ["accounts", "collecting"]);
  if (no !== null) return refuse(no);
  if (byAdmin && act.reason === undefined) return refuse({ reason: "reason_missing" });
  const stands = state.gentxs.get(act.operator)?.content.sha256 ?? null;
  if (stands !== act.withdraws) return refuse({ reason: "gentx_does_not_stand", sha256: stands });
  const handIns = byAdmin ? state.handIns : counted(state, act.operator);
  if (handIns === null) return refuse({ reason: "too_many", of: "hand-ins", max: handInsMax });
  const gentxs = new Map(state.gentxs);
  gentxs.delete(act.operator);
  return { ok: true, state: { ...state, handIns, gentxs } };
}
