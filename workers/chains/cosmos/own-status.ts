import type { z } from "zod";
import { statusJson } from "./answers.ts";
import { askNode } from "./ask-node.ts";
import type { JsonRpc } from "./json-rpc.ts";
import { NodeFailed } from "./node.ts";

/** A node's status. Throws {@link NodeFailed} where there is none, and where the node is of another chain. */
export async function ownStatus(node: JsonRpc, chainId: string): Promise<z.output<typeof statusJson>> {
  const status = await askNode(node, "status", statusJson);
  if (status.node_info.network !== chainId) throw new NodeFailed("status: is of another chain");
  return status;
}
