import { contentSchema } from "../../../genesis/validator/content.ts";
import { registrationSchema, signedProofSchema } from "../../../genesis/validator/proof.ts";
import { registrationActions } from "../../../genesis/validator/word.ts";

/** What is registered; the shape that routes check and document. */
export const contentShape = contentSchema;
/** A signature over a line. */
export const signedProofShape = signedProofSchema;
/** A registration as it comes in. */
export const registrationShape = registrationSchema;
/** What an operator may do. */
export const actionNames = registrationActions;
