import { parse } from "yaml";
import { z } from "zod";
import { read } from "../architecture/tree.ts";

const rule = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[smhd]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(["critical", "warning", "info"]) }),
  annotations: z.strictObject({ summary: z.string(), runbook_url: z.string(), dashboard_url: z.string().optional() }),
});
const rules = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })).min(1),
});

/** An alert as its file has it. */
export type Rule = z.infer<typeof rule>;

/** The alerts of a file below docs-site/monitoring/, in their order. Throws on a form that none of ours has. */
export function readRules(file: string): Rule[] {
  return rules.parse(parse(read(`docs-site/monitoring/${file}`))).groups.flatMap((group) => group.rules);
}

/** The names of the numbers that an expression asks for, those of a histogram without their ending. */
export function metricsIn(expr: string): string[] {
  return [...new Set(expr.match(/\b(?:wellspring|cometbft)_\w+/g))].map((name) => name.replace(/_bucket$/, ""));
}
