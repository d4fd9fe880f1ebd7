import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Greeting } from "../../../domain/validator/peer-look.ts";
import { ByteReader } from "./byte-reader.ts";
import { newEphemeral, sessionOf } from "./key-exchange.ts";
import {
  authSigMost,
  ephemeralBytes,
  nodeInfoMost,
  readAuthSig,
  readEphemeral,
  readNodeInfo,
  writeAuthSig,
  writeEphemeral,
} from "./messages.ts";
import { PeerFailed } from "./peer-failed.ts";
import { SealedFrames, sealedBytes } from "./sealed-frames.ts";

/** A connection of bytes, as the platform's sockets are. */
export type ByteStream = {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
};

/** An honest node's words at most: its ephemeral key, a frame with the proof of its key, ten with its node info, one over. */
const bytesMost = ephemeralBytes + 12 * sealedBytes;
const ed25519 = { name: "Ed25519" };

/**
 * CometBFT's handshake as far as a node tells who and where it is (v0.38, p2p/conn/secret_connection.go and
 * p2p/transport.go), and no further. The node proves its key first; only to the expected one do we show a key, made for
 * this connection alone. We send no node info: a node that took ours would count us as a peer and hand our address on.
 * Throws {@link PeerFailed} on whatever an honest node would not say.
 */
export async function greet({ readable, writable }: ByteStream, expectedId: string): Promise<Greeting> {
  const reader = new ByteReader(readable, bytesMost);
  const writer = writable.getWriter();
  const own = await newEphemeral();
  await writer.write(writeEphemeral(own.publicKey));
  const theirs = readEphemeral(await reader.exactly(ephemeralBytes));
  const session = await sessionOf(own.publicKey, theirs, await own.sharedWith(theirs));
  const frames = new SealedFrames(reader, (bytes) => writer.write(bytes), session);
  const nodeId = await provedId(await frames.receive(authSigMost), session.challenge);
  if (nodeId !== expectedId) return { kind: "node", nodeId, network: null };
  await frames.send(await proof(session.challenge));
  const info = readNodeInfo(await frames.receive(nodeInfoMost));
  if (info.nodeId !== nodeId) throw new PeerFailed("it names another node id than its key has");
  return { kind: "node", nodeId, network: info.network };
}

/** The id of the node whose key signed the challenge. */
async function provedId(message: Uint8Array, challenge: Uint8Array): Promise<string> {
  const { publicKey, signature } = readAuthSig(message);
  const key = await crypto.subtle.importKey("raw", publicKey, ed25519, false, ["verify"]).catch(() => null);
  if (key === null || !(await crypto.subtle.verify(ed25519, key, signature, challenge)))
    throw new PeerFailed("it does not hold the key that it shows");
  return nodeIdOf(publicKey);
}

/** A node's id: the first 20 bytes of the hash of its key. */
export function nodeIdOf(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey).subarray(0, 20));
}

async function proof(challenge: Uint8Array): Promise<Uint8Array> {
  const pair = (await crypto.subtle.generateKey(ed25519, false, ["sign"])) as CryptoKeyPair;
  const publicKey = new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer);
  const signature = new Uint8Array(await crypto.subtle.sign(ed25519, pair.privateKey, challenge));
  return writeAuthSig({ publicKey, signature });
}
