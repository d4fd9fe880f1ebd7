import type { Act } from "./act.ts";
import type { Phase } from "./phases.ts";
import type { ActRefusal, CeremonyState } from "./state.ts";

/** Operators that one ceremony takes. */
export const operatorsMax = 1_000;
/** Acts of one operator: enough for mending, too few to flood the log. */
export const handInsMax = 60;
/** Acts in one ceremony. */
export const actsMax = 100_000;

/** The next state, or why there is none. */
export type Applied =
  | { readonly ok: true; readonly state: CeremonyState }
  | { readonly ok: false; readonly refusal: ActRefusal };

/** The refusal as an answer. */
export function refuse(refusal: ActRefusal): Applied {
  return { ok: false, refusal };
}

/** Whether an actor of this kind may act in this phase; null: yes. An operator acts for their own address only. */
export function allowed(
  { phase }: CeremonyState,
  act: Act,
  who: "admin:" | "operator:" | "clock",
  wants: readonly Phase[],
): ActRefusal | null {
  if (!wants.includes(phase)) return { reason: "wrong_phase", phase, wants };
  const own = who !== "operator:" || !("operator" in act) || act.actor === `operator:${act.operator}`;
  if (act.actor.startsWith(who) && own) return null;
  const words = { "admin:": "coordinator", "operator:": "operator", clock: "clock" } as const;
  return { reason: "wrong_actor", wants: words[who] };
}

/** The acts counted with one more of this operator; null: they have had their share. */
export function counted({ handIns }: CeremonyState, operator: string): ReadonlyMap<string, number> | null {
  const had = handIns.get(operator) ?? 0;
  return had >= handInsMax ? null : new Map(handIns).set(operator, had + 1);
}

/** Whether a grave act has the people it takes: its actor among them, and two where the rule is on. */
export function enoughPeople({ parameters }: CeremonyState, act: { actor: string; approvers?: string[] | undefined }) {
  const names = act.approvers ?? [];
  return names.includes(act.actor.slice("admin:".length)) && names.length >= (parameters.twoPerson ? 2 : 1);
}
