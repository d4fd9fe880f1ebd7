import { claimAndWait, type DialectOutcome } from "./claim-and-wait.ts";
import type { DialectOperation } from "./dialect.ts";
import { isUnasked, pingpubJson, pingpubRefusal, unaskedText } from "./pingpub-text.ts";

/** `GET /send/:chain/:address` and the older `/send/:address` of ping-pub's server: 200 whatever happens. */
export const pingpubSend: DialectOperation = {
  dialect: "pingpub",
  method: "get",
  paths: ["/send/:chainId/:address", "/send/:address"],
  answer: async (c, network) => {
    if (isUnasked(c)) return pingpubJson(c, 503, { result: unaskedText });
    const address = c.req.param("address") ?? "";
    const outcome = await claimAndWait(c, network, address, []);
    return pingpubJson(c, 200, { result: write(outcome, address) });
  },
};

/** What of cosmjs' DeliverTxResponse a page reads (`code === 0`) and what is known; gas is not ours to tell. */
function write(outcome: DialectOutcome, address: string) {
  switch (outcome.end) {
    case "paid":
      return { code: 0, height: outcome.claim.height ?? 0, transactionHash: outcome.txHash, rawLog: "", events: [] };
    case "refused":
      return pingpubRefusal(outcome.refusal, address);
    case "failed":
    case "unsettled":
      return `err: ${outcome.detail}`;
  }
}
