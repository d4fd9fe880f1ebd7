import type { ActBy } from "../../workers/domain/claim/operator-acts.ts";

/** An operator's act that nobody has done yet. */
export function byOps(): ActBy {
  return { id: crypto.randomUUID(), actor: "ops" };
}
