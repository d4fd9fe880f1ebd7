import { findSecret } from "../../genesis/gentx/secret.ts";
import { contentSchema } from "../../genesis/validator/content.ts";

/**
 * What is wrong with a content, by the rules that the deployment judges it by: `[{path, message}]`, empty for nothing.
 * A secret in it is found first, and is the one thing that is then said.
 */
export function checkContent(content) {
  const secret = findSecret(JSON.stringify(content));
  if (secret !== null) return [{ path: "secret", message: `there is ${secret} in it` }];
  const read = contentSchema.safeParse(content);
  return read.success ? [] : read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
}

/** The kind of secret that a pasted text holds; null: none. */
export function secretIn(text) {
  return findSecret(text);
}
