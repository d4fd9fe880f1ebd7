import { z } from "@hono/zod-openapi";
import type { ServedNetwork } from "../domain/network/served.ts";
import { json } from "./context.ts";
import type { Operation } from "./operation.ts";

/** Cron makes each dispenser look at its chain every minute; three missed looks are a fault. */
const unseenMsMax = 200_000;
const network = z.object({ chainId: z.string(), ok: z.boolean(), detail: z.string() });
const shape = z.object({ ok: z.boolean(), networks: z.array(network) });

/** Whether each network's dispenser has seen its chain lately and may sign. */
export const readyz: Operation = {
  route: {
    method: "get",
    path: "/readyz",
    summary: "Every dispenser sees its chain and may pay",
    responses: { 200: json("All are ready", shape), 503: json("One at least is not; `detail` says why", shape) },
  },
  answer: async (c) => {
    const { networks, nowMs } = c.var.house;
    const states = await Promise.all(networks.map((one) => readiness(one, nowMs())));
    const ok = states.every((state) => state.ok);
    return c.json({ ok, networks: states }, ok ? 200 : 503, { "Cache-Control": "no-store" });
  },
};

async function readiness(
  { facts, dispenser, challenge }: ServedNetwork,
  nowMs: number,
): Promise<z.output<typeof network>> {
  const { chainId } = facts;
  // A chain that is still to be launched can't be seen, and a faucet that is off pays nobody.
  if (!facts.faucet.enabled) return { chainId, ok: true, detail: "Its faucet is switched off." };
  const no = (detail: string) => ({ chainId, ok: false, detail });
  try {
    const report = await dispenser.report();
    if (report.address === "") return no("The faucet's key is missing or invalid.");
    if (challenge.kind === "unset") return no(challenge.detail);
    if (report.halt) return no(`Halted: ${report.halt.detail}`);
    if (report.chainSeenAtMs === 0) return no("The chain has not answered yet.");
    const unseenMs = nowMs - report.chainSeenAtMs;
    if (unseenMs > unseenMsMax) return no(`The chain last answered ${Math.round(unseenMs / 1000)} s ago.`);
    // An operator's pause is no fault.
    if (report.pause) return { chainId, ok: true, detail: `Paused by its operator: ${report.pause.reason}` };
    return { chainId, ok: true, detail: `At height ${report.height ?? 0}.` };
  } catch {
    return no("The dispenser does not answer.");
  }
}
