import { merkleRoot, sha256 } from "./merkle.ts";
import { bytesField, messageField, timestamp, varintField } from "./wire.ts";

/** A block's hash and the root of its parts. */
export type BlockId = { readonly hash: Uint8Array; readonly partsTotal: number; readonly partsHash: Uint8Array };

/** A CometBFT 0.38 header. */
export type Header = {
  readonly chainId: string;
  readonly height: number;
  readonly timeNs: bigint;
  /** Null at the first height. */
  readonly lastBlockId: BlockId | null;
  readonly lastCommitHash: Uint8Array;
  readonly dataHash: Uint8Array;
  readonly validatorsHash: Uint8Array;
  readonly nextValidatorsHash: Uint8Array;
  readonly consensusHash: Uint8Array;
  readonly appHash: Uint8Array;
  readonly lastResultsHash: Uint8Array;
  readonly evidenceHash: Uint8Array;
  readonly proposerAddress: Uint8Array;
};

/** Block protocol of CometBFT 0.38 (version/version.go), app version 0. */
export const blockProtocol = 11n;

/** BlockID as protobuf; an absent one still writes its empty part set header. */
export function encodeBlockId(id: BlockId | null): Buffer {
  if (id === null) return messageField(2, new Uint8Array());
  const parts = Buffer.concat([varintField(1, BigInt(id.partsTotal)), bytesField(2, id.partsHash)]);
  return Buffer.concat([bytesField(1, id.hash), messageField(2, parts)]);
}

/**
 * Header.Hash of cometbft types/block.go: the merkle root of 14 encoded fields. Note that `hashBlock` of
 * @cosmjs/tendermint-rpc is another function: it leaves out the wrapper messages' tags (cdcEncode) and so fails
 * CometBFT's own vector in types/block_test.go.
 */
export function headerHash(header: Header, version = { block: blockProtocol, app: 0n }): Buffer {
  return merkleRoot([
    Buffer.concat([varintField(1, version.block), varintField(2, version.app)]),
    bytesField(1, Buffer.from(header.chainId)),
    varintField(1, BigInt(header.height)),
    timestamp(header.timeNs),
    encodeBlockId(header.lastBlockId),
    bytesField(1, header.lastCommitHash),
    bytesField(1, header.dataHash),
    bytesField(1, header.validatorsHash),
    bytesField(1, header.nextValidatorsHash),
    bytesField(1, header.consensusHash),
    bytesField(1, header.appHash),
    bytesField(1, header.lastResultsHash),
    bytesField(1, header.evidenceHash),
    bytesField(1, header.proposerAddress),
  ]);
}

/** Txs.Hash of cometbft types/tx.go: the leaves are the transactions' SHA-256. */
export function dataHash(txs: readonly Uint8Array[]): Buffer {
  return merkleRoot(txs.map((tx) => sha256(tx)));
}
