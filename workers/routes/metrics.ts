import { z } from "@hono/zod-openapi";
import { faucetFamilies, type NetworkMetrics } from "../domain/claim/metrics.ts";
import type { House, ServedNetwork } from "../domain/network/served.ts";
import { writePrometheus } from "../domain/status/prometheus.ts";
import { requireRole } from "./admin/require-role.ts";
import type { Operation } from "./operation.ts";

/** However often it is asked, an isolate asks its dispensers this seldom. */
const keptMs = 5_000;
const kept = new WeakMap<House, { readonly atMs: number; readonly text: Promise<string> }>();

/** The house in numbers, for Prometheus. Open to everyone, or with METRICS = "key" to every admin key. */
export const metrics: Operation = {
  route: {
    method: "get",
    path: "/metrics",
    summary: "The house in numbers, as Prometheus reads them",
    responses: { 200: { description: "Text format 0.0.4", content: { "text/plain": { schema: z.string() } } } },
  },
  answer: async (c) => {
    const { house } = c.var;
    if (!house.metricsOpen) {
      const actor = await requireRole(c, "viewer");
      if (!actor.ok) return actor.response;
    }
    const nowMs = house.nowMs();
    let page = kept.get(house);
    if (!page || nowMs - page.atMs >= keptMs) {
      page = { atMs: nowMs, text: write(house) };
      kept.set(house, page);
    }
    const text = await page.text;
    return c.body(text, 200, {
      "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
      "Cache-Control": "no-store",
    });
  },
};

async function write(house: House): Promise<string> {
  const all = await Promise.all(house.networks.map(metricsOf));
  return writePrometheus(faucetFamilies(all, house.nowMs()));
}

/** One that does not answer keeps nobody from the others' numbers. */
async function metricsOf({ facts, dispenser }: ServedNetwork): Promise<NetworkMetrics> {
  return { chainId: facts.chainId, metrics: await dispenser.metrics().catch(() => null) };
}
