import { createServer, type Server } from "node:http";

/** A node by its methods; what it does not know is an error, as CometBFT's are. */
export type RpcMethods = Readonly<Record<string, (params: Record<string, string>) => unknown>>;

const servers: Server[] = [];

/** Starts a node that answers what a test says, and tells `asked` each method; its URL. */
export async function startRpc(node: RpcMethods, asked: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const { method, params } = JSON.parse(body) as { method: string; params: Record<string, string> };
      asked.push(method);
      const answer = node[method]?.(params);
      const error = { code: -32603, message: "Internal error", data: "not here" };
      response.end(
        JSON.stringify({ jsonrpc: "2.0", id: 1, ...(answer === undefined ? { error } : { result: answer }) }),
      );
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Stops every node of the file. */
export function stopRpcs(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** `status` of a node of a chain at a height. */
export const statusAnswer = (network: string, height = "1000") => ({
  node_info: { network },
  sync_info: {
    latest_block_hash: "",
    latest_block_height: height,
    latest_block_time: "2026-01-01T00:00:00Z",
    earliest_block_hash: "",
    earliest_block_height: "1",
  },
});

const hash = "AB".repeat(32);

/** `commit` of a block of a chain: each signature by its flag (2: for this block) and address. */
export const commitAnswer = (chainId: string, height: string, signatures: readonly (readonly [number, string])[]) => ({
  signed_header: {
    header: {
      version: { block: "11" },
      chain_id: chainId,
      height,
      time: "2026-01-01T00:00:00Z",
      last_block_id: { hash, parts: { total: 1, hash } },
      last_commit_hash: hash,
      data_hash: hash,
      validators_hash: hash,
      next_validators_hash: hash,
      consensus_hash: hash,
      app_hash: hash,
      last_results_hash: hash,
      evidence_hash: hash,
      proposer_address: "CD".repeat(20),
    },
    commit: {
      signatures: signatures.map(([block_id_flag, validator_address]) => ({ block_id_flag, validator_address })),
    },
  },
});
