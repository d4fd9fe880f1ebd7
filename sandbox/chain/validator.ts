import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { type BlockId, encodeBlockId } from "./header.ts";
import { merkleRoot, sha256 } from "./merkle.ts";
import { bytesField, fixed64Field, messageField, timestamp, varint, varintField } from "./wire.ts";

/** The one validator's precommit for a block. */
export type Commit = {
  readonly height: number;
  readonly blockId: BlockId;
  readonly timeNs: bigint;
  readonly signature: Uint8Array;
};

/** The chain's only validator: it proposes and signs every block. */
export type Validator = {
  readonly address: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly power: bigint;
  /** ValidatorSet.Hash of the set that holds it alone. */
  readonly setHash: Uint8Array;
  precommit(chainId: string, height: number, blockId: BlockId, timeNs: bigint): Commit;
};

const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** Makes the validator whose ed25519 seed is the 32 bytes given. */
export function makeValidator(seed: Uint8Array): Validator {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const power = 500_000n;
  const simple = Buffer.concat([messageField(1, bytesField(1, publicKey)), varintField(2, power)]);
  return {
    address: sha256(publicKey).subarray(0, 20),
    publicKey,
    power,
    setHash: merkleRoot([simple]),
    precommit: (chainId, height, blockId, timeNs) => {
      const vote = Buffer.concat([
        varintField(1, 2n),
        fixed64Field(2, BigInt(height)),
        messageField(4, encodeBlockId(blockId)),
        messageField(5, timestamp(timeNs)),
        bytesField(6, Buffer.from(chainId)),
      ]);
      const signature = sign(null, Buffer.concat([varint(BigInt(vote.length)), vote]), key);
      return { height, blockId, timeNs, signature };
    },
  };
}

/** Commit.Hash of cometbft types/block.go; of no commit, at the first height, the hash of nothing. */
export function commitHash(commit: Commit | null, validator: Validator): Buffer {
  if (commit === null) return merkleRoot([]);
  return merkleRoot([
    Buffer.concat([
      varintField(1, 2n),
      bytesField(2, validator.address),
      messageField(3, timestamp(commit.timeNs)),
      bytesField(4, commit.signature),
    ]),
  ]);
}
