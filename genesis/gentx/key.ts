import { secp256k1 } from "@noble/curves/secp256k1.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { said } from "../document/said.ts";
import { DecodeError, type Fields, show } from "./go-json.ts";
import { bytesField, messageField, numberField, textField, varint } from "./wire.ts";

/** A public key as a gentx spells it. */
export type PublicKey =
  | { readonly kind: "secp256k1" | "ed25519"; readonly url: string; readonly key: Uint8Array }
  /** Ethermint's: another hash and another address. */
  | { readonly kind: "ethsecp256k1"; readonly url: string; readonly key: Uint8Array }
  | {
      readonly kind: "multisig";
      readonly url: string;
      readonly threshold: number;
      readonly keys: readonly PublicKey[];
    };

const kinds: Readonly<Record<string, PublicKey["kind"]>> = {
  "/cosmos.crypto.secp256k1.PubKey": "secp256k1",
  "/cosmos.crypto.ed25519.PubKey": "ed25519",
  "/cosmos.crypto.multisig.LegacyAminoPubKey": "multisig",
  "/ethermint.crypto.v1.ethsecp256k1.PubKey": "ethsecp256k1",
  "/injective.crypto.v1beta1.ethsecp256k1.PubKey": "ethsecp256k1",
};
const nestedMax = 4;

/** Reads a key from its `@type` and fields, and notes that all of them were read. */
export function readKey(fields: Fields, depth = 0): PublicKey {
  const url = fields.text("@type");
  const kind = Object.hasOwn(kinds, url) ? kinds[url] : undefined;
  if (url === "") {
    throw new DecodeError(said`${fields.path} has no @type; a key is {"@type": "/cosmos.crypto.…", "key": "…"}`);
  }
  if (kind === undefined)
    throw new DecodeError(said`${fields.path} is of the type ${show(url)}, which is no known key`);
  if (kind === "multisig") {
    if (depth >= nestedMax) throw new DecodeError(said`${fields.path} nests keys too deep`);
    const threshold = Number(fields.uint("threshold", 32));
    const keys = fields.objects("public_keys").map((inner) => readKey(inner, depth + 1));
    fields.end();
    return { kind, url, threshold, keys };
  }
  const key = fields.bytes("key");
  fields.end();
  return { kind, url, key };
}

/** A key as a `google.protobuf.Any`'s content. */
export function encodeKey(key: PublicKey): Uint8Array {
  const value =
    key.kind === "multisig"
      ? concatBytes(numberField(1, BigInt(key.threshold)), ...key.keys.map((one) => messageField(2, encodeKey(one))))
      : bytesField(1, key.key);
  return concatBytes(textField(1, key.url), bytesField(2, value));
}

/** How many keys can sign in it: the SDK bounds them (`tx_sig_limit`). */
export function countKeys(key: PublicKey): number {
  return key.kind === "multisig" ? key.keys.reduce((sum, one) => sum + countKeys(one), 0) : 1;
}

/** Every single key's bytes. */
export function singleKeys(key: PublicKey): readonly Uint8Array[] {
  return key.kind === "multisig" ? key.keys.flatMap(singleKeys) : [key.key];
}

/** The address that a key stands for. Null: the key is malformed, and the SDK panics over it. */
export function addressOf(key: PublicKey): Uint8Array | null {
  switch (key.kind) {
    case "secp256k1":
      return key.key.length === 33 ? ripemd160(sha256(key.key)) : null;
    case "ed25519":
      return key.key.length === 32 ? sha256(key.key).slice(0, 20) : null;
    case "ethsecp256k1":
      return ethereumAddress(key.key);
    case "multisig": {
      const bytes = aminoKey(key);
      return bytes === null ? null : sha256(bytes).slice(0, 20);
    }
  }
}

function ethereumAddress(key: Uint8Array): Uint8Array | null {
  if (key.length !== 33) return null;
  try {
    return keccak_256(secp256k1.Point.fromBytes(key).toBytes(false).slice(1)).slice(12);
  } catch {
    return null;
  }
}

const aminoPrefixes = {
  secp256k1: Uint8Array.of(0xeb, 0x5a, 0xe9, 0x87, 0x21),
  ed25519: Uint8Array.of(0x16, 0x24, 0xde, 0x64, 0x20),
  multisig: Uint8Array.of(0x22, 0xc1, 0xf7, 0xe2),
};

/** A key in amino's binary form, which a multisig's address is made of. */
function aminoKey(key: PublicKey): Uint8Array | null {
  if (key.kind === "ethsecp256k1") return null;
  if (key.kind !== "multisig") {
    const size = key.kind === "secp256k1" ? 33 : 32;
    return key.key.length === size ? concatBytes(aminoPrefixes[key.kind], key.key) : null;
  }
  const inner = key.keys.map(aminoKey);
  if (inner.includes(null)) return null;
  const keys = inner.map((bytes) => messageField(2, bytes ?? new Uint8Array()));
  return concatBytes(aminoPrefixes.multisig, Uint8Array.of(8), varint(BigInt(key.threshold)), ...keys);
}
