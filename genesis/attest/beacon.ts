import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { addressOf } from "../gentx/key.ts";
import { fromBase64, sameBytes, toBase64 } from "../log/bytes.ts";
import { type BeaconFacts, readBeaconText, writeBeaconText } from "./beacon-text.ts";
import { flaw, type WordFlaw } from "./flaw.ts";
import { originInWord } from "./word.ts";
import { readWordFile, writeWordFile } from "./word-file.ts";

const fileSchema = z.strictObject({
  v: z.literal(1),
  text: z
    .string()
    .max(1024)
    .refine((text) => text.isWellFormed(), "is no text"),
  /** Base64 of the node's Ed25519 key. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "is no base64 of 32 bytes"),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, "is no base64 of 64 bytes"),
});

/** A node's signed word on a genesis: the content of a `beacon` act. */
export type BeaconFile = z.infer<typeof fileSchema>;

/** In which ceremony a beacon must be, and which keys may not sign one. */
export type BeaconContext = {
  readonly chainId: string;
  /** The log's origin. */
  readonly origin: string;
  /** Base64 of the consensus keys in the sealed genesis. */
  readonly consensusKeys: ReadonlySet<string>;
};

/** What a beacon says, or what is wrong with it. */
export type BeaconReading =
  | { readonly ok: true; readonly facts: BeaconFacts }
  | { readonly ok: false; readonly flaws: readonly WordFlaw[] };

/** A beacon as content: its one spelling. */
export function writeBeacon(file: BeaconFile): Uint8Array {
  return writeWordFile(file);
}

/** Reads a beacon in any spelling. A string: what is wrong with it. */
export function readBeaconRequest(bytes: Uint8Array): BeaconFile | string {
  return readWordFile(fileSchema, bytes);
}

/** Reads a beacon's content, which must be in its one spelling. A string: what is wrong with it. */
export function readBeacon(bytes: Uint8Array): BeaconFile | string {
  const file = readBeaconRequest(bytes);
  return typeof file === "string" || sameBytes(writeBeacon(file), bytes) ? file : "it is not in canonical form";
}

/** The node id of an Ed25519 key: the first 20 bytes of its SHA-256, as CometBFT names a peer. */
export function nodeIdOf(publicKey: Uint8Array): string {
  return bytesToHex(addressOf({ kind: "ed25519", url: "", key: publicKey }) ?? new Uint8Array());
}

/** Signs a beacon with a node key's seed. Throws where the facts name another node. */
export function signBeacon(facts: BeaconFacts, seed: Uint8Array): BeaconFile {
  const key = ed25519.getPublicKey(seed);
  if (nodeIdOf(key) !== facts.node) throw new RangeError("the node id is not that of the key");
  const text = writeBeaconText(facts);
  const signature = ed25519.sign(new TextEncoder().encode(text), seed);
  return { v: 1, text, publicKey: toBase64(key), signature: toBase64(signature) };
}

/**
 * Judges a beacon: its text is one of this ceremony, the node that it names signed it, and that node's key is no
 * validator's consensus key. Which operator's the node is, and whether the nonce is ours, is the caller's to judge.
 */
export function judgeBeacon({ text, publicKey, signature }: BeaconFile, context: BeaconContext): BeaconReading {
  // Beacons come from the command line, which speaks English.
  const no = (rule: string, message: string): BeaconReading => ({ ok: false, flaws: [flaw(rule, [message])] });
  // First of all: whoever signs with a consensus key must be told so, whatever else is wrong.
  if (context.consensusKeys.has(publicKey))
    return no("consensus-key", "this key signs blocks: never sign anything else with it; use the key of node_key.json");
  const facts = readBeaconText(text);
  if (facts === null) return no("text", "the text is not that of a beacon, line by line");
  if (facts.chainId !== context.chainId)
    return no("chain-id", `the beacon is for ${facts.chainId}, this ceremony is ${context.chainId}`);
  const own = originInWord(context.origin);
  if (facts.origin !== own)
    return no("origin", `the beacon is for the ceremony at ${facts.origin}, this one is ${own}`);
  const [key, bytes] = [fromBase64(publicKey), fromBase64(signature)];
  if (key === null || bytes === null) return no("signature", "the key or the signature is in no canonical base64");
  const node = nodeIdOf(key);
  if (node !== facts.node) return no("node", `the key is that of the node ${node}, the text names ${facts.node}`);
  if (!signedBy(bytes, text, key)) return no("signature", "the signature is not one of this key over this text");
  return { ok: true, facts };
}

function signedBy(signature: Uint8Array, text: string, key: Uint8Array): boolean {
  try {
    // Strict (RFC 8032): no second signature can be made of one without the key.
    return ed25519.verify(signature, new TextEncoder().encode(text), key, { zip215: false });
  } catch {
    return false;
  }
}
