import { writeDrips } from "../../domain/shared/coin.ts";
import type { DialectOperation } from "./dialect.ts";
import { pingpubJson } from "./pingpub-text.ts";
import { reportOf } from "./report-of.ts";

/** `GET /<chain>/balance`, which ping-pub's explorer calls. */
export const pingpubExplorerBalance: DialectOperation = {
  dialect: "pingpub",
  method: "get",
  paths: ["/:chainId/balance"],
  answer: async (c, { dispenser }) => {
    const report = await reportOf(dispenser);
    if (!report) return pingpubJson(c, 200, { status: "error", message: "The faucet does not answer." });
    const result = { address: report.address, balance: writeDrips(report.balance) };
    return pingpubJson(c, 200, { status: "ok", result });
  },
};

/** `GET /balance/:chain` of ping-pub's server: the one token that it pays. */
export const pingpubBalance: DialectOperation = {
  dialect: "pingpub",
  method: "get",
  paths: ["/balance/:chainId"],
  answer: async (c, { facts, dispenser }) => {
    const report = await reportOf(dispenser);
    const [drip] = facts.faucet.drips;
    const held = writeDrips(report?.balance ?? []).find(({ denom }) => denom === drip?.denom);
    return pingpubJson(c, 200, held ?? { denom: drip?.denom ?? "", amount: "0" });
  },
};
