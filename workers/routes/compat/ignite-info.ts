import { type DialectOperation, networkByHost } from "./dialect.ts";

/** `GET /info` of Ignite's faucet: its clients pay heed only where the chain id is the one that they look for. */
export const igniteInfo: DialectOperation = {
  dialect: "ignite",
  method: "get",
  paths: ["/info"],
  network: networkByHost,
  answer: (c, { facts }) =>
    c.json({ is_a_faucet: true, chain_id: facts.chainId }, 200, { "Cache-Control": "public, max-age=60" }),
};
