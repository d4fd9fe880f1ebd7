import type { Registration } from "./registration.ts";

/** The granted balances as the ceremony's allocation list takes them. Addresses and denoms need no quotes. */
export function allocationsCsv(registrations: readonly Registration[]): string {
  const rows = registrations.flatMap(({ operator, state, allocation }) =>
    state === "approved" && allocation !== null ? [`${operator},${allocation.amount},${allocation.denom}`] : [],
  );
  return `${["address,amount,denom", ...rows].join("\n")}\n`;
}
