import type { ServedNetwork } from "../../domain/network/served.ts";
import type { HouseContext } from "../context.ts";
import { readText } from "../read-body.ts";
import { claimAndWait } from "./claim-and-wait.ts";
import { type CosmjsText, cosmjsRefusal, cosmjsText, sendingFailed } from "./cosmjs-text.ts";
import type { DialectOperation } from "./dialect.ts";

/**
 * `POST /credit` of @cosmjs/faucet. The body is read whatever its content type: @cosmjs/faucet-client sends none, and
 * its own server answers it 415. A payment that no block holds after 15 s is answered 500, as the peer does when its
 * broadcast times out: `ok` would be a lie, and the wire has no third word.
 */
export const cosmjsCredit: DialectOperation = {
  dialect: "cosmjs",
  method: "all",
  paths: ["/credit", "/:chainId/credit"],
  answer: async (c, network) => cosmjsText(c, await credit(c, network)),
};

async function credit(c: HouseContext, network: ServedNetwork): Promise<CosmjsText> {
  if (c.req.method !== "POST") return { status: 405, text: "This endpoint requires a POST request" };
  const asked = readCredit(await readText(c.req.raw));
  if ("status" in asked) return asked;
  const outcome = await claimAndWait(c, network, asked.address, [asked.denom]);
  switch (outcome.end) {
    case "paid":
      return { status: 200, text: "ok" };
    case "refused":
      return cosmjsRefusal(outcome.refusal, network.facts, c.var.house.nowMs());
    case "failed":
    case "unsettled":
      return sendingFailed;
  }
}

/** The peer's checks in its order. Source: @cosmjs/faucet api/requestparser.ts, and koa-bodyparser before it. */
function readCredit(body: string | null): { readonly address: string; readonly denom: string } | CosmjsText {
  const no = (text: string): CosmjsText => ({ status: 400, text });
  if (body === null) return { status: 413, text: "Payload Too Large" };
  const content = body.trim() === "" ? {} : parse(body);
  if (content === null) return no("Bad Request");
  if (Array.isArray(content)) return no("Request body must be a dictionary.");
  const { address, denom, ticker } = content as Readonly<Record<string, unknown>>;
  if (ticker !== undefined) {
    return no("The 'ticker' field was removed in CosmJS 0.23. Please use 'denom' instead.");
  }
  if (typeof address !== "string") return no("Property 'address' must be a string.");
  if (address === "") return no("Property 'address' must not be empty.");
  if (typeof denom !== "string") return no("Property 'denom' must be a string.");
  if (denom === "") return no("Property 'denom' must not be empty.");
  return { address, denom };
}

/** Null: no JSON, or neither an object nor a list, which koa-bodyparser takes for no JSON. */
function parse(text: string): object | null {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" ? content : null;
  } catch {
    return null;
  }
}
