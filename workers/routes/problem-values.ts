import type { Refusal } from "./problem.ts";

/**
 * What a refusal names, by name: for a client that says it in its reader's language. Only fields of this list go out;
 * each of them stands in `detail` as well. A time is named without its `Ms`.
 */
const told = [
  "address",
  "allow",
  "allowed",
  "attested",
  "available",
  "bytesMax",
  "cap",
  "chainId",
  "claimId",
  "denom",
  "endedMs",
  "expected",
  "field",
  "from",
  "held",
  "id",
  "kind",
  "max",
  "most",
  "names",
  "newestMs",
  "node",
  "of",
  "operator",
  "part",
  "percent",
  "phase",
  "retryAtMs",
  "rev",
  "role",
  "served",
  "sha256",
  "sinceMs",
  "state",
  "to",
  "total",
  "untilMs",
  "version",
  "wants",
  "width",
];

/**
 * The values of a refusal as texts: numbers in digits, lists by comma, times as RFC 3339. "": there is none; a time that
 * nobody knows is left out.
 */
export function valuesOf(refusal: Refusal): Record<string, string> {
  const fields: object = refusal.reason === "act_forbidden" ? refusal.why : refusal;
  const values = Object.entries(fields).flatMap(([name, value]) => (told.includes(name) ? written(name, value) : []));
  // The operator's own words.
  if (refusal.reason === "faucet_paused") values.push(["reason", refusal.detail]);
  return Object.fromEntries(values);
}

function written(name: string, value: unknown): [name: string, text: string][] {
  if (name.endsWith("Ms")) return typeof value === "number" ? [[name.slice(0, -2), new Date(value).toISOString()]] : [];
  return [[name, Array.isArray(value) ? value.join(", ") : String(value ?? "")]];
}
