import { subnetOf, unreachable } from "../gentx/peer.ts";
import type { ReviewedValidator } from "./validators.ts";

/** Power that lies in one place. */
export type Group = { readonly name: string; readonly power: bigint; readonly monikers: readonly string[] };

/** Validators by where they are, strongest group first. Those of whom nothing is known are left out. */
export function groupsBy(
  validators: readonly ReviewedValidator[],
  placeOf: (validator: ReviewedValidator) => string,
): Group[] {
  const groups = new Map<string, { power: bigint; monikers: string[] }>();
  for (const validator of validators) {
    const name = placeOf(validator);
    if (name === "") continue;
    const group = groups.get(name) ?? { power: 0n, monikers: [] };
    group.power += validator.power;
    group.monikers.push(validator.moniker);
    groups.set(name, group);
  }
  return [...groups].map(([name, group]) => ({ name, ...group })).sort((a, b) => byPower(a, b) || byName(a, b));
}

/**
 * The network that a validator's node is in (`subnetOf`). Empty for no host, and for one that nobody reaches from the
 * internet, which doesn't say where a node is. It's what a memo tells, and no proof.
 */
export function networkOf({ host }: ReviewedValidator): string {
  return host === "" || unreachable(host) !== null ? "" : subnetOf(host);
}

/**
 * The fewest validators that together hold more than a part of the power: with a third they can stop the chain, with
 * two thirds they decide alone. `validators` needn't be sorted.
 */
export function smallestAbove(
  validators: readonly ReviewedValidator[],
  { numerator, denominator }: { numerator: bigint; denominator: bigint },
): ReviewedValidator[] {
  const total = validators.reduce((sum, { power }) => sum + power, 0n);
  const chosen: ReviewedValidator[] = [];
  let held = 0n;
  for (const validator of [...validators].sort(byPower)) {
    if (held * denominator > total * numerator) break;
    chosen.push(validator);
    held += validator.power;
  }
  return chosen;
}

/** For sorting: the strongest first. */
export function byPower(a: { power: bigint }, b: { power: bigint }): number {
  if (a.power === b.power) return 0;
  return a.power > b.power ? -1 : 1;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
