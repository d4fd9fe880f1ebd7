/** What the tests read of a node's `/status`. */
export type Status = { readonly height: number; readonly hash: string };

/** One JSON-RPC call by POST. `result` or `error` is set; throws when the answer is not HTTP 200. */
export async function rpc(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  // biome-ignore lint/suspicious/noExplicitAny: answers of a dozen methods, read by tests alone
): Promise<{ result?: any; error?: { code: number; data: string } }> {
  const answer = await fetch(url, {
    method: "POST",
    body: JSON.stringify({ jsonrpc: "2.0", id: 7, method, params }),
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as { result?: unknown };
}

/** The node's newest block. */
export async function statusOf(url: string): Promise<Status> {
  const { sync_info: sync } = (await rpc(url, "status")).result;
  return { height: Number(sync.latest_block_height), hash: sync.latest_block_hash };
}

/** The hash of the block at a height. */
export async function blockHash(url: string, height: number): Promise<string> {
  return (await rpc(url, "block", { height: String(height) })).result.block_id.hash;
}

/** `broadcast_tx_sync`: the code and log of CheckTx, and the hash in upper-case hex. */
export async function broadcast(url: string, bytes: Uint8Array): Promise<{ code: number; log: string; hash: string }> {
  return (await rpc(url, "broadcast_tx_sync", { tx: Buffer.from(bytes).toString("base64") })).result;
}

/** Waits until a transaction is in a block and answers its code there. Needs the transaction index. */
export async function codeInBlock(url: string, hash: string): Promise<number> {
  const base64 = Buffer.from(hash, "hex").toString("base64");
  for (let tries = 0; tries < 100; tries++) {
    const { result } = await rpc(url, "tx", { hash: base64 });
    if (result !== undefined) return result.tx_result.code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${hash} was in no block for 10 s`);
}
