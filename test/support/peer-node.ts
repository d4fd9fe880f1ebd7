import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { createServer, type Socket } from "node:net";
import { BinaryWriter } from "cosmjs-types/binary";
import { Transcript } from "../../workers/chains/cosmos/p2p/transcript.ts";

/** How such a node behaves; what is left out is as an honest one does. */
export type PeerScript = {
  readonly network?: string;
  /** In place of its first message. */
  readonly first?: Uint8Array;
  /** Bends its messages before they are framed. */
  readonly authSig?: (honest: Uint8Array) => Uint8Array;
  readonly nodeInfo?: (honest: Uint8Array) => Uint8Array;
  /** Bends a frame before it is sealed, and after. */
  readonly frame?: (frame: Buffer) => Buffer;
  readonly sealed?: (sealed: Buffer) => Buffer;
  /** Says nothing at all, or what it says byte by byte. */
  readonly manner?: "silent" | "drips";
};

/** A node on this machine that speaks CometBFT's handshake by Node's own crypto. */
export type PeerNode = {
  readonly id: string;
  readonly port: number;
  /** Connections that were made to it, and those whose other side proved a key; the bytes that came after that. */
  readonly met: { connections: number; proved: number; bytesAfter: number };
  /** Resolves once the other side of every connection so far hung up, and all that it had sent was read. */
  served(): Promise<void>;
  stop(): Promise<void>;
};

const raw = (key: KeyObject) => key.export({ format: "der", type: "spki" }).subarray(-32);
const x25519Head = Buffer.from("302a300506032b656e032100", "hex");
const ed25519Head = Buffer.from("302a300506032b6570032100", "hex");
const keyOf = (head: Buffer, bytes: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([head, bytes]), format: "der", type: "spki" });
const nonce = (count: number) => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(count, 4);
  return bytes;
};

/** A message with its length before it, as protobuf writes it. */
export function withLength(message: Uint8Array, length = message.length): Uint8Array {
  return Buffer.concat([BinaryWriter.create().uint32(length).finish(), message]);
}

/** Starts such a node on a free port. */
export async function startPeerNode(script: PeerScript = {}, host = "127.0.0.1"): Promise<PeerNode> {
  const key = generateKeyPairSync("ed25519");
  const id = createHash("sha256").update(raw(key.publicKey)).digest("hex").slice(0, 40);
  const met = { connections: 0, proved: 0, bytesAfter: 0 };
  const sockets = new Set<Socket>();
  const serving: Promise<void>[] = [];
  const server = createServer((socket) => {
    met.connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    if (script.manner === "silent") return;
    serving.push(serve(socket, script, { ...key, id }, met).catch(() => void socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    id,
    port: (server.address() as { port: number }).port,
    met,
    served: async () => void (await Promise.all(serving)),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Key = { readonly publicKey: KeyObject; readonly privateKey: KeyObject; readonly id: string };

async function serve(socket: Socket, script: PeerScript, key: Key, met: PeerNode["met"]): Promise<void> {
  const say = (bytes: Uint8Array) => write(socket, bytes, script.manner === "drips");
  const read = reader(socket);
  const own = generateKeyPairSync("x25519");
  await say(script.first ?? withLength(BinaryWriter.create().uint32(10).bytes(raw(own.publicKey)).finish()));
  const theirs = (await read(35)).subarray(3);
  const secret = diffieHellman({ privateKey: own.privateKey, publicKey: keyOf(x25519Head, theirs) });
  const [lower, upper] = [raw(own.publicKey), theirs].sort(Buffer.compare) as [Buffer, Buffer];
  const info = "TENDERMINT_SECRET_CONNECTION_KEY_AND_CHALLENGE_GEN";
  const keys = Buffer.from(hkdfSync("sha256", secret, "", info, 96));
  const [first, second] = [keys.subarray(0, 32), keys.subarray(32, 64)];
  const [receiveKey, sendKey] = lower.equals(theirs) ? [second, first] : [first, second];
  const transcript = new Transcript("TENDERMINT_SECRET_CONNECTION_TRANSCRIPT_HASH");
  transcript.append("EPHEMERAL_LOWER_PUBLIC_KEY", lower);
  transcript.append("EPHEMERAL_UPPER_PUBLIC_KEY", upper);
  transcript.append("DH_SECRET", secret);
  const challenge = transcript.challenge("SECRET_CONNECTION_MAC", 32);
  let sent = 0;
  const send = async (message: Uint8Array) => {
    for (let at = 0; at < message.length; at += 1024) {
      const piece = message.subarray(at, at + 1024);
      const frame = Buffer.alloc(1028);
      frame.writeUInt32LE(piece.length);
      frame.set(piece, 4);
      const cipher = createCipheriv("chacha20-poly1305", sendKey, nonce(sent), { authTagLength: 16 });
      const bent = script.frame?.(frame) ?? frame;
      const sealed = Buffer.concat([cipher.update(bent), cipher.final(), cipher.getAuthTag()]);
      sent += 1;
      await say(script.sealed?.(sealed) ?? sealed);
    }
  };
  const signature = sign(null, challenge, key.privateKey);
  const authSig = withLength(writeAuthSig(raw(key.publicKey), signature));
  await send(script.authSig?.(authSig) ?? authSig);
  const sealed = await read(1044);
  const cipher = createDecipheriv("chacha20-poly1305", receiveKey, nonce(0), { authTagLength: 16 });
  cipher.setAuthTag(sealed.subarray(1028));
  const frame = Buffer.concat([cipher.update(sealed.subarray(0, 1028)), cipher.final()]);
  // pub_key { ed25519 } and sig, after the length of the content and of the message.
  const [theirKey, theirSig] = [frame.subarray(9, 41), frame.subarray(43, 107)];
  if (!verify(null, challenge, keyOf(ed25519Head, theirKey), theirSig)) throw new Error("a wrong signature");
  met.proved += 1;
  const nodeInfo = withLength(writeNodeInfo(key.id, script.network ?? "peers-1"));
  await send(script.nodeInfo?.(nodeInfo) ?? nodeInfo);
  for (;;) met.bytesAfter += (await read(1)).length;
}

/** `AuthSigMessage`, with a key of Ed25519 or, by its field's number, of another kind. */
export function writeAuthSig(publicKey: Uint8Array, signature: Uint8Array, field = 10): Uint8Array {
  const key = BinaryWriter.create().uint32(field).bytes(publicKey).finish();
  return BinaryWriter.create().uint32(10).bytes(key).uint32(18).bytes(signature).finish();
}

/** `DefaultNodeInfo` with all that a node says; `moniker` makes it longer. */
export function writeNodeInfo(id: string, network: string, moniker = "a node"): Uint8Array {
  const version = BinaryWriter.create().uint32(8).uint32(8).uint32(16).uint32(11).finish();
  const other = BinaryWriter.create().uint32(10).string("on").finish();
  const message = BinaryWriter.create().uint32(10).bytes(version).uint32(18).string(id);
  message.uint32(26).string("tcp://0.0.0.0:26656").uint32(34).string(network).uint32(42).string("0.38.20");
  return message.uint32(58).string(moniker).uint32(66).bytes(other).finish();
}

async function write(socket: Socket, bytes: Uint8Array, drips: boolean): Promise<void> {
  for (const piece of drips ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : [bytes]) {
    socket.write(piece);
    if (drips) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Reads exact lengths. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  const pieces = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let kept = Buffer.alloc(0);
  return async (length) => {
    while (kept.length < length) {
      const { done, value } = await pieces.next();
      if (done) throw new Error("hung up");
      kept = Buffer.concat([kept, value]);
    }
    const taken = kept.subarray(0, length);
    kept = kept.subarray(length);
    return taken;
  };
}
