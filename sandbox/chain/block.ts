import type { Account } from "./accounts.ts";
import { type BlockId, blockProtocol, dataHash, type Header, headerHash } from "./header.ts";
import { merkleRoot, sha256 } from "./merkle.ts";
import type { ChainSettings } from "./options.ts";
import type { TxResult } from "./run.ts";
import { type Commit, commitHash, type Validator } from "./validator.ts";
import { bytesField, varintField } from "./wire.ts";

/** A block with what became of its transactions. */
export type Block = {
  readonly header: Header;
  readonly id: BlockId;
  readonly txs: readonly Uint8Array[];
  readonly results: readonly TxResult[];
  /** The validator's signature over the block before; null at the first height. */
  readonly lastCommit: Commit | null;
  readonly sizeBytes: number;
};

/** What the next block has to know of the last one. */
export type Tip = {
  readonly height: number;
  /** Null before the first block. */
  readonly id: BlockId | null;
  readonly timeNs: bigint;
  /** State after this block; the next header carries it. */
  readonly appHash: Uint8Array;
  /** Hash of this block's results; the next header carries it. */
  readonly resultsHash: Uint8Array;
};

/** What a chain starts from. */
export type Genesis = {
  readonly chainId: string;
  readonly timeNs: bigint;
  /** 32 bytes, new for each genesis: so that two chains of one id never share a hash. */
  readonly validatorSeed: Uint8Array;
  readonly accounts: readonly (readonly [address: string, account: Account])[];
};

const nothingHash = merkleRoot([]);
/** types.BlockPartSizeBytes of CometBFT. */
const partBytes = 65_536;

/** The tip before the first block. Header 1 carries the hash of nothing as app hash, as SDK chains do. */
export function genesisTip(genesis: Genesis): Tip {
  return { height: 0, id: null, timeNs: genesis.timeNs, appHash: nothingHash, resultsHash: nothingHash };
}

/** Puts a block together on top of a tip. The block's own results do not enter its header. */
export function buildBlock(
  settings: ChainSettings,
  validator: Validator,
  tip: Tip,
  timeNs: bigint,
  txs: readonly Uint8Array[],
  results: readonly TxResult[],
): Block {
  const lastCommit = tip.id === null ? null : validator.precommit(settings.chainId, tip.height, tip.id, timeNs);
  const header: Header = {
    chainId: settings.chainId,
    height: tip.height + 1,
    timeNs,
    lastBlockId: tip.id,
    lastCommitHash: commitHash(lastCommit, validator),
    dataHash: dataHash(txs),
    validatorsHash: validator.setHash,
    nextValidatorsHash: validator.setHash,
    consensusHash: consensusHash(settings),
    appHash: tip.appHash,
    lastResultsHash: tip.resultsHash,
    evidenceHash: nothingHash,
    proposerAddress: validator.address,
  };
  const hash = headerHash(header);
  const parts = partSet(hash, txs);
  return { header, id: { hash, ...parts }, txs, results, lastCommit, sizeBytes: parts.sizeBytes };
}

/** ConsensusParams.Hash of cometbft types/params.go. */
function consensusHash({ limits }: ChainSettings): Buffer {
  const params = [varintField(1, BigInt(limits.blockBytesMax)), varintField(2, BigInt(limits.blockGasMax))];
  return sha256(Buffer.concat(params));
}

/** The parts' root commits to header and transactions. Its bytes differ from CometBFT's; only gossip uses them. */
function partSet(hash: Uint8Array, txs: readonly Uint8Array[]) {
  const bytes = Buffer.concat([varintField(1, blockProtocol), hash, ...txs.map((tx) => bytesField(2, tx))]);
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += partBytes) parts.push(bytes.subarray(start, start + partBytes));
  return { partsTotal: parts.length, partsHash: merkleRoot(parts), sizeBytes: bytes.length };
}
