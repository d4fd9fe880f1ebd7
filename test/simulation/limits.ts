import type { Dispenser } from "../../workers/domain/claim/dispenser.ts";
import type { SimCredential } from "./credentials.ts";
import { COOLDOWN_MS } from "./policy.ts";
import type { World } from "./world.ts";

/** A claim that was just accepted, and what bounded it. */
type Accepted = { readonly id: string; readonly budget: number; readonly by: SimCredential | null };

/**
 * Property 4, watched at the moment when a claim was accepted: its recipient's allowance, the hour's budget and its
 * credential's quota.
 */
export function watchLimits(world: World, dispenser: Dispenser, { id, budget, by }: Accepted): void {
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
  if (by) watchCredential(world, dispenser, id, by);
}

function watchCredential(
  world: World,
  dispenser: Dispenser,
  id: string,
  { name, perDay, budget }: SimCredential,
): void {
  const rows = [...world.disk.claimById.values()];
  const mine = rows.find((row) => row.id === id);
  if (mine?.credential !== name) world.violate(`4: ${id} came by ${name} and counts for ${mine?.credential}`);
  const counted = rows.filter(
    (row) => row.credential === name && row.epoch === mine?.epoch && dispenser.claim(row.id)?.state !== "failed",
  );
  if (counted.length > Math.min(perDay, budget)) {
    world.violate(`4: ${id} is claim ${counted.length} of ${name}, which is good for ${Math.min(perDay, budget)}`);
  }
}
