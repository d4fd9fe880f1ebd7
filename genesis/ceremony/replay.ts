import { type Act, readAct } from "./act.ts";
import { applyAct } from "./apply.ts";
import { describeRefusal } from "./describe-refusal.ts";
import type { CeremonyState } from "./state.ts";

/** A log read through: where the ceremony stands, or which leaf no ceremony could hold and why. */
export type Replayed =
  | { readonly ok: true; readonly state: CeremonyState | null; readonly acts: readonly Act[] }
  | { readonly ok: false; readonly index: number; readonly message: string };

/** Reads leaves in their order and applies each. The same leaves give the same state, everywhere. */
export function replay(leaves: Iterable<Uint8Array>): Replayed {
  const acts: Act[] = [];
  let state: CeremonyState | null = null;
  for (const leaf of leaves) {
    const index = acts.length;
    const act = readAct(leaf);
    if (typeof act === "string") return { ok: false, index, message: act };
    const applied = applyAct(state, act);
    if (!applied.ok) return { ok: false, index, message: describeRefusal(applied.refusal) };
    state = applied.state;
    acts.push(act);
  }
  return { ok: true, state, acts };
}
