import { z } from "@hono/zod-openapi";
import type { Sighting } from "../domain/status/network-status.ts";
import { type HouseContext, json, networkOf, networkParams, problems, refuseHere } from "./context.ts";
import type { Operation } from "./operation.ts";
import { blockFields, writeBlock } from "./read-status.ts";

const noStore = { "Cache-Control": "no-store" };
const blockShape = z.object({ ...blockFields, txHashes: z.array(z.string()) }).openapi("Block");
const transactionShape = z
  .object({
    hash: z.string(),
    height: z.int(),
    code: z.int().openapi({ description: "0: it did what it says." }),
    log: z.string(),
    gasWanted: z.string(),
    gasUsed: z.string(),
  })
  .openapi("Transaction");
const accountShape = z
  .object({
    address: z.string(),
    balances: z.array(z.object({ denom: z.string(), amount: z.string() })),
    accountNumber: z.string().nullable().openapi({ description: "null: the chain does not know the account." }),
    sequence: z.string().nullable(),
  })
  .openapi("Account");
const below = "/api/v1/networks/{chainId}";

/** One block. */
export const readBlock: Operation = {
  route: {
    method: "get",
    path: `${below}/blocks/{height}`,
    summary: "A block of the chain",
    request: { params: networkParams.extend({ height: z.string().openapi({ example: "1" }) }) },
    responses: {
      200: json("The block", blockShape),
      ...problems({ 404: "unknown_network, not_on_chain", 503: "chain_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const text = c.req.param("height") ?? "";
    if (!/^[1-9][0-9]{0,14}$/.test(text)) return absent(c, "A height is a whole number from 1 on.");
    const seen = await network.value.eyes.block(Number(text));
    if (!seen.ok) return unseen(c, seen);
    return c.json({ ...writeBlock(seen.value), txHashes: [...seen.value.txHashes] }, 200, noStore);
  },
};

/** One transaction. */
export const readTransaction: Operation = {
  route: {
    method: "get",
    path: `${below}/transactions/{hash}`,
    summary: "A transaction of the chain, where its nodes keep an index",
    request: { params: networkParams.extend({ hash: z.string() }) },
    responses: {
      200: json("The transaction", transactionShape),
      ...problems({ 404: "unknown_network, not_on_chain", 503: "chain_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const hash = (c.req.param("hash") ?? "").replace(/^0x/i, "").toUpperCase();
    if (!/^[0-9A-F]{64}$/.test(hash)) return absent(c, "A transaction's hash has 64 hexadecimal digits.");
    const seen = await network.value.eyes.transaction(hash);
    return seen.ok ? c.json({ ...seen.value }, 200, noStore) : unseen(c, seen);
  },
};

/** One account. */
export const readAccount: Operation = {
  route: {
    method: "get",
    path: `${below}/addresses/{address}`,
    summary: "What an address holds",
    request: { params: networkParams.extend({ address: z.string() }) },
    responses: {
      200: json("The account", accountShape),
      ...problems({ 404: "unknown_network", 422: "invalid_address", 503: "chain_unreachable" }),
    },
  },
  answer: async (c) => {
    const network = networkOf(c);
    if (!network.ok) return network.response;
    const reading = network.value.readAddress((c.req.param("address") ?? "").slice(0, 200));
    // A module's account takes no payments, and may be looked at.
    if (!reading.ok && reading.refusal.reason !== "recipient_not_allowed") return refuseHere(c, reading.refusal);
    const address = reading.ok ? reading.address : (c.req.param("address") ?? "").toLowerCase();
    const seen = await network.value.eyes.account(address);
    if (!seen.ok) return unseen(c, seen);
    const { balances, accountNumber, sequence } = seen.value;
    const account = {
      address,
      balances: balances.map(({ denom, amount }) => ({ denom, amount: String(amount) })),
      accountNumber: accountNumber === null ? null : String(accountNumber),
      sequence: sequence === null ? null : String(sequence),
    };
    return c.json(account satisfies z.output<typeof accountShape>, 200, noStore);
  },
};

function unseen(c: HouseContext, seen: Extract<Sighting<unknown>, { ok: false }>): Response {
  switch (seen.why) {
    case "absent":
      return absent(c, "The network's nodes do not have it.");
    case "not_indexed":
      return absent(c, "The network's nodes keep no index of transactions; look into the block that holds it.");
    case "unreachable":
      return refuseHere(c, { reason: "chain_unreachable" });
  }
}

function absent(c: HouseContext, detail: string): Response {
  return refuseHere(c, { reason: "not_on_chain", detail });
}
