import { amountOf } from "../../domain/shared/coin.ts";
import type { DialectOperation } from "./dialect.ts";
import { pawDenom, pawJson } from "./paw-json.ts";
import { reportOf } from "./report-of.ts";

/** `GET /api/v1/faucet/info` of PAW's faucet. `max_recipient_balance` 0: there is no such limit. */
export const pawInfo: DialectOperation = {
  dialect: "paw",
  method: "get",
  paths: ["/api/v1/faucet/info"],
  answer: async (c, { facts, dispenser, stats }) => {
    const denom = pawDenom(facts);
    const [report, totals] = await Promise.all([reportOf(dispenser), stats.totals(c.var.house.nowMs())]);
    return pawJson(c, 200, {
      amount_per_request: amountOf(facts.faucet.drips, denom),
      denom,
      // As the peer does: a balance that can't be read is 0, and the rest is told all the same.
      balance: amountOf(report?.balance ?? [], denom),
      max_recipient_balance: amountOf(facts.faucet.recipientCap, denom),
      total_distributed: amountOf(totals.paid, denom),
      unique_recipients: totals.recipients,
      requests_last_24h: totals.lastDay,
      chain_id: facts.chainId,
    });
  },
};
