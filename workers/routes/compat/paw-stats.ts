import { amountOf } from "../../domain/shared/coin.ts";
import type { DialectOperation } from "./dialect.ts";
import { pawDenom, pawJson } from "./paw-json.ts";

/** `GET /api/v1/faucet/stats` of PAW's faucet. A request that was refused is in no count, as there. */
export const pawStats: DialectOperation = {
  dialect: "paw",
  method: "get",
  paths: ["/api/v1/faucet/stats"],
  answer: async (c, { facts, stats }) => {
    const totals = await stats.totals(c.var.house.nowMs());
    return pawJson(c, 200, {
      total_requests: totals.claims,
      successful_requests: totals.confirmed,
      failed_requests: totals.failed,
      total_distributed: amountOf(totals.paid, pawDenom(facts)),
      unique_recipients: totals.recipients,
      requests_last_24h: totals.lastDay,
      requests_last_hour: totals.lastHour,
    });
  },
};
