import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { CosmosPeerDialer, type PeerSocket } from "../../../../workers/chains/cosmos/p2p/dialer.ts";
import { openNodeSocket } from "../../../support/node-socket.ts";
import {
  type PeerNode,
  type PeerScript,
  startPeerNode,
  withLength,
  writeAuthSig,
  writeNodeInfo,
} from "../../../support/peer-node.ts";

const nodes: PeerNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});
const start = async (script: PeerScript = {}) => {
  const node = await startPeerNode(script);
  nodes.push(node);
  return node;
};
const dialer = new CosmosPeerDialer(openNodeSocket, 600);
const look = (node: PeerNode, id = node.id) => dialer.greet("127.0.0.1", node.port, id);

describe("a look at a node", () => {
  it("sees it prove its key and name its chain, proves a key of its own, and sends nothing more", async () => {
    const node = await start();
    expect(await look(node)).toEqual({ kind: "node", nodeId: node.id, network: "peers-1" });
    await node.served();
    expect(node.met).toEqual({ connections: 1, proved: 1, bytesAfter: 0 });
  });

  it("shows no key to another node than the expected one, and tells which it is", async () => {
    const node = await start();
    expect(await look(node, "a".repeat(40))).toEqual({ kind: "node", nodeId: node.id, network: null });
    await node.served();
    expect(node.met.proved).toBe(0);
  });

  it("reads what a node says of itself over several frames", async () => {
    const node = await start({ nodeInfo: () => withLength(writeNodeInfo(node.id, "peers-1", "m".repeat(9_000))) });
    expect(await look(node)).toMatchObject({ kind: "node", network: "peers-1" });
  });

  it("keeps no name of a chain that is none, whatever it holds", async () => {
    for (const network of ["", "x".repeat(51), "<b>chain</b>", "chain\u202e"]) {
      const node = await start({ network });
      expect(await look(node)).toMatchObject({ kind: "node", network: null });
    }
  });
});

/** What an honest node would not say, and the word for it. */
const lies: Record<string, readonly [PeerScript, string]> = {
  "a first message that is none": [
    { first: new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n12345678") },
    "begin",
  ],
  "an ephemeral key of 31 bytes": [{ first: Buffer.from(`210a1f${"05".repeat(31)}00`, "hex") }, "begin"],
  "a first message of 16 MiB by its length": [{ first: Buffer.from(`80808008${"05".repeat(31)}`, "hex") }, "begin"],
  "an ephemeral key of low order": [{ first: Buffer.from(`220a20${"00".repeat(32)}`, "hex") }, "secret"],
  "a signature of another challenge": [
    { authSig: (honest) => withBit(honest, honest.length - 1) },
    "does not hold the key",
  ],
  "the signature under another's key": [
    { authSig: (honest) => withLength(writeAuthSig(new Uint8Array(32).fill(9), honest.subarray(-64))) },
    "does not hold the key",
  ],
  "a key of another kind than Ed25519": [
    { authSig: (honest) => withLength(writeAuthSig(new Uint8Array(33).fill(2), honest.subarray(-64), 18)) },
    "no Ed25519 key",
  ],
  "a proof without a signature": [
    { authSig: (honest) => withLength(writeAuthSig(honest.subarray(5, 37), new Uint8Array())) },
    "no Ed25519 key",
  ],
  "a proof that is no message": [{ authSig: () => withLength(new Uint8Array(9).fill(255)) }, "can't be read"],
  "a proof longer than any": [{ authSig: () => withLength(new Uint8Array(), 257) }, "too long"],
  "a length of five bytes": [{ authSig: () => Buffer.from("ffffffff0f", "hex") }, "too long"],
  "a frame that was altered": [{ sealed: (sealed) => Buffer.from(withBit(sealed, 700)) }, "not sealed"],
  "a frame with another tag": [{ sealed: (sealed) => Buffer.from(withBit(sealed, 1043)) }, "not sealed"],
  "a frame that says it holds 1,025 bytes": [
    {
      frame: (frame) => {
        frame.writeUInt32LE(1025);
        return frame;
      },
    },
    "a frame is too long",
  ],
  "frames without end that hold nothing": [
    {
      authSig: () => new Uint8Array(64 * 1024),
      frame: (frame) => {
        frame.writeUInt32LE(0);
        return frame;
      },
    },
    "says too much",
  ],
  "a node info of more than 10,240 bytes": [{ nodeInfo: () => withLength(new Uint8Array(), 10_241) }, "too long"],
  "a node info that never ends": [{ nodeInfo: () => withLength(new Uint8Array(100), 10_240) }, "longer than 600 ms"],
  "a node info of another node": [
    { nodeInfo: () => withLength(writeNodeInfo("b".repeat(40), "peers-1")) },
    "another node id",
  ],
  "a node info without an id": [{ nodeInfo: () => withLength(new Uint8Array()) }, "names no node id"],
  "nothing at all": [{ manner: "silent" }, "longer than 600 ms"],
  "byte after byte": [{ manner: "drips" }, "longer than 600 ms"],
};

function withBit(bytes: Uint8Array, at: number): Uint8Array {
  const bent = Uint8Array.from(bytes);
  bent[at] = (bent[at] ?? 0) ^ 1;
  return bent;
}

describe("a look at who is no honest node", () => {
  it.each(Object.entries(lies))("takes %s for no answer", async (_what, [script, why]) => {
    const node = await start(script);
    expect(await look(node)).toEqual({ kind: "none", why: expect.stringContaining(why) });
  });

  it("takes a port that nobody listens on, and one that hangs up, for no answer", async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const greet = () => dialer.greet("127.0.0.1", port, "a".repeat(40));
    expect(await greet()).toMatchObject({ kind: "none" });
    await new Promise((resolve) => server.close(resolve));
    expect(await greet()).toEqual({ kind: "none", why: "no connection" });
  });

  it("ends the connection whatever came of it", async () => {
    for (const script of [{}, { manner: "silent" }, { first: new Uint8Array(35) }] as const) {
      const node = await start(script);
      let closed = 0;
      const counting = new CosmosPeerDialer(async (address, port): Promise<PeerSocket> => {
        const socket = await openNodeSocket(address, port);
        return {
          ...socket,
          close: () => {
            closed += 1;
            return socket.close();
          },
        };
      }, 200);
      await counting.greet("127.0.0.1", node.port, node.id);
      expect(closed).toBe(1);
    }
  });

  it("stops reading who speaks in more pieces than an honest node ever would", async () => {
    let taken = 0;
    const dripping = new CosmosPeerDialer(async () => ({
      readable: empties(() => {
        taken += 1;
      }),
      writable: new WritableStream(),
      close: async () => undefined,
    }));
    expect(await dripping.greet("1.1.1.1", 26656, "a".repeat(40))).toMatchObject({
      why: expect.stringContaining("pieces"),
    });
    expect(taken).toBeLessThan(300);
  });
});

/** A stream of a thousand pieces with nothing in them. */
function empties(count: () => void): ReadableStream<Uint8Array> {
  let left = 1_000;
  return new ReadableStream({
    pull: (controller) => {
      count();
      left -= 1;
      if (left === 0) controller.close();
      else controller.enqueue(new Uint8Array());
    },
  });
}
