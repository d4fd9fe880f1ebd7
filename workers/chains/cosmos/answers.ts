import { z } from "zod";
import { headerJson, heightText } from "./header.ts";

const hash = z
  .string()
  .regex(/^([0-9A-Fa-f]{64})?$/, "is no hash")
  .transform((text) => text.toUpperCase());
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, "is not base64");
const blockId = z.object({ hash });

/** `status`. Source of these shapes: cometbft v0.38 rpc/core/types/responses.go. */
export const statusJson = z.object({
  node_info: z.object({ network: z.string() }),
  sync_info: z.object({
    latest_block_hash: hash,
    latest_block_height: heightText,
    latest_block_time: z.string(),
    earliest_block_hash: hash,
    earliest_block_height: heightText,
    catching_up: z.boolean().default(false),
  }),
});

/** `blockchain`; a header that the node lost is null. */
export const blockchainJson = z.object({
  block_metas: z.array(z.object({ block_id: blockId, header: headerJson }).nullable()).max(100),
});

/** `block`; null where the node does not have it. */
export const blockJson = z.object({
  block_id: blockId,
  block: z.object({ header: headerJson, data: z.object({ txs: z.array(base64).nullable().default(null) }) }).nullable(),
});

const event = z.object({
  type: z.string(),
  attributes: z
    .array(z.object({ key: z.string().nullable() }))
    .nullable()
    .default(null),
});

/** `block_results`, of which only the transactions' are read. */
export const resultsJson = z.object({
  txs_results: z
    .array(
      z.object({
        code: z.int().default(0),
        codespace: z.string().default(""),
        log: z.string().default(""),
        gas_used: z
          .string()
          .regex(/^-?\d{1,20}$/)
          .default("0"),
        events: z.array(event).nullable().default(null),
      }),
    )
    .nullable()
    .default(null),
});

/** `abci_query`. */
export const queryJson = z.object({
  response: z.object({
    code: z.int().default(0),
    codespace: z.string().default(""),
    log: z.string().default(""),
    value: base64.nullable().default(null),
    height: heightText.default(0),
  }),
});

/** `broadcast_tx_sync`. */
export const broadcastJson = z.object({
  code: z.int().default(0),
  codespace: z.string().default(""),
  log: z.string().default(""),
});
