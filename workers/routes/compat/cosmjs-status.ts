import { amountOf, writeDrips } from "../../domain/shared/coin.ts";
import { cosmjsText } from "./cosmjs-text.ts";
import type { DialectOperation } from "./dialect.ts";
import { reportOf } from "./report-of.ts";

/**
 * `GET /status` of @cosmjs/faucet. `nodeUrl` stays empty: a node's address may hold a credential, in its host name
 * too, and no client reads it. There are no distributors: one account pays many in one transaction.
 */
export const cosmjsStatus: DialectOperation = {
  dialect: "cosmjs",
  method: "get",
  paths: ["/status", "/:chainId/status"],
  answer: async (c, { facts, dispenser }) => {
    const report = await reportOf(dispenser);
    if (!report) return cosmjsText(c, { status: 500, text: "Internal Server Error" });
    const { drips } = facts.faucet;
    const payable = drips.filter(({ denom, amount }) => amountOf(report.balance, denom) >= amount);
    const body = {
      status: "ok",
      nodeUrl: "",
      chainId: facts.chainId,
      chainTokens: drips.map(({ denom }) => denom),
      availableTokens: payable.map(({ denom }) => denom),
      holder: { address: report.address, balance: writeDrips(report.balance) },
      distributors: [],
    };
    return c.json(body, 200, { "Cache-Control": "no-store" });
  },
};
