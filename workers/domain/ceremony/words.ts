import { describeRefusal } from "../../../genesis/ceremony/describe-refusal.ts";
import { parametersSchema } from "../../../genesis/ceremony/parameters.ts";
import { phases } from "../../../genesis/ceremony/phases.ts";
import type { ActRefusal } from "../../../genesis/ceremony/state.ts";

/** What a ceremony is held by; the shape that routes check and document. */
export const parametersShape = parametersSchema;
/** All phases, in their order. */
export const phaseNames = phases;

/** Why an act is not done, as a sentence that ends with a full stop. */
export function sentenceOf(refusal: ActRefusal): string {
  const words = describeRefusal(refusal);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
