import { createServer, type Server } from "node:http";
import { BinaryWriter } from "cosmjs-types/binary";
import { afterEach, describe, expect, it } from "vitest";
import { hashTxs } from "../../../workers/chains/cosmos/merkle.ts";
import { NodeFailed } from "../../../workers/chains/cosmos/node.ts";
import { RpcNode } from "../../../workers/chains/cosmos/rpc-node.ts";
import { filledBlock, firstBlock } from "./real-blocks.ts";

type Reply = { readonly status?: number; readonly body?: unknown; readonly text?: string; readonly hang?: boolean };
type Seen = { readonly method: string; readonly params: Record<string, unknown>; readonly authorization: string };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A node that answers every call by `answer`. */
async function nodeThat(answer: (seen: Seen) => Reply, limits = { timeoutMs: 2_000, answerBytesMax: 100_000 }) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method, params } = JSON.parse(body) as { method: string; params: Record<string, unknown> };
    seen.push({ method, params, authorization: request.headers.authorization ?? "" });
    const reply = answer({ method, params, authorization: request.headers.authorization ?? "" });
    if (reply.hang) return;
    response.writeHead(reply.status ?? 200, reply.status === 302 ? { location: "/elsewhere" } : {});
    response.end(reply.text ?? JSON.stringify({ jsonrpc: "2.0", id: 1, ...(reply.body as object) }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, seen, node: new RpcNode(`http://user:p%40ss@127.0.0.1:${port}/secret-path`, limits) };
}

const fail = (data: string): Reply => ({
  status: 500,
  body: { error: { code: -32603, message: "Internal error", data } },
});
const give = (result: unknown): Reply => ({ body: { result } });
const query = (response: Record<string, unknown>) => give({ response });

const block = ({ hash, header, txs }: typeof filledBlock) =>
  give({ block_id: { hash }, block: { header, data: { txs } } });
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");

describe("a CometBFT endpoint's blocks", () => {
  it("have the hashes that CometBFT worked out: the first header, and one with a transaction", async () => {
    const { node } = await nodeThat(() => block(filledBlock));
    const read = await node.block(4);
    expect(read).toMatchObject({
      height: 4,
      hash: filledBlock.hash,
      lastHash: filledBlock.header.last_block_id.hash,
      timeMs: Date.parse("2026-11-21T07:36:37.176Z"),
    });
    expect(hashTxs(read?.txs ?? []).dataHash).toBe(filledBlock.header.data_hash);
    const first = await nodeThat(() => block(firstBlock));
    expect(await first.node.block(1)).toMatchObject({ hash: firstBlock.hash, lastHash: "", txs: [] });
  });

  it.each(["height", "time", "data_hash", "app_hash", "chain_id"] as const)(
    "are refused when their %s is not what was hashed",
    async (field) => {
      const other = { height: "5", time: "2026-11-21T07:36:37.176448794Z", chain_id: "paw-testnet-2" };
      const changed = { ...other, data_hash: firstBlock.hash, app_hash: firstBlock.hash }[field];
      const { node } = await nodeThat(() =>
        block({ ...filledBlock, header: { ...filledBlock.header, [field]: changed } }),
      );
      await expect(node.block(4)).rejects.toThrow(NodeFailed);
    },
  );

  it("come as headers in ascending order, without what was lost or not asked for", async () => {
    const metas = [filledBlock, firstBlock].map(({ hash, header }) => ({ block_id: { hash }, header }));
    const { node } = await nodeThat(() => give({ block_metas: [...metas, null] }));
    expect((await node.metas(1, 20)).map(({ height }) => height)).toEqual([1, 4]);
    expect((await node.metas(2, 20)).map(({ height }) => height)).toEqual([4]);
  });

  it.each([
    ["pruned", "height 4 is not available, lowest height is 9"],
    ["not made yet", "height 4 must be less than or equal to the current blockchain height 3"],
  ])("are null where they are %s", async (_, words) => {
    const { node } = await nodeThat(() => fail(words));
    expect(await node.block(4)).toBeNull();
    expect(await node.results(4)).toBeNull();
  });

  it("are no headers where none is in the range, and null where the node answers null", async () => {
    const empty = await nodeThat(() => fail("min height 500 can't be greater than max height 4"));
    expect(await empty.node.metas(500, 520)).toEqual([]);
    const { node } = await nodeThat(() => give({ block_id: { hash: "" }, block: null }));
    expect(await node.block(4)).toBeNull();
  });

  it("have no results where those are discarded", async () => {
    for (const words of ["could not find results for height #4", "node is not persisting finalize block responses"]) {
      const { node } = await nodeThat(() => fail(words));
      expect(await node.results(4)).toBeNull();
    }
  });

  it("tell a failure that spent its sequence from one that was refused before it ran", async () => {
    const ante = { type: "tx", attributes: [{ key: "acc_seq", value: "a/1" }] };
    const old = { type: "tx", attributes: [{ key: base64("acc_seq"), value: "" }] };
    const failure = { code: 11, codespace: "sdk", gas_used: "9", log: "out of gas" };
    const txs_results = [
      { code: 0, gas_used: "5", events: [ante] },
      { ...failure, events: [ante] },
      { ...failure, events: [old] },
      { ...failure, log: "failed to execute message; message index: 0: x", events: null },
      { ...failure, code: 32, events: [] },
      { ...failure, code: 4, events: [{ type: "message", attributes: [{ key: "acc_seq" }] }] },
    ];
    const { node } = await nodeThat(() => give({ height: "4", txs_results }));
    const results = (await node.results(4)) ?? [];
    expect(results.map(({ refused }) => refused)).toEqual([false, false, false, false, true, true]);
    expect(results[1]).toMatchObject({ code: 11, codespace: "sdk", gasUsed: 9n });
  });
});

describe("a CometBFT endpoint's state", () => {
  /** A QueryAccountResponse with BaseAccount 12/34 as deep as the kind of account has it. */
  function account(kind: string, depth: number): string {
    let value = BinaryWriter.create().uint32(10).string("a").uint32(24).uint64(12n).uint32(32).uint64(34n).finish();
    for (let level = 0; level < depth; level += 1) value = BinaryWriter.create().uint32(10).bytes(value).finish();
    const any = BinaryWriter.create().uint32(10).string(kind).uint32(18).bytes(value).finish();
    return base64(BinaryWriter.create().uint32(10).bytes(any).finish());
  }

  it.each([
    ["/cosmos.auth.v1beta1.BaseAccount", 0],
    ["/cosmos.auth.v1beta1.ModuleAccount", 1],
    ["/cosmos.vesting.v1beta1.ContinuousVestingAccount", 2],
    ["/cosmos.vesting.v1beta1.DelayedVestingAccount", 2],
  ])("reads %s", async (kind, depth) => {
    const { node } = await nodeThat(() => query({ code: 0, value: account(kind, depth), height: "77" }));
    expect(await node.account("a")).toEqual({ accountNumber: 12n, sequence: 34n, height: 77 });
  });

  it("knows no account that the chain does not, and guesses at none that it can't read", async () => {
    const none = await nodeThat(() => query({ code: 22, codespace: "sdk", log: "account a not found: key not found" }));
    expect(await none.node.account("a")).toBeNull();
    const odd = await nodeThat(() => query({ code: 0, value: account("/odd.Account", 0), height: "7" }));
    await expect(odd.node.account("a")).rejects.toThrow(NodeFailed);
    const failing = await nodeThat(() => query({ code: 1, codespace: "sdk", log: "internal" }));
    await expect(failing.node.account("a")).rejects.toThrow(NodeFailed);
  });

  it("asks the application to simulate where the node has no such method, from then on at once", async () => {
    const { node, seen } = await nodeThat(({ params }) =>
      params.path === "/app/simulate"
        ? query({ code: 0, value: base64(JSON.stringify({ gas_info: { gas_wanted: "0", gas_used: "81234" } })) })
        : query({ code: 6, codespace: "sdk", log: "unknown query path: unknown request" }),
    );
    expect(await node.simulate(new Uint8Array([1]))).toBe(81_234n);
    expect(await node.simulate(new Uint8Array([1]))).toBe(81_234n);
    expect(seen).toHaveLength(3);
    expect(seen[2]?.params).toMatchObject({ path: "/app/simulate", data: "01" });
    const refusing = await nodeThat(() => query({ code: 32, codespace: "sdk", log: "account sequence mismatch" }));
    expect(await refusing.node.simulate(new Uint8Array([1]))).toBeNull();
  });
});

describe("a CometBFT endpoint's answers to a broadcast", () => {
  it("say what the node said: its code, that it has the bytes already, or its own error", async () => {
    const refused = await nodeThat(() => give({ code: 32, codespace: "sdk", log: "mismatch", hash: "AB" }));
    expect(await refused.node.broadcast(new Uint8Array([1]))).toEqual({ code: 32, codespace: "sdk", log: "mismatch" });
    expect(refused.seen[0]?.params).toEqual({ tx: "AQ==" });
    const known = await nodeThat(() => fail("tx already exists in cache"));
    expect(await known.node.broadcast(new Uint8Array([1]))).toMatchObject({ code: 19, codespace: "sdk" });
    const full = await nodeThat(() => fail("mempool is full: number of txs 5000 (max: 5000)"));
    expect(await full.node.broadcast(new Uint8Array([1]))).toMatchObject({ code: -1 });
  });
});

const status = {
  node_info: { network: "paw-testnet-1" },
  sync_info: {
    latest_block_hash: filledBlock.hash,
    latest_block_height: "4",
    latest_block_time: filledBlock.header.time,
    earliest_block_hash: firstBlock.hash,
    earliest_block_height: "1",
  },
};

describe("a CometBFT endpoint that gives no usable answer", () => {
  it.each<[string, Reply]>([
    ["answers with an HTTP error", { status: 502, text: "Bad Gateway" }],
    ["answers with no JSON", { text: "<html>" }],
    ["answers with other JSON", { body: { result: { unexpected: true } } }],
    ["answers with null", { body: { result: null } }],
    ["answers with an error", fail("something broke")],
    ["redirects", { status: 302, text: "" }],
    ["says too much", give({ ...status, padding: "x".repeat(100_000) })],
    ["never answers", { hang: true }],
  ])("has failed when it %s, and shows no credentials", async (_, reply) => {
    const { node, port } = await nodeThat(() => reply, { timeoutMs: 300, answerBytesMax: 100_000 });
    const error = await node.status().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeFailed);
    expect(node.name).toBe(`127.0.0.1:${port}`);
    expect(String(error)).not.toMatch(/user|p@ss|p%40ss|secret-path/);
  });

  it("has not failed when it says as much as it may", async () => {
    const { node } = await nodeThat(() => give({ ...status, padding: "x".repeat(90_000) }));
    expect(await node.status()).toMatchObject({ chainId: "paw-testnet-1", height: 4, hash: filledBlock.hash });
  });

  it("has failed when nobody listens", async () => {
    await expect(new RpcNode("http://127.0.0.1:1").status()).rejects.toThrow(NodeFailed);
  });

  it("is given the credentials of its URL as a header", async () => {
    const { node, seen } = await nodeThat(() => fail("x"));
    await node.status().catch(() => undefined);
    expect(seen[0]?.authorization).toBe(`Basic ${base64("user:p@ss")}`);
  });
});
