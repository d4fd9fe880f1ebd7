/** The phases of a ceremony, in their order; the last two end it. */
export const phases = [
  "draft",
  "accounts",
  "collecting",
  "sealed",
  "attesting",
  "countdown",
  "live",
  "done",
  "aborted",
] as const;

/** A phase of a ceremony. */
export type Phase = (typeof phases)[number];

/** Who makes a move: a coordinator, or time and the gate. `reset` takes two coordinators where the rule is on. */
export type Mover = "coordinator" | "clock" | "reset";

/** Where one may go from each phase by a `phase` act. `sealed` is entered by a `seal` alone, `aborted` by `abort`. */
const moves: Readonly<Record<Phase, Readonly<Partial<Record<Phase, Mover>>>>> = {
  draft: { accounts: "coordinator" },
  accounts: { draft: "coordinator", collecting: "coordinator" },
  collecting: { accounts: "coordinator", draft: "coordinator" },
  sealed: { attesting: "coordinator", collecting: "reset", accounts: "reset" },
  attesting: { countdown: "clock", collecting: "reset", accounts: "reset" },
  countdown: { attesting: "coordinator", live: "clock", collecting: "reset", accounts: "reset" },
  live: { done: "coordinator" },
  done: {},
  aborted: {},
};

/** Who may move a ceremony from one phase to another; null: nobody. */
export function moverOf(from: Phase, to: Phase): Mover | null {
  return moves[from][to] ?? null;
}

/** Where one may go from a phase, and who moves. */
export function movesFrom(phase: Phase): { to: Phase; mover: Mover }[] {
  return phases.flatMap((to) => {
    const mover = moves[phase][to];
    return mover === undefined ? [] : [{ to, mover }];
  });
}

/** Whether a move goes back, which asks for a reason. */
export function goesBack(from: Phase, to: Phase): boolean {
  return phases.indexOf(to) < phases.indexOf(from);
}

/** Whether a ceremony has ended in this phase. */
export function isOver(phase: Phase): boolean {
  return phase === "done" || phase === "aborted";
}
