import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { hasTools } from "./has-tools.ts";

/** Whether this machine has Prometheus and its `promtool`, as {@link hasTools} asks. */
export function hasPromtool(what: string): boolean {
  return hasTools(what, ["promtool", "prometheus"], "Debian: apt-get install --no-install-recommends prometheus");
}

/** Runs promtool. Answers all that it says, and throws with it where it finds a fault. */
export function promtool(options: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync("promtool", options, { encoding: "utf8", input, timeout: 120_000 });
  if (status !== 0) throw new Error(`promtool ${options.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

/** What happens, in promtool's notation (`0+5x60`), by series; and which alerts fire at which minute: all of them. */
export type Scenario = {
  readonly name: string;
  readonly series: Readonly<Record<string, string>>;
  readonly firing: Readonly<Record<number, readonly string[]>>;
};

/** Plays scenarios on a rule file; a sample and an evaluation each `everyMinutes`. Throws where another alert fires. */
export function playScenarios(rules: string, scenarios: readonly Scenario[], everyMinutes = 1): void {
  const tests = scenarios.map(({ series, firing }) => ({
    interval: `${everyMinutes}m`,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: Object.entries(firing).map(([minute, alerts]) => ({
      expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: `${minute}m`,
      exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
    })),
  }));
  runTests({ rule_files: [rules], evaluation_interval: `${everyMinutes}m`, tests });
}

/** Runs `promtool test rules` on such a file. */
export function runTests(content: object): void {
  const folder = mkdtempSync(join(tmpdir(), "wellspring-rules-"));
  try {
    const file = join(folder, "tests.yml");
    writeFileSync(file, stringify(content));
    promtool(["test", "rules", file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
