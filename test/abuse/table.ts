import type { Tally } from "./play.ts";
import { claimsMost, type Limits } from "./populations.ts";

/** The least part of the honest claims that must be served. */
export const honestLeast = 0.99;

/** How many honest claims were served, of those asked: 0 to 1. */
export function honestServed(tallies: readonly Tally[]): number {
  const honest = tallies.filter(({ population }) => population.honest);
  const sum = (of: (tally: Tally) => number) => honest.reduce((total, tally) => total + of(tally), 0);
  return sum(({ paid }) => paid) / sum(({ population }) => population.claims);
}

/** The populations that got more than they may. */
export function overCap(tallies: readonly Tally[], limits: Limits): string[] {
  return tallies
    .filter(({ population, paid }) => paid > claimsMost(population.cap, limits))
    .map(({ population, paid }) => `${population.name}: ${paid} of ${claimsMost(population.cap, limits)}`);
}

/** A table in Markdown, a row a population. */
export function table(tallies: readonly Tally[], limits: Limits): string {
  const percent = (claims: number) => `${((claims / limits.hourlyBudget) * 100).toFixed(1)} %`;
  const head = [
    "population",
    "asked",
    "paid",
    "share of budget",
    "cap",
    "work a claim",
    "verdict",
    "refused, how often",
  ];
  const rows = tallies.map(({ population, paid, work, refused }) => {
    const { name, honest, claims, cap } = population;
    const most = claimsMost(cap, limits);
    const served = `${((paid / claims) * 100).toFixed(1)} % served`;
    const worked = Number.isFinite(work) && work > 0 ? work.toFixed(1) : "";
    const refusals = Object.entries(refused).map(([code, times]) => `${code} ${times}`);
    const held = paid <= most ? "held" : "OVER";
    const bound = honest ? "" : `${percent(most)} (${cap})`;
    return [name, claims, paid, percent(paid), bound, worked, honest ? served : held, refusals.join(", ")];
  });
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
