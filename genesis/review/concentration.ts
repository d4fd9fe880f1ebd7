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
 * The network that a host is in: an IPv4 address's /24, an IPv6 address's /48, a host name's last two labels. Empty
 * for no host and for private addresses, which don't say where a node is. It's what a memo tells, and no proof.
 */
export function subnetOf({ host }: ReviewedValidator): string {
  if (host === "" || nowhere.test(host)) return "";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return `${host.split(".").slice(0, 3).join(".")}.0/24`;
  if (host.includes(":")) return `${expanded(host).slice(0, 3).join(":")}::/48`;
  return host.split(".").slice(-2).join(".");
}

const nowhere =
  /^(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^(?:::1|f[cd].*:.*|fe80:.*|localhost)$/;

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

/** The groups of an IPv6 address; `::` is filled with zeros. */
function expanded(host: string): string[] {
  const [left = "", right] = host.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  if (right === undefined) return groups(left);
  const missing = Math.max(0, 8 - groups(left).length - groups(right).length);
  return [...groups(left), ...Array<string>(missing).fill("0"), ...groups(right)];
}
