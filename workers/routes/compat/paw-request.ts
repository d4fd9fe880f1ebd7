import { z } from "zod";
import type { ServedNetwork } from "../../domain/network/served.ts";
import { amountOf } from "../../domain/shared/coin.ts";
import type { HouseContext } from "../context.ts";
import { readText } from "../read-body.ts";
import { claimAndWait } from "./claim-and-wait.ts";
import type { DialectOperation } from "./dialect.ts";
import { pawDenom, pawJson, pawRefusal } from "./paw-json.ts";

/** Its captcha and proof of work are its own and prove nothing here: they are passed over, and the tier is the lowest. */
const body = z.object({ address: z.string().min(1) });

/** `POST /api/v1/faucet/request` of PAW's faucet. */
export const pawRequest: DialectOperation = {
  dialect: "paw",
  method: "post",
  paths: ["/api/v1/faucet/request"],
  answer: async (c, network) => {
    const content = parse(await readText(c.req.raw));
    const read = body.safeParse(content);
    if (!read.success) return pawJson(c, 400, { error: "Invalid request format" });
    return pay(c, network, read.data.address);
  },
};

async function pay(c: HouseContext, network: ServedNetwork, address: string): Promise<Response> {
  const outcome = await claimAndWait(c, network, address, []);
  switch (outcome.end) {
    case "paid": {
      const { claim, txHash } = outcome;
      const amount = amountOf(claim.drips, pawDenom(network.facts));
      const message = "Tokens sent successfully";
      return pawJson(c, 200, { tx_hash: txHash, recipient: claim.address, amount, message });
    }
    case "refused": {
      const { status, error } = pawRefusal(outcome.refusal);
      return pawJson(c, status, { error });
    }
    case "failed":
      return pawJson(c, 500, { error: "Failed to send tokens. Please try again later." });
    case "unsettled":
      return pawJson(c, 503, { error: outcome.detail });
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
