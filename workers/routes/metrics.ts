import { z } from "@hono/zod-openapi";
import { faucetFamilies, type NetworkMetrics } from "../domain/claim/metrics.ts";
import type { House, ServedNetwork } from "../domain/network/served.ts";
import { writePrometheus } from "../domain/status/prometheus.ts";
import { requireRole } from "./admin/require-role.ts";
import type { Operation } from "./operation.ts";

/** However often it is asked, an isolate asks its dispensers this seldom. */
const keptMs = 5_000;
/** Whole texts only: a request may not wait for what another one has begun, since it ends with that one's client. */
const kept = new WeakMap<House, { readonly atMs: number; readonly text: string }>();
const begunAtMs = new WeakMap<House, number>();

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
    return c.body(await textOf(house), 200, {
      "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
      "Cache-Control": "no-store",
    });
  },
};

/** While one request writes the next text, the others get the one before. */
async function textOf(house: House): Promise<string> {
  const nowMs = house.nowMs();
  const page = kept.get(house);
  if (page && (nowMs - page.atMs < keptMs || nowMs - (begunAtMs.get(house) ?? 0) < keptMs)) return page.text;
  begunAtMs.set(house, nowMs);
  const text = await write(house);
  kept.set(house, { atMs: nowMs, text });
  return text;
}

async function write(house: House): Promise<string> {
  const all = await Promise.all(house.networks.map(metricsOf));
  return writePrometheus(faucetFamilies(all, house.nowMs()));
}

/** One that does not answer keeps nobody from the others' numbers. */
async function metricsOf({ facts, dispenser }: ServedNetwork): Promise<NetworkMetrics> {
  return { chainId: facts.chainId, faucet: facts.faucet, metrics: await dispenser.metrics().catch(() => null) };
}
