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

/** Compares as Go's `bytes.Compare` does: -1, 0 or 1. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}
