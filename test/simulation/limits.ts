import type { Dispenser } from "../../workers/domain/claim/dispenser.ts";
import { COOLDOWN_MS } from "./policy.ts";
import type { World } from "./world.ts";

/** Property 4, watched at the moment when a claim was accepted: its recipient's allowance and the hour's budget. */
export function watchLimits(world: World, dispenser: Dispenser, id: string, budget: number): void {
  const { claimById } = world.disk;
  const mine = claimById.get(id);
  for (const other of claimById.values()) {
    if (other.id === id || other.recipient !== mine?.recipient || other.epoch !== mine.epoch) continue;
    const state = dispenser.claim(other.id)?.state;
    const cooled = other.createdAtMs + COOLDOWN_MS <= world.timeline.nowMs;
    if (state === "failed" || (state === "confirmed" && cooled)) continue;
    world.violate(`4: ${id} was accepted while ${other.id} of ${other.recipient} is ${state}`);
  }
  const counted = [...claimById.keys()].filter((other) => dispenser.claim(other)?.state !== "failed").length;
  if (budget > 0 && counted > budget) world.violate(`4: ${id} is claim ${counted} of a budget of ${budget}`);
}
