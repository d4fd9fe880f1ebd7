import type { RegistrationStore } from "./ports.ts";
import type { Registration } from "./registration.ts";

const pageRows = 500;
/** More than any chain has validators for; a coordinator approved each one. */
const pagesMax = 40;

/** All approved registrations: a list that ends early would leave operators without their balance. */
export async function allApproved(store: Pick<RegistrationStore, "page">): Promise<Registration[]> {
  const all: Registration[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const rows = await store.page({ after: all.at(-1)?.operator ?? "", state: "approved", limit: pageRows });
    all.push(...rows);
    if (rows.length < pageRows) return all;
  }
  throw new Error(`more than ${pageRows * pagesMax} registrations are approved`);
}

/** The granted balances as the ceremony's allocation list takes them. Addresses and denoms need no quotes. */
export function allocationsCsv(registrations: readonly Registration[]): string {
  const rows = registrations.flatMap(({ operator, state, allocation }) =>
    state === "approved" && allocation !== null ? [`${operator},${allocation.amount},${allocation.denom}`] : [],
  );
  return `${["address,amount,denom", ...rows].join("\n")}\n`;
}
