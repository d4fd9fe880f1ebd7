import type { Finding } from "../document/finding.ts";

/** Findings as lines for people: the rule, what is wrong, the value seen, what to do. */
export function findingLines(findings: readonly Finding[]): string {
  return findings
    .map(({ rule, message, remedy, value }) =>
      [`${rule}: ${message}`, ...(value === undefined ? [] : [`  seen: ${value}`]), `  do: ${remedy}`].join("\n"),
    )
    .join("\n");
}
