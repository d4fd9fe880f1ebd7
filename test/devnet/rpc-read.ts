/** What the tests read of a node's `/status`. */
export type Status = { readonly height: number; readonly hash: string };

/** One JSON-RPC call by POST. `result` or `error` is set; throws when the answer is not HTTP 200. */
export async function rpc<Result>(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<{ result?: Result; error?: { code: number; data: string } }> {
  const answer = await fetch(url, {
    method: "POST",
    body: JSON.stringify({ jsonrpc: "2.0", id: 7, method, params }),
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as { result?: Result; error?: { code: number; data: string } };
}

/** The result of a call that must not fail. */
export async function ask<Result>(url: string, method: string, params: Record<string, string> = {}): Promise<Result> {
  const { result, error } = await rpc<Result>(url, method, params);
  if (result === undefined) throw new Error(`${method}: ${error?.data ?? "no result"}`);
  return result;
}

/** The chain id that a node names in `/status`. */
export async function chainIdOf(url: string): Promise<string> {
  return (await ask<{ node_info: { network: string } }>(url, "status")).node_info.network;
}

/** The node's newest block. */
export async function statusOf(url: string): Promise<Status> {
  type Answer = { sync_info: { latest_block_height: string; latest_block_hash: string } };
  const { sync_info: sync } = await ask<Answer>(url, "status");
  return { height: Number(sync.latest_block_height), hash: sync.latest_block_hash };
}

/** The hash of the block at a height. */
export async function blockHash(url: string, height: number): Promise<string> {
  return (await ask<{ block_id: { hash: string } }>(url, "block", { height: String(height) })).block_id.hash;
}

/** `broadcast_tx_sync`: the code and log of CheckTx, and the hash in upper-case hex. */
export async function broadcast(url: string, bytes: Uint8Array): Promise<{ code: number; log: string; hash: string }> {
  return await ask(url, "broadcast_tx_sync", { tx: Buffer.from(bytes).toString("base64") });
}

/** Waits until a transaction is in a block and answers its code there. Needs the transaction index. */
export async function codeInBlock(url: string, hash: string): Promise<number> {
  const base64 = Buffer.from(hash, "hex").toString("base64");
  for (let tries = 0; tries < 100; tries++) {
    const { result } = await rpc<{ tx_result: { code: number } }>(url, "tx", { hash: base64 });
    if (result !== undefined) return result.tx_result.code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${hash} was in no block for 10 s`);
}
