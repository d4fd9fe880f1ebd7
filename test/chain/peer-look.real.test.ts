import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CosmosPeerDialer } from "../../workers/chains/cosmos/p2p/dialer.ts";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { type Devnet, startChain } from "../devnet/chain.ts";
import { startLookedAtHouse } from "../support/looked-at-house.ts";
import { openNodeSocket } from "../support/node-socket.ts";

const dialer = new CosmosPeerDialer(openNodeSocket);

describe.skipIf(!goAvailable())("a look at a real CometBFT node", () => {
  let devnet: Devnet;
  let node: { id: string; port: number };
  const netInfo = async () =>
    ((await (await fetch(`${devnet.rpcUrl}/net_info`)).json()) as { result: { n_peers: string } }).result;
  beforeAll(async () => {
    devnet = await startChain({});
    const { result } = (await (await fetch(`${devnet.rpcUrl}/status`)).json()) as {
      result: { node_info: { id: string; listen_addr: string } };
    };
    node = { id: result.node_info.id, port: Number(result.node_info.listen_addr.split(":").at(-1)) };
  }, buildTimeoutMs);
  afterAll(() => devnet?.stop());

  it("sees it prove its key and name its chain, twenty times in a row, and is nobody's peer after it", async () => {
    for (let round = 0; round < 20; round += 1) {
      const greeting = await dialer.greet("127.0.0.1", node.port, node.id);
      expect(greeting).toEqual({ kind: "node", nodeId: node.id, network: devnet.chainId });
    }
    expect((await netInfo()).n_peers).toBe("0");
  });

  it("tells another node's id than the one that was looked for", async () => {
    const other = await dialer.greet("127.0.0.1", node.port, "a".repeat(40));
    expect(other).toEqual({ kind: "node", nodeId: node.id, network: null });
  });

  it("by the deployed Worker's cron, over its own sockets, tells it from another chain's and another's id", async () => {
    const seenOn = async (chainId: string) => {
      const house = await startLookedAtHouse(chainId);
      try {
        await house.approve("alder", node.id, node.port);
        await house.approve("birch", "b".repeat(40), node.port);
        await house.look();
        return await house.seen();
      } finally {
        await house.stop();
      }
    };
    const other = { operator: "birch", outcome: "other_node", seen: node.id };
    expect(await seenOn(devnet.chainId)).toEqual([{ operator: "alder", outcome: "reachable", seen: "" }, other]);
    expect(await seenOn("elsewhere-1")).toEqual([
      { operator: "alder", outcome: "other_chain", seen: devnet.chainId },
      other,
    ]);
    expect((await netInfo()).n_peers).toBe("0");
  });

  it("takes its RPC for no node", async () => {
    const rpcPort = Number(new URL(devnet.rpcUrl).port);
    expect(await dialer.greet("127.0.0.1", rpcPort, node.id)).toMatchObject({ kind: "none" });
  });

  it("leaves it making blocks", async () => {
    await devnet.waitForHeight((await devnet.height()) + 2);
  });
});
