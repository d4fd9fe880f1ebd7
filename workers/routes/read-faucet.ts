import type { z } from "@hono/zod-openapi";
import type { DispenserReport } from "../domain/claim/dispenser-api.ts";
import type { ServedNetwork } from "../domain/network/served.ts";
import { writeDrips } from "../domain/shared/coin.ts";
import { json, networkOf, networkParams, problems } from "./context.ts";
import type { Operation } from "./operation.ts";
import { faucetShape, writeTime } from "./shapes.ts";

/** What a network's faucet pays, under which limits, and how it does. */
export const readFaucet: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}/faucet",
    summary: "Tokens, limits, balance, queue and median wait of a faucet",
    request: { params: networkParams },
    responses: {
      200: json("The faucet", faucetShape),
      ...problems({ 404: "unknown_network", 503: "dispenser_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const report = await network.value.dispenser.report();
    return c.json(writeFaucet(network.value, report), 200, { "Cache-Control": "no-store" });
  },
};

/** A faucet as it goes out. */
export function writeFaucet(network: ServedNetwork, report: DispenserReport): z.output<typeof faucetShape> {
  const { challenge, facts } = network;
  const { chainId, faucet } = facts;
  const { halt, pause } = report;
  return {
    chainId,
    enabled: faucet.enabled && report.address !== "" && challenge.kind !== "unset",
    address: report.address,
    drips: writeDrips(faucet.drips),
    limits: { cooldownSeconds: faucet.cooldownMs / 1000, queueMax: faucet.queueMax },
    challenge: challenge.kind === "unset" ? "pow" : challenge.kind,
    ...(challenge.kind === "turnstile" ? { turnstile: { siteKey: challenge.siteKey } } : {}),
    balance: writeDrips(report.balance),
    ...(report.balanceAtMs === 0 ? {} : { balanceAt: writeTime(report.balanceAtMs) }),
    queueLength: report.queued,
    submitted: report.submitted,
    medianWaitMs: report.medianWaitMs,
    height: report.height,
    blockMs: report.blockMs,
    paused: pause && {
      reason: pause.reason,
      since: writeTime(pause.sinceMs),
      ...(pause.retryAtMs === null ? {} : { retryAt: writeTime(pause.retryAtMs) }),
    },
    halt: halt && { code: halt.code, detail: halt.detail, since: writeTime(halt.sinceMs) },
  };
}
