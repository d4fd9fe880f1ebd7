import { claimAndWait } from "./claim-and-wait.ts";
import type { DialectOperation } from "./dialect.ts";
import { isUnasked, pingpubJson, pingpubRefusal, unaskedText } from "./pingpub-text.ts";

/** `GET /<chain>/send/<address>`, which ping-pub's explorer calls. */
export const pingpubExplorerSend: DialectOperation = {
  dialect: "pingpub",
  method: "get",
  paths: ["/:chainId/send/:address"],
  answer: async (c, network) => {
    const no = (message: string, status: 200 | 503 = 200) => pingpubJson(c, status, { status: "error", message });
    if (isUnasked(c)) return no(unaskedText, 503);
    const address = c.req.param("address") ?? "";
    const outcome = await claimAndWait(c, network, address, []);
    switch (outcome.end) {
      case "paid":
        return pingpubJson(c, 200, { status: "ok", result: { txhash: outcome.txHash } });
      case "refused":
        return no(pingpubRefusal(outcome.refusal, address));
      case "failed":
      case "unsettled":
        return no(outcome.detail);
    }
  },
};
