import { BinaryWriter } from "cosmjs-types/binary";
import { bytesOf, type Fields, readFields } from "../wire.ts";
import { PeerFailed } from "./peer-failed.ts";
import { delimited } from "./sealed-frames.ts";

/** Bytes of the first message: its length, a field's tag, the key's length, the key. */
export const ephemeralBytes = 35;
const ephemeralHead = [34, 10, 32];

/** The most bytes of a proof of a key, and of what a node says of itself (CometBFT v0.38, p2p/node_info.go). */
export const [authSigMost, nodeInfoMost] = [256, 10_240];

/** A signature over a connection's challenge, and the Ed25519 key that made it. */
export type AuthSig = { readonly publicKey: Uint8Array; readonly signature: Uint8Array };

/** What is taken of what a node says of itself. `network` is null where it is no chain id. */
export type NodeInfo = { readonly nodeId: string; readonly network: string | null };

/** An ephemeral key as the first message, a `BytesValue` after its length. */
export function writeEphemeral(key: Uint8Array): Uint8Array {
  return delimited(BinaryWriter.create().uint32(10).bytes(key).finish());
}

/** Reads {@link writeEphemeral}, strictly. Throws {@link PeerFailed}. */
export function readEphemeral(bytes: Uint8Array): Uint8Array {
  if (ephemeralHead.some((byte, at) => bytes[at] !== byte)) throw new PeerFailed("it does not begin as a node does");
  return bytes.slice(ephemeralHead.length);
}

/** `AuthSigMessage` of proto/tendermint/p2p/conn.proto. */
export function writeAuthSig({ publicKey, signature }: AuthSig): Uint8Array {
  const key = BinaryWriter.create().uint32(10).bytes(publicKey).finish();
  return BinaryWriter.create().uint32(10).bytes(key).uint32(18).bytes(signature).finish();
}

/** Reads {@link writeAuthSig}. Throws {@link PeerFailed}, also where the key is not Ed25519. */
export function readAuthSig(bytes: Uint8Array): AuthSig {
  const fields = fieldsOf(bytes);
  const [publicKey, signature] = [bytesOf(fieldsOf(bytesOf(fields, 1)), 1), bytesOf(fields, 2)];
  if (publicKey.length !== 32 || signature.length !== 64) throw new PeerFailed("it shows no Ed25519 key");
  return { publicKey, signature };
}

/** Reads `DefaultNodeInfo` of proto/tendermint/p2p/types.proto. Throws {@link PeerFailed} on bytes that are none. */
export function readNodeInfo(bytes: Uint8Array): NodeInfo {
  const fields = fieldsOf(bytes);
  const [nodeId, network] = [2, 4].map((number) => new TextDecoder().decode(bytesOf(fields, number)));
  if (nodeId === undefined || !/^[0-9a-fA-F]{40}$/.test(nodeId)) throw new PeerFailed("it names no node id");
  const isChainId = network !== undefined && /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,49}$/.test(network);
  return { nodeId: nodeId.toLowerCase(), network: isChainId ? network : null };
}

function fieldsOf(bytes: Uint8Array): Fields {
  try {
    return readFields(bytes);
  } catch (error) {
    throw new PeerFailed("a message can't be read", { cause: error });
  }
}
