import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type Facts, factsOf } from "../../docs-site/pages/facts.ts";
import { deploymentKit, nodeKit } from "../../docs-site/pages/kits.ts";
import { readNetwork } from "../../networks/schema.ts";
import { root } from "../architecture/tree.ts";

/** What the docs tell of PAW. */
export function pawFacts(): Facts {
  const file = "networks/paw-testnet-1.json";
  const facts = factsOf(readNetwork(file, JSON.parse(readFileSync(join(root, file), "utf8"))));
  if (facts === null) throw new Error(`${file} describes no node`);
  return facts;
}

/** Both kits as the docs write them, the node's for PAW. */
export const kits = { deployment: deploymentKit(), node: nodeKit(pawFacts()) } as const;

/** Writes a kit into a folder, a new one unless it is named, for programs that want files. Whoever asks removes it. */
export function layOut(kit: ReadonlyMap<string, string>, named?: string): string {
  const folder = named ?? mkdtempSync(join(tmpdir(), "wellspring-kit-"));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of kit) writeFileSync(join(folder, name), text);
  return folder;
}

const rule = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[smhd]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(["critical", "warning", "info"]) }),
  annotations: z.strictObject({ summary: z.string(), runbook_url: z.string(), dashboard_url: z.string() }),
});
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })).min(1),
});

/** An alert as its file has it. */
export type Rule = z.infer<typeof rule>;

/** A kit's alerts in their order. Throws on a form that none of ours has. */
export function rulesOf(kit: ReadonlyMap<string, string>): Rule[] {
  return ruleFile.parse(parse(kit.get("alerts.yml") ?? "")).groups.flatMap(({ rules }) => rules);
}

const dataSource = z.strictObject({ type: z.literal("prometheus"), uid: z.literal("$datasource") });
const place = z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) });
const row = z.looseObject({ id: z.int(), type: z.literal("row"), title: z.string().min(1), gridPos: place });
const shown = z.looseObject({
  id: z.int().positive(),
  type: z.enum(["stat", "timeseries"]),
  title: z.string().min(1),
  description: z.string().min(1),
  datasource: dataSource,
  gridPos: place,
  targets: z
    .array(
      z.looseObject({ refId: z.string(), datasource: dataSource, expr: z.string().min(1), legendFormat: z.string() }),
    )
    .min(1),
  links: z.tuple([z.looseObject({ title: z.string(), url: z.string() })]),
  fieldConfig: z.looseObject({ defaults: z.looseObject({ unit: z.string() }), overrides: z.array(z.unknown()) }),
});
const dashboard = z.looseObject({
  id: z.null(),
  uid: z.string().regex(/^[a-z-]{1,40}$/),
  title: z.string().min(1),
  schemaVersion: z.literal(42),
  templating: z.strictObject({
    list: z
      .tuple([
        z.looseObject({ type: z.literal("datasource"), name: z.literal("datasource"), query: z.literal("prometheus") }),
      ])
      .rest(
        z.looseObject({ type: z.literal("query"), name: z.string(), datasource: dataSource, definition: z.string() }),
      ),
  }),
  links: z.array(z.looseObject({ title: z.string(), url: z.string() })),
  panels: z.array(z.discriminatedUnion("type", [row, shown])).min(1),
});

/** A dashboard as its file has it. */
export type Dashboard = z.infer<typeof dashboard>;

/** A kit's dashboard. Throws where it isn't what Grafana imports. */
export function dashboardOf(kit: ReadonlyMap<string, string>): Dashboard {
  return dashboard.parse(JSON.parse(kit.get("dashboard.json") ?? ""));
}

/** The panels that show something. */
export function panelsOf(kit: ReadonlyMap<string, string>): z.infer<typeof shown>[] {
  return dashboardOf(kit).panels.filter((panel) => panel.type !== "row");
}

/** The names of the numbers that an expression asks for. */
export function metricsIn(expr: string): string[] {
  return [...new Set(expr.match(/\b(?:wellspring|cometbft)_\w+/g))];
}

/** All numbers that a kit's alerts and panels ask for. */
export function metricsOf(kit: ReadonlyMap<string, string>): string[] {
  const panels = panelsOf(kit).flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const choices = dashboardOf(kit)
    .templating.list.slice(1)
    .map(({ definition }) => String(definition));
  return [...new Set([...rulesOf(kit).map(({ expr }) => expr), ...panels, ...choices].flatMap(metricsIn))];
}
