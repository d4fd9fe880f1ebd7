import { compareBytes } from "../document/bytes.ts";
import type { Candidate } from "./candidate.ts";

/**
 * `tool`: by file name in byte order, as the SDK's `collect-gentxs` reads its folder; a renamed file changes the
 * genesis. `operator`: by the operator's address bytes, which depends on the content alone.
 */
export type Order = "tool" | "operator";

/** Compares for sorting. Two gentxs never compare equal: file names are unique in a folder, operators by rule. */
export function ordered(order: Order): (a: Candidate, b: Candidate) => number {
  if (order === "operator") return (a, b) => compareBytes(a.operator, b.operator);
  const encoder = new TextEncoder();
  return (a, b) => compareBytes(encoder.encode(a.file), encoder.encode(b.file));
}
