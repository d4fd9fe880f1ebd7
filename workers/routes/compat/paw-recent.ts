import { amountOf } from "../../domain/shared/coin.ts";
import { writeTime } from "../shapes.ts";
import type { DialectOperation } from "./dialect.ts";
import { pawDenom, pawJson } from "./paw-json.ts";

const listed = 50;

/** `GET /api/v1/faucet/recent` of PAW's faucet: the last 50 that were paid. */
export const pawRecent: DialectOperation = {
  dialect: "paw",
  method: "get",
  paths: ["/api/v1/faucet/recent"],
  answer: async (c, { facts, stats }) => {
    const denom = pawDenom(facts);
    const paid = await stats.recent(listed);
    const transactions = paid.map(({ address, coins, txHash, paidAtMs }) => {
      const amount = amountOf(coins, denom);
      return { recipient: address, amount, tx_hash: txHash, timestamp: writeTime(paidAtMs) };
    });
    return pawJson(c, 200, { transactions });
  },
};
