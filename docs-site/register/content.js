import { inEnglish, said } from "../../genesis/document/said.ts";
import { findSecret } from "../../genesis/gentx/secret.ts";
import { contentSchema, saidOf } from "../../genesis/validator/content.ts";

/**
 * What is wrong with a content, by the rules that the deployment judges it by: `[{path, message, said}]`, empty for
 * nothing.
 * A secret in it is found first, and is the one thing that is then said.
 */
export function checkContent(content) {
  const secret = findSecret(JSON.stringify(content));
  if (secret !== null) return [fault("secret", said`there is ${secret} in it`)];
  const read = contentSchema.safeParse(content);
  return read.success ? [] : read.error.issues.map((issue) => fault(issue.path.join("."), saidOf(issue)));
}

const fault = (path, words) => ({ path, message: inEnglish(words), said: words });

/** The kind of secret that a pasted text holds, as a sentence; null: none. */
export function secretIn(text) {
  return findSecret(text);
}
