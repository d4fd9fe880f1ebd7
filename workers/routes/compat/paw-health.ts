import type { DialectOperation } from "./dialect.ts";
import { pawJson } from "./paw-json.ts";
import { reportOf } from "./report-of.ts";

/** Cron makes each dispenser look at its chain every minute; three missed looks are a fault. */
const unseenMsMax = 200_000;

/** `GET /api/v1/health` of PAW's faucet. `syncing`: the chain was seen, but no block of it is read yet. */
export const pawHealth: DialectOperation = {
  dialect: "paw",
  method: "get",
  paths: ["/api/v1/health"],
  answer: async (c, { facts, dispenser }) => {
    const report = await reportOf(dispenser);
    const unseenMs = c.var.house.nowMs() - (report?.chainSeenAtMs ?? 0);
    if (!report || unseenMs > unseenMsMax) {
      return pawJson(c, 503, { status: "unhealthy", error: "blockchain node unreachable" });
    }
    if (report.halt) return pawJson(c, 503, { status: "unhealthy", error: report.halt.detail });
    const status = report.height === null ? "syncing" : "healthy";
    return pawJson(c, 200, { status, network: facts.chainId, height: report.height ?? 0 });
  },
};
