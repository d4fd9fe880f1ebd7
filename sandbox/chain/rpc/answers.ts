import type { Block } from "../block.ts";
import type { Event } from "../events.ts";
import { type BlockId, blockProtocol, type Header } from "../header.ts";
import type { TxResult } from "../run.ts";
import type { Placed } from "../tx-search.ts";
import type { Commit, Validator } from "../validator.ts";

/** Shapes of CometBFT 0.38's JSON: hashes in upper-case hex, bytes in base64, 64-bit numbers as text. */

/** Bytes as CometBFT's HexBytes. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}

/** Bytes as Go's []byte. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** RFC 3339 with the nanoseconds that there are, trailing zeros cut (Go's RFC3339Nano). */
export function time(timeNs: bigint): string {
  const seconds = new Date(Number(timeNs / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const fraction = `${timeNs % 1_000_000_000n}`.padStart(9, "0").replace(/0+$/, "");
  return fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

/** BlockID; an absent one has empty hashes. */
export function blockIdAnswer(id: BlockId | null): object {
  if (id === null) return { hash: "", parts: { total: 0, hash: "" } };
  return { hash: hex(id.hash), parts: { total: id.partsTotal, hash: hex(id.partsHash) } };
}

/** Header. */
export function headerAnswer(header: Header): object {
  return {
    version: { block: `${blockProtocol}` },
    chain_id: header.chainId,
    height: `${header.height}`,
    time: time(header.timeNs),
    last_block_id: blockIdAnswer(header.lastBlockId),
    last_commit_hash: hex(header.lastCommitHash),
    data_hash: hex(header.dataHash),
    validators_hash: hex(header.validatorsHash),
    next_validators_hash: hex(header.nextValidatorsHash),
    consensus_hash: hex(header.consensusHash),
    app_hash: hex(header.appHash),
    last_results_hash: hex(header.lastResultsHash),
    evidence_hash: hex(header.evidenceHash),
    proposer_address: hex(header.proposerAddress),
  };
}

/** Commit; that before the first height is empty. */
export function commitAnswer(commit: Commit | null, validator: Validator): object {
  if (commit === null) return { height: "0", round: 0, block_id: blockIdAnswer(null), signatures: [] };
  return {
    height: `${commit.height}`,
    round: 0,
    block_id: blockIdAnswer(commit.blockId),
    signatures: [
      {
        block_id_flag: 2,
        validator_address: hex(validator.address),
        timestamp: time(commit.timeNs),
        signature: base64(commit.signature),
      },
    ],
  };
}

/** ResultBlock. */
export function blockAnswer(block: Block, validator: Validator): object {
  return {
    block_id: blockIdAnswer(block.id),
    block: {
      header: headerAnswer(block.header),
      data: { txs: block.txs.map(base64) },
      evidence: { evidence: [] },
      last_commit: commitAnswer(block.lastCommit, validator),
    },
  };
}

/** BlockMeta. */
export function metaAnswer(block: Block): object {
  return {
    block_id: blockIdAnswer(block.id),
    block_size: `${block.sizeBytes}`,
    header: headerAnswer(block.header),
    num_txs: `${block.txs.length}`,
  };
}

/** ExecTxResult. */
export function resultAnswer(result: TxResult, events: readonly Event[]): object {
  return {
    code: result.code,
    data: result.data.length === 0 ? null : base64(result.data),
    log: result.log,
    info: "",
    gas_wanted: `${result.gasWanted}`,
    gas_used: `${result.gasUsed}`,
    events: events.map(({ type, attributes }) => ({
      type,
      attributes: attributes.map(([key, value]) => ({ key, value, index: true })),
    })),
    codespace: result.codespace,
  };
}

/** ResultTx, without a proof. */
export function placedAnswer(tx: Placed): object {
  return {
    hash: tx.hash,
    height: `${tx.height}`,
    index: tx.index,
    tx_result: resultAnswer(tx.result, tx.events),
    tx: base64(tx.bytes),
  };
}
