import { QueryAccountRequest } from "cosmjs-types/cosmos/auth/v1beta1/query";
import { QueryBalanceRequest, QueryBalanceResponse } from "cosmjs-types/cosmos/bank/v1beta1/query";
import { SimulateRequest, SimulateResponse } from "cosmjs-types/cosmos/tx/v1beta1/service";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, openBench, rpc, sendTo, someone } from "./payer.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ keepStates: 3 });
});
afterEach(() => bench.close());

const post = (body: string) => fetch(bench.chain.rpcUrl, { method: "POST", body });
const call = (id: number, method = "health") => ({ jsonrpc: "2.0", id, method, params: {} });

test("an unknown method is -32601", async () => {
  expect((await rpc(bench.chain, "nope")).error).toEqual({ code: -32601, message: "Method not found" });
});

test("a number that is not written as text is -32602, as in CometBFT", async () => {
  const { error } = await rpc(bench.chain, "block", { height: 1 });
  expect(error?.code).toBe(-32602);
  expect(error?.data).toContain('invalid 64-bit integer encoding "1", expected string');
});

test("ten calls in a batch are answered in order, eleven are refused", async () => {
  const ten = await post(JSON.stringify(Array.from({ length: 10 }, (_, id) => call(id))));
  expect(((await ten.json()) as { id: number }[]).map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const eleven = await post(JSON.stringify(Array.from({ length: 11 }, (_, id) => call(id))));
  expect(await eleven.json()).toMatchObject({ error: { code: -32600, data: expect.stringContaining("maximum (10)") } });
});

test("a batch of one is answered bare and a notification not at all", async () => {
  expect(await (await post(JSON.stringify([call(5)]))).json()).toEqual({ jsonrpc: "2.0", id: 5, result: {} });
  expect(await (await post(JSON.stringify({ jsonrpc: "2.0", method: "health" }))).text()).toBe("");
});

test("a body of 1,000,000 bytes is read, one byte more is refused with 400", async () => {
  const padded = (pad: string) => JSON.stringify({ ...call(1), pad });
  const body = (bytes: number) => padded("x".repeat(bytes - padded("").length));
  expect(body(1_000_000)).toHaveLength(1_000_000);
  expect((await post(body(1_000_000))).status).toBe(200);
  const over = await post(body(1_000_001));
  expect(over.status).toBe(400);
  expect(await over.json()).toMatchObject({ error: { code: -32600 } });
});

test.each(["{", "", "[1]", "null", '"x"', "[[]]"])("a body of %j breaks nothing", async (body) => {
  await (await post(body)).text();
  expect(await rpc(bench.chain, "health")).toMatchObject({ result: {} });
});

test("methods answer GET with numbers bare or quoted, and unknown paths are 404", async () => {
  const get = (path: string) => fetch(`${bench.chain.rpcUrl}${path}`);
  expect(await (await get("/status")).json()).toMatchObject({ id: -1, result: { node_info: { network: "box-1" } } });
  for (const height of ["1", "%221%22"]) expect((await get(`/block?height=${height}`)).status).toBe(200);
  expect((await get("/block?height=2")).status).toBe(500);
  expect((await get("/nope")).status).toBe(404);
  const tx = Buffer.from(await bench.sign([sendTo(bench.payer, someone("a"), 1)])).toString("hex");
  expect(await (await get(`/broadcast_tx_sync?tx=0x${tx}`)).json()).toMatchObject({ result: { code: 0 } });
});

test.each([
  ["0", "height must be greater than 0, but got 0"],
  ["2", "height 2 must be less than or equal to the current blockchain height 1"],
])("a block at height %s is refused in CometBFT's words", async (height, data) => {
  for (const method of ["block", "block_results", "commit", "header"]) {
    expect((await rpc(bench.chain, method, { height })).error).toEqual({
      code: -32603,
      message: "Internal error",
      data,
    });
  }
});

test("without an index tx and tx_search fail as on a node with indexer null, and block_results still answers", async () => {
  await bench.close();
  bench = await openBench({ indexer: false });
  const { hash } = await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 1)]));
  const height = `${bench.chain.makeBlock()}`;
  const data = "transaction indexing is disabled";
  const id = Buffer.from(hash, "hex").toString("base64");
  expect((await rpc(bench.chain, "tx", { hash: id })).error?.data).toBe(data);
  expect((await rpc(bench.chain, "tx_search", { query: `tx.hash='${hash}'` })).error?.data).toBe(data);
  expect((await rpc(bench.chain, "block_results", { height })).result).toMatchObject({ txs_results: [{ code: 0 }] });
});

test("tx_search pages, orders and refuses a query that it does not understand", async () => {
  for (let sequence = 0; sequence < 3; sequence++) {
    await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 1)], { sequence }));
    bench.chain.makeBlock();
  }
  const search = (params: object) => rpc(bench.chain, "tx_search", { query: "tx.height>2", ...params });
  expect((await search({})).result).toMatchObject({ total_count: "2", txs: [{ height: "3" }, { height: "4" }] });
  expect((await search({ per_page: "1", page: "2", order_by: "desc" })).result).toMatchObject({
    txs: [{ height: "3" }],
  });
  expect((await search({ page: "2" })).error?.data).toBe("page should be within [1, 1] range, given 2");
  expect((await search({ query: "tx.height CONTAINS '2'" })).error?.code).toBe(-32603);
});

async function query(path: string, data: Uint8Array, height: string) {
  const { result } = await rpc(bench.chain, "abci_query", { path, data: Buffer.from(data).toString("hex"), height });
  return (result as unknown as { response: QueryResponse }).response;
}
type QueryResponse = { code: number; codespace: string; log: string; height: string; value: string | null };

const balancePath = "/cosmos.bank.v1beta1.Query/Balance";
const balanceOf = (name: string) => QueryBalanceRequest.encode({ address: someone(name), denom: "ubox" }).finish();

test("a query tells the height of the state it read, and reads a past one when asked", async () => {
  await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 9)]));
  bench.chain.makeBlock();
  const amountAt = async (height: string) => {
    const { value, height: read } = await query(balancePath, balanceOf("a"), height);
    return [read, QueryBalanceResponse.decode(Buffer.from(value ?? "", "base64")).balance?.amount];
  };
  expect(await amountAt("0")).toEqual(["2", "9"]);
  expect(await amountAt("1")).toEqual(["1", "0"]);
});

test("a state in the future, a pruned one and a negative height are refused in the SDK's words", async () => {
  for (let made = 0; made < 4; made++) bench.chain.makeBlock();
  expect(await query(balancePath, balanceOf("a"), "6")).toMatchObject({
    code: 26,
    log: "cannot query with height in the future; please provide a valid height: invalid height",
  });
  expect(await query(balancePath, balanceOf("a"), "3")).toMatchObject({ code: 0 });
  expect(await query(balancePath, balanceOf("a"), "2")).toMatchObject({
    code: 18,
    log: "failed to load state at height 2; version does not exist (latest height: 5): invalid request",
  });
  expect(await query(balancePath, balanceOf("a"), "-1")).toMatchObject({ code: 18 });
});

test("an account that is not there is NotFound, code 22, with the height it was looked for at", async () => {
  const data = QueryAccountRequest.encode({ address: someone("nobody") }).finish();
  expect(await query("/cosmos.auth.v1beta1.Query/Account", data, "0")).toMatchObject({
    code: 22,
    codespace: "sdk",
    log: `rpc error: code = NotFound desc = account ${someone("nobody")} not found: key not found`,
    height: "1",
  });
  expect(await query("/cosmos.auth.v1beta1.Query/Nothing", data, "0")).toMatchObject({ code: 6 });
});

test("a simulation needs no signature, changes nothing, and says why it fails", async () => {
  const simulate = async (bytes: Uint8Array) => {
    const raw = TxRaw.decode(bytes);
    const txBytes = TxRaw.encode({ ...raw, signatures: [new Uint8Array()] }).finish();
    // The deprecated `tx` field must be left out: an empty one would be another request.
    const data = SimulateRequest.encode(SimulateRequest.fromPartial({ txBytes })).finish();
    return query("/cosmos.tx.v1beta1.Service/Simulate", data, "0");
  };
  const good = await simulate(await bench.sign([sendTo(bench.payer, someone("a"), 9)]));
  const { gasInfo } = SimulateResponse.decode(Buffer.from(good.value ?? "", "base64"));
  expect(Number(gasInfo?.gasUsed)).toBeGreaterThan(60_000);
  expect(bench.chain.balanceOf(someone("a"), "ubox")).toBe(0n);
  const early = await simulate(await bench.sign([sendTo(bench.payer, someone("a"), 9)], { sequence: 3 }));
  expect(early).toMatchObject({
    code: 6,
    log: expect.stringContaining("account sequence mismatch, expected 0, got 3"),
  });
});
