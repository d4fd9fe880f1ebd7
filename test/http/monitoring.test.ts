import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Reader } from "../chain/guide-runner.ts";
import { kits, metricsOf, panelsOf, rulesOf } from "../docs-site/kit-files.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { askAll, type Prometheus, startPrometheus, whenSettled } from "../support/prometheus.ts";
import { hasPromtool, promtool } from "../support/promtool.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";

const found = hasPromtool("the deployment's numbers under a real Prometheus");
const newAddress = () => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
const authorization = { authorization: `Bearer ${adminKeys.viewer}` };

describe("the deployment's kit on the bundle in workerd", { timeout: 120_000 }, () => {
  let house: RawHouse<"watched-1">;
  let site: Server;
  let siteUrl: string;
  let prometheus: Prometheus | undefined;
  const folder = mkdtempSync(join(tmpdir(), "wellspring-monitoring-"));
  const read = async () => (await fetch(`${house.worker.url}/metrics`, { headers: authorization })).text();
  const claim = (address: string) =>
    fetch(`${house.worker.url}/api/v1/networks/watched-1/faucet/claims?wait=confirmed`, {
      method: "POST",
      body: JSON.stringify({ address }),
    });

  beforeAll(async () => {
    const canary = { address: newAddress(), everyMinutes: 5, slowSeconds: 60 };
    house = await startRawHouse({ "watched-1": { faucet: { canary, cooldownSeconds: 60 } } });
    await house.restart({ METRICS: "key" }, () => undefined);
    // What the platform does: the site's files beside the Worker, under one name.
    site = createServer(async (request, response) => {
      const path = request.url ?? "";
      const file = path.startsWith("/docs/monitoring/") ? kits.deployment.get(path.slice(17)) : undefined;
      if (file !== undefined) return void response.end(file);
      const headers = { authorization: request.headers.authorization ?? "" };
      const answer = await fetch(house.worker.url + path, { headers });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(await answer.text());
    });
    await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await prometheus?.stop();
    await new Promise((done) => site?.close(done));
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("asks for no number that /metrics does not tell, once claims were paid, refused, and requests failed", async () => {
    const address = newAddress();
    expect((await claim(address)).status).toBe(202);
    expect((await claim(address)).status).toBe(429);
    await house.worker.scheduled();
    let text = "";
    for (let tries = 0; tries < 100; tries += 1) {
      text = await read();
      if (text.includes("wellspring_canary_last_seconds") && text.includes('code="cooldown_active"')) break;
      await sleep(500);
    }
    const told = new Set(text.match(/^wellspring_\w+/gm));
    expect(told.size).toBeGreaterThan(20);
    expect(metricsOf(kits.deployment).filter((name) => !told.has(name))).toEqual([]);
    // And so the other way round: none is told that nobody looks at.
    const asked = new Set(metricsOf(kits.deployment).map((name) => name.replace(/_(bucket|sum|count)$/, "")));
    const families = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = ""]) => name);
    expect(families.filter((name) => !asked.has(name))).toEqual([]);
  });

  it("counts a request that failed on our side, by its code", async () => {
    await house.worker.query("ALTER TABLE claims RENAME TO gone");
    const lists = `${house.worker.url}/api/v1/networks/watched-1/faucet/claims?address=${newAddress()}`;
    expect((await fetch(lists)).status).toBe(500);
    await house.worker.query("ALTER TABLE gone RENAME TO claims");
    const counted = /requests_failed_total\{chain_id="watched-1",code="internal"\} [1-9]/;
    for (let tries = 0; tries < 60 && !counted.test(await read()); tries += 1) await sleep(500);
    expect(await read()).toMatch(counted);
  });

  describe.skipIf(!found)("with Prometheus", () => {
    it("is text that promtool finds no fault with", async () => {
      expect(promtool(["check", "metrics"], await read())).toBe("");
    });

    it("is loaded as the docs say, and then scrapes with the key and evaluates every rule, and nothing fires", async () => {
      const reader = new Reader(
        folder,
        { words: {}, flags: {} },
        { PATH: process.env.PATH, SITE: siteUrl, WELLSPRING_ADMIN_KEY: adminKeys.viewer },
      );
      expect(await reader.follow("docs/operator")).toContain("SUCCESS");
      const started = await startPrometheus(join(folder, "monitoring"));
      prometheus = started;
      const { targets, rules } = await whenSettled(started);
      const labels = { job: "wellspring", site: siteUrl };
      expect(targets).toMatchObject([{ health: "up", lastError: "", labels }]);
      expect(rules.map(({ name }) => name).sort()).toEqual(
        rulesOf(kits.deployment)
          .map(({ alert }) => alert)
          .sort(),
      );
      expect(rules.filter(({ health, state }) => health !== "ok" || state === "firing")).toEqual([]);
      const questions = panelsOf(kits.deployment).flatMap((panel) => panel.targets.map(({ expr }) => expr));
      const answers = await askAll(started, questions, { site: siteUrl, network: ".*" });
      // A rate needs a second scrape; nothing else may be silent.
      expect([...answers].filter(([question, count]) => count === 0 && !/rate|increase/.test(question))).toEqual([]);
    });
  });
});
