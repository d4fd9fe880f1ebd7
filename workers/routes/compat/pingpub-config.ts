import type { DialectOperation } from "./dialect.ts";
import { pingpubJson } from "./pingpub-text.ts";
import { reportOf } from "./report-of.ts";

/** `GET /config.json` of ping-pub's server: what its page shows. `sample` is the address that pays, by chain. */
export const pingpubConfig: DialectOperation = {
  dialect: "pingpub",
  method: "get",
  paths: ["/config.json"],
  answer: async (c) => {
    const speaking = c.var.house.networks.filter(({ facts }) => facts.faucet.dialects.pingpub);
    const reports = await Promise.all(speaking.map(({ dispenser }) => reportOf(dispenser)));
    const chains = speaking.map(({ facts }) => facts.chainId);
    const sample = Object.fromEntries(chains.map((chainId, index) => [chainId, reports[index]?.address ?? ""]));
    return pingpubJson(c, 200, { name: "Wellspring", logo: "/favicon.svg", deployer: "", sample, blockchains: chains });
  },
};
