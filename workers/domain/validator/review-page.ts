import type { Clash, Directory, RegistrationPage } from "./ports.ts";
import { claimsOf } from "./prove.ts";
import type { Registration } from "./registration.ts";

/** A registration as it is reviewed. */
export type Reviewed = { readonly registration: Registration; readonly clashes: readonly Clash[] };

/** A page of registrations, with what those that wait share with approved ones. */
export async function reviewPage({ store }: Directory, page: RegistrationPage): Promise<Reviewed[]> {
  const rows = await store.page(page);
  return Promise.all(
    rows.map(async (registration) => {
      const { operator, profile, state } = registration;
      const waits = state === "pending" && profile !== null;
      return { registration, clashes: waits ? await store.clashes(operator, claimsOf(profile)) : [] };
    }),
  );
}
