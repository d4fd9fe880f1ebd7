import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeKit } from "../../docs-site/pages/kits.ts";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type Devnet, startChain } from "../devnet/chain.ts";
import { layOut, metricsOf, panelsOf, pawFacts, rulesOf } from "../docs-site/kit-files.ts";
import { askAll, type Prometheus, startPrometheus, whenSettled } from "../support/prometheus.ts";
import { hasPromtool } from "../support/promtool.ts";

/** Numbers that a node does not tell from its start on. */
const later: Readonly<Record<string, string>> = {
  cometbft_consensus_validator_missed_blocks: "a counter by validator: CometBFT makes it with the first missed block",
};
const found = hasPromtool("a node's kit under a real Prometheus");

describe.skipIf(!goAvailable())("the node's kit, with real nodes", { timeout: 120_000 }, () => {
  let chain: Devnet;
  let prometheus: Prometheus | undefined;
  const folder = mkdtempSync(join(tmpdir(), "wellspring-node-kit-"));
  const toldBy = async (node: number): Promise<ReadonlySet<string>> => {
    const text = await (await fetch(chain.metricsUrls[node] ?? "")).text();
    return new Set(text.match(/^cometbft_\w+/gm));
  };

  beforeAll(async () => {
    await buildDevnet();
    chain = await startChain({ validators: 4, blockTimeMs: 400 });
    await chain.waitForHeight(4);
  }, buildTimeoutMs);
  afterAll(async () => {
    await prometheus?.stop();
    await chain?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("asks for no number that a validator's node does not tell, but for those that come later", async () => {
    const told = await toldBy(0);
    expect(told.size).toBeGreaterThan(40);
    const missing = metricsOf(nodeKit(pawFacts())).filter((name) => !told.has(name));
    expect(missing).toEqual(Object.keys(later));
  });

  it.skipIf(!found)(
    "is scraped and evaluated by Prometheus: no rule fails, nothing fires, every panel is answered",
    async () => {
      const [, address = ""] = /^http:\/\/(.*)\/metrics$/.exec(chain.metricsUrls[0] ?? "") ?? [];
      const facts = pawFacts();
      const words = { ...facts.words, chainId: chain.chainId, metricsPort: address.split(":")[1] ?? "" };
      const kit = nodeKit({ ...facts, words });
      const started = await startPrometheus(layOut(kit, folder));
      prometheus = started;
      const { targets, rules } = await whenSettled(started);
      expect(targets).toMatchObject([
        { health: "up", lastError: "", labels: { job: chain.chainId, instance: address } },
      ]);
      expect(rules.map(({ name }) => name).sort()).toEqual(
        rulesOf(kit)
          .map(({ alert }) => alert)
          .sort(),
      );
      expect(rules.filter(({ health, state }) => health !== "ok" || state === "firing")).toEqual([]);
      const questions = panelsOf(kit).flatMap((panel) => panel.targets.map(({ expr }) => expr));
      const answers = await askAll(started, questions, { network: chain.chainId, node: address });
      // A rate needs a second scrape; nothing else may be silent.
      expect([...answers].filter(([question, count]) => count === 0 && !/rate|increase/.test(question))).toEqual([]);
    },
  );

  it("finds those that come later on a validator that was away", async () => {
    const before = await chain.height();
    await chain.kill9(3);
    await chain.waitForHeight(before + 6, 60_000);
    await chain.restart();
    let told = new Set<string>() as ReadonlySet<string>;
    for (let height = await chain.height(); height < before + 60; height += 2) {
      await chain.waitForHeight(height, 60_000);
      told = await toldBy(3);
      if (Object.keys(later).every((name) => told.has(name))) break;
    }
    expect(Object.keys(later).filter((name) => !told.has(name))).toEqual([]);
  });
});
