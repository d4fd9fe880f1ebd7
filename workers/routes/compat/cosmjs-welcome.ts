import { cosmjsText } from "./cosmjs-text.ts";
import type { DialectOperation } from "./dialect.ts";

/**
 * `GET /healthz` of @cosmjs/faucet under a network's base path. At the root, `/` is our page and `/healthz` our own:
 * whoever watches the peer's looks at the status, which is 200 in both.
 */
export const cosmjsWelcome: DialectOperation = {
  dialect: "cosmjs",
  method: "get",
  paths: ["/:chainId/healthz"],
  answer: (c, { facts }) => {
    const text = `This is the faucet of ${facts.chainId}.\n\nIts state is at ./status; POST to ./credit for tokens.\n`;
    return cosmjsText(c, { status: 200, text });
  },
};
