import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import { hasPromtool, playScenarios, promtool, runTests } from "../support/promtool.ts";
import { deploymentDays, deploymentScenarios } from "./deployment-scenarios.ts";
import { kits, rulesOf } from "./kit-files.ts";

const folder = join(root, "docs-site/monitoring/deployment");
const rules = join(folder, "alerts.yml");
const found = hasPromtool("the deployment's alert rules");

describe.skipIf(!found)("the deployment's alerts", { timeout: 60_000 }, () => {
  it("are rules that Prometheus takes, and so is the configuration that names them", () => {
    expect(promtool(["check", "rules", rules])).toContain("SUCCESS");
    expect(promtool(["check", "config", join(folder, "prometheus.yml")])).toContain("SUCCESS");
  });

  it.each(deploymentScenarios)("when $name: those fire that ought to, and no other", (scenario) => {
    playScenarios(rules, [scenario]);
  });

  it("look ahead over days: three days' warning at the week's rate, and none with more in the purse", () => {
    playScenarios(rules, deploymentDays, 30);
  });

  it("that fire elsewhere than expected are seen by these tests", () => {
    const [well] = deploymentScenarios;
    if (well === undefined) throw new Error("no scenario");
    expect(() => playScenarios(rules, [{ ...well, firing: { 5: ["FaucetHalted"] } }])).toThrow(/FaucetHalted/);
    const halted = deploymentScenarios.find(({ name }) => name.startsWith("it halts"));
    if (halted === undefined) throw new Error("no scenario");
    expect(() => playScenarios(rules, [{ ...halted, firing: { 12: [] } }])).toThrow(/FaucetHalted/);
  });

  it("each fire in one of the scenarios, and are silent in another minute of it", () => {
    const all = [...deploymentScenarios, ...deploymentDays];
    const fired = new Set(all.flatMap(({ firing }) => Object.values(firing).flat()));
    expect([...fired].sort()).toEqual(
      rulesOf(kits.deployment)
        .map(({ alert }) => alert)
        .sort(),
    );
  });

  it("say in words what is, and link to the deployment's runbook and the panel", () => {
    runTests({
      rule_files: [rules],
      tests: [
        {
          interval: "1m",
          external_labels: { grafana: "https://grafana.example" },
          input_series: [
            { series: 'wellspring_halted{chain_id="net-1",site="https://faucet.example"}', values: "1x10" },
          ],
          alert_rule_test: [
            {
              eval_time: "5m",
              alertname: "FaucetHalted",
              exp_alerts: [
                {
                  exp_labels: { severity: "critical", chain_id: "net-1", site: "https://faucet.example" },
                  exp_annotations: {
                    summary: "net-1: the dispenser has stopped",
                    runbook_url: "https://faucet.example/docs/runbook/#the-faucet-is-halted",
                    dashboard_url:
                      "https://grafana.example/d/wellspring-deployment?viewPanel=2&var-site=https://faucet.example&var-network=net-1",
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
