import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildDocs } from "../../docs-site/pages/build-docs.ts";
import { dashboardOf, kits, metricsOf, panelsOf, rulesOf } from "./kit-files.ts";

const kinds = ["deployment", "node"] as const;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wellspring-kits-"));
  buildDocs(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const page = (path: string) => readFileSync(join(folder, path, "index.html"), "utf8");
const unescaped = (html: string) =>
  html
    .replace(/<[^>]+>/g, "")
    .replaceAll("&amp;", "&")
    .replaceAll("&#39;", "'");
const variable = (name: string) => `$\{${name}:raw}`;
/** Where a kit's links lead: the address as it stands in the files, and the page there. */
const target = {
  deployment: { rule: "{{ $labels.site }}/docs/runbook/", panel: `${variable("site")}/docs/runbook/`, path: "runbook" },
  node: {
    rule: "{{ $labels.docs }}/troubleshooting/",
    panel: `${variable("docs")}/troubleshooting/`,
    path: "paw-testnet-1/troubleshooting",
  },
} as const;
const anchorOf = (url: string, before: string) => (url.startsWith(`${before}#`) ? url.slice(before.length + 1) : url);

/** The rows of the table of alerts on a page: its four cells each, the last one's link. */
function alertRows(html: string) {
  return [
    ...html.matchAll(/<tr><td><code>([A-Z]\w+)<\/code><\/td><td>(.*?)<\/td><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/g),
  ].map(([, alert = "", severity = "", third = "", link = ""]) => ({
    alert,
    severity,
    third: unescaped(third),
    anchor: /href="[^"#]*#([^"]+)"/.exec(link)?.[1] ?? "",
  }));
}

describe.each(kinds)("the %s's kit", (kind) => {
  const kit = kits[kind];

  it("stands on the site as it is here, and leaves nothing to fill in", () => {
    const below = { deployment: "monitoring", node: "paw-testnet-1/monitoring" }[kind];
    for (const [name, text] of kit) {
      expect(readFileSync(join(folder, below, name), "utf8"), name).toBe(text);
      expect(text, name).not.toMatch(/@\w*@|undefined|\[object|NaN/);
    }
    expect([...kit.keys()].sort()).toEqual(["alerts.yml", "dashboard.json", "prometheus.yml"]);
  });

  it("has alerts of different names, each with a section that exists and a panel that exists", () => {
    const rules = rulesOf(kit);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    const html = page(target[kind].path);
    const { uid } = dashboardOf(kit);
    for (const { alert, annotations } of rules) {
      expect(html, alert).toContain(`id="${anchorOf(annotations.runbook_url, target[kind].rule)}"`);
      const [, board, panel] =
        /^{{ \$externalLabels.grafana }}\/d\/([\w-]+)\?viewPanel=(\d+)&var-/.exec(annotations.dashboard_url) ?? [];
      expect(board, alert).toBe(uid);
      expect(
        panelsOf(kit).map(({ id }) => String(id)),
        alert,
      ).toContain(panel);
    }
  });

  it("links from each panel to a section that exists", () => {
    const html = page(target[kind].path);
    for (const { title, links } of panelsOf(kit))
      expect(html, title).toContain(`id="${anchorOf(links[0].url, target[kind].panel)}"`);
  });

  it("shows, in the panel that an alert links to, a number that the alert asks for", () => {
    for (const { alert, expr, annotations } of rulesOf(kit)) {
      const id = Number(/viewPanel=(\d+)/.exec(annotations.dashboard_url)?.[1]);
      const shown = panelsOf(kit).find((panel) => panel.id === id);
      const near = shown?.targets.map((query) => query.expr).join("\n") ?? "";
      const asked: readonly string[] = expr.match(/\b(?:wellspring|cometbft)_\w+|\bup\b/g) ?? [];
      // What the dispenser decides by itself has a panel with the number behind it.
      if (!asked.includes("wellspring_alert"))
        expect(
          asked.some((name) => near.includes(name)),
          alert,
        ).toBe(true);
    }
  });

  it("has panels of different ids that don't lie on one another", () => {
    const { panels } = dashboardOf(kit);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });

  it("asks in its panels only by variables that it has", () => {
    const board = dashboardOf(kit);
    const has = board.templating.list.map(({ name }) => name);
    const text = JSON.stringify(board.panels) + JSON.stringify(board.links);
    const asked = [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
    expect([...new Set(asked)].filter((name) => !has.includes(name))).toEqual([]);
    expect(metricsOf(kit).length).toBeGreaterThan(10);
  });

  it("has a scrape config with the job that its rules name, and the label that its links begin with", () => {
    const config = parse(kit.get("prometheus.yml") ?? "");
    const [job] = config.scrape_configs;
    expect(config.rule_files).toEqual(["alerts.yml"]);
    for (const { expr } of rulesOf(kit))
      for (const [, named] of expr.matchAll(/job="([^"]+)"/g)) expect(named).toBe(job.job_name);
    expect(Object.keys(job.static_configs[0].labels)).toEqual([kind === "deployment" ? "site" : "docs"]);
    expect(config.global.external_labels).toEqual({ grafana: "https://grafana.example" });
  });
});

describe("the alerts in the docs", () => {
  it("are the deployment's, in the runbook: each with its severity, its panel and its section, in their order", () => {
    const panels = new Map(panelsOf(kits.deployment).map(({ id, title }) => [String(id), title]));
    const expected = rulesOf(kits.deployment).map(({ alert, labels, annotations }) => ({
      alert,
      severity: labels.severity,
      third: panels.get(/viewPanel=(\d+)/.exec(annotations.dashboard_url)?.[1] ?? ""),
      anchor: anchorOf(annotations.runbook_url, target.deployment.rule),
    }));
    expect(alertRows(page("runbook"))).toEqual(expected);
  });

  it("are a node's, in the monitoring guide: each with its severity and its section, in their order", () => {
    const expected = rulesOf(kits.node).map(({ alert, labels, annotations }) => ({
      alert,
      severity: labels.severity,
      anchor: anchorOf(annotations.runbook_url, target.node.rule),
    }));
    expect(alertRows(page("paw-testnet-1/monitoring")).map(({ third: _, ...row }) => row)).toEqual(expected);
  });
});

it("with the key's two lines let in, the scrape config sends an admin key from its file", () => {
  const text = (kits.deployment.get("prometheus.yml") ?? "").replace(/^ {4}#key /gm, "    ");
  expect(parse(text).scrape_configs[0].authorization).toEqual({ credentials_file: "admin-key" });
});
