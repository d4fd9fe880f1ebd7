import { afterEach, describe, expect, it } from "vitest";
import { signersOf } from "../../../workers/chains/cosmos/commit.ts";
import { CosmosEyes } from "../../../workers/chains/cosmos/eyes.ts";
import { JsonRpc } from "../../../workers/chains/cosmos/json-rpc.ts";
import { CosmosLaunch } from "../../../workers/chains/cosmos/launch.ts";
import { NodeFailed } from "../../../workers/chains/cosmos/node.ts";
import { filledBlock, firstBlock } from "./real-blocks.ts";
import { commitAnswer, type RpcMethods, startRpc, statusAnswer, stopRpcs } from "./rpc-server.ts";

const chainId = "paw-testnet-1";
const [one, two] = ["11".repeat(20), "22".repeat(20)];
const node = (changes: RpcMethods = {}, chain = chainId, height = "3"): RpcMethods => ({
  status: () => statusAnswer(chain, height),
  commit: ({ height: at = "" }) =>
    commitAnswer(chain, at, [
      [2, one],
      [3, two],
      [1, ""],
    ]),
  block: ({ height: at }) =>
    at === "1"
      ? { block_id: { hash: firstBlock.hash }, block: { header: firstBlock.header, data: { txs: [] } } }
      : undefined,
  ...changes,
});
afterEach(stopRpcs);

describe("a launch, watched through the network's endpoints", () => {
  it("passes over an endpoint of another chain, however far that is, and says so", async () => {
    const foreign = await startRpc(node({}, "other-1", "9000"));
    const own = await startRpc(node());
    const { endpoints, commits } = await new CosmosLaunch(chainId, [foreign, own]).look();
    expect(endpoints).toMatchObject([
      { name: new URL(foreign).host, reached: false, why: expect.stringContaining("another chain") },
      { name: new URL(own).host, reached: true, height: 3, block1: { hash: firstBlock.hash, chainId } },
    ]);
    expect(commits).toEqual([1, 2, 3].map((height) => ({ height, signers: [one] })));
  });

  it("shows nothing where every endpoint is of another chain", async () => {
    const foreign = await startRpc(node({}, "other-1"));
    expect(await new CosmosLaunch(chainId, [foreign]).look()).toMatchObject({
      endpoints: [{ reached: false }],
      commits: [],
      round: null,
    });
  });
});

describe("what is looked up for the status page", () => {
  it("is never told by an endpoint of another chain", async () => {
    const block = () => ({
      block_id: { hash: filledBlock.hash },
      block: { header: filledBlock.header, data: { txs: filledBlock.txs } },
    });
    const asked: string[] = [];
    const foreign = await startRpc(node({ block }, "other-1"), asked);
    expect(await new CosmosEyes(chainId, [foreign], ["upaw"]).block(4)).toMatchObject({
      ok: false,
      why: "unreachable",
    });
    expect(asked).toEqual(["status"]);
    const own = await startRpc(node({ block }));
    const eyes = new CosmosEyes(chainId, [foreign, own], ["upaw"]);
    expect(await eyes.block(4)).toMatchObject({ ok: true, value: { height: 4, hash: filledBlock.hash } });
  });
});

describe("who signed a block", () => {
  const read = async (answer: unknown, height = 7) =>
    signersOf(
      new JsonRpc(await startRpc({ commit: () => answer }), { timeoutMs: 2_000, answerBytesMax: 4_000_000 }),
      chainId,
      height,
    );

  it("are those who voted for it, not for nil, and not who was absent; addresses in upper case", async () => {
    const answer = commitAnswer(chainId, "7", [
      [2, "ab".repeat(20)],
      [3, two],
      [1, ""],
    ]);
    expect(await read(answer)).toEqual(["AB".repeat(20)]);
  });

  it("is not read of another chain, another block, or more votes than CometBFT counts", async () => {
    await expect(read(commitAnswer("other-1", "7", []))).rejects.toThrow("another chain");
    await expect(read(commitAnswer(chainId, "8", []))).rejects.toThrow("block 8");
    const votes = (count: number) => Array.from({ length: count }, () => [2, one] as const);
    expect(await read(commitAnswer(chainId, "7", votes(10_000)))).toHaveLength(10_000);
    await expect(read(commitAnswer(chainId, "7", votes(10_001)))).rejects.toThrow(NodeFailed);
    await expect(read(commitAnswer(chainId, "7", [[2, "../".repeat(10)]]))).rejects.toThrow(NodeFailed);
  });
});
