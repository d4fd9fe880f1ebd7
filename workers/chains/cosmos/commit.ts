import { z } from "zod";
import { askNode } from "./ask-node.ts";
import { headerJson } from "./header.ts";
import type { JsonRpc } from "./json-rpc.ts";
import { NodeFailed } from "./node.ts";

/** `BLOCK_ID_FLAG_COMMIT`: a validator signed this block, and not nil. Source: cometbft v0.38 types/block.go. */
const committed = 2;
/** No commit holds more. Source: cometbft v0.38 types/vote_set.go, MaxVotesCount. */
const signaturesMax = 10_000;

const commitJson = z.object({
  signed_header: z.object({
    header: headerJson,
    commit: z.object({
      // Who was absent has no address.
      signatures: z
        .array(z.object({ block_id_flag: z.int(), validator_address: z.string().regex(/^([0-9A-Fa-f]{40})?$/) }))
        .max(signaturesMax),
    }),
  }),
});

/**
 * The addresses of those who signed a block, in upper case. Throws {@link NodeFailed} where the node does not have it,
 * or tells of another block or another chain.
 */
export async function signersOf(node: JsonRpc, chainId: string, height: number): Promise<string[]> {
  const { signed_header } = await askNode(node, "commit", commitJson, { height: String(height) });
  const { header, commit } = signed_header;
  if (header.chain_id !== chainId) throw new NodeFailed("commit: is of another chain");
  if (header.height !== height) throw new NodeFailed(`commit: is of block ${header.height}, asked was ${height}`);
  return commit.signatures
    .filter(({ block_id_flag }) => block_id_flag === committed)
    .map(({ validator_address }) => validator_address.toUpperCase());
}
