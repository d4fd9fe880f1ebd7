import { goesBack, movesFrom } from "../../genesis/ceremony/phases.ts";

/** The moves that a coordinator may ask for in a phase: `{to, back, grave}`. A grave one takes two coordinators. */
export function waysFrom(phase) {
  return movesFrom(phase)
    .filter(({ mover }) => mover !== "clock")
    .map(({ to, mover }) => ({ to, back: goesBack(phase, to), grave: mover === "reset" }));
}
