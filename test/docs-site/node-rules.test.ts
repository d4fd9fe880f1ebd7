import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasPromtool, playScenarios, promtool } from "../support/promtool.ts";
import { kits, layOut, rulesOf } from "./kit-files.ts";
import { nodeScenarios } from "./node-scenarios.ts";

const found = hasPromtool("a node's alert rules");

describe.skipIf(!found)("a node's alerts", { timeout: 60_000 }, () => {
  const folder = layOut(kits.node);
  const rules = join(folder, "alerts.yml");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are rules that Prometheus takes, and so is the configuration that names them", () => {
    expect(promtool(["check", "rules", rules])).toContain("SUCCESS");
    expect(promtool(["check", "config", join(folder, "prometheus.yml")])).toContain("SUCCESS");
  });

  it.each(nodeScenarios)("when $name: those fire that ought to, and no other", (scenario) => {
    playScenarios(rules, [scenario]);
  });

  it("each fire in one of the scenarios", () => {
    const fired = new Set(nodeScenarios.flatMap(({ firing }) => Object.values(firing).flat()));
    expect([...fired].sort()).toEqual(
      rulesOf(kits.node)
        .map(({ alert }) => alert)
        .sort(),
    );
  });
});
