import { fromHex } from "@cosmjs/encoding";
import { BinaryWriter } from "cosmjs-types/binary";
import { z } from "zod";
import { merkleRoot, upperHex } from "./merkle.ts";
import type { BlockMeta } from "./node.ts";

const hex = z.string().regex(/^([0-9A-Fa-f]{2}){0,64}$/, "is not hex");
const uint = z
  .string()
  .regex(/^\d{1,20}$/, "is not a whole number")
  .transform(BigInt);

/** A whole number that CometBFT writes as text and that fits in a JavaScript number. */
export const heightText = uint.refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER)).transform(Number);

/** A block's header as CometBFT's JSON has it. Source: cometbft v0.38 types/block.go, Header. */
export const headerJson = z.object({
  version: z.object({ block: uint, app: uint.default(0n) }),
  chain_id: z.string().max(50),
  height: heightText,
  time: z.iso.datetime({ offset: true }),
  last_block_id: z.object({ hash: hex, parts: z.object({ total: z.int().min(0), hash: hex }) }),
  last_commit_hash: hex,
  data_hash: hex,
  validators_hash: hex,
  next_validators_hash: hex,
  consensus_hash: hex,
  app_hash: hex,
  last_results_hash: hex,
  evidence_hash: hex,
  proposer_address: hex,
});

/** A header that was read. */
export type Header = z.output<typeof headerJson>;

/** A node's ISO time with its nanoseconds, in ms since 1970. */
export function timeMs(time: string): number {
  return Date.parse(time.replace(/(\.\d{3})\d+/, "$1"));
}

/** What the driver needs of a header, with the hash worked out from its fields. */
export function metaOf(header: Header): BlockMeta {
  return {
    height: header.height,
    hash: headerHash(header),
    lastHash: header.last_block_id.hash.toUpperCase(),
    timeMs: timeMs(header.time),
    dataHash: header.data_hash.toUpperCase(),
  };
}

/**
 * The block's hash: Merkle root over the header's fourteen fields, each in protobuf and empty where it is zero.
 * Source: cometbft v0.38 types/block.go, Header.Hash, and types/encoding_helper.go, cdcEncode.
 */
export function headerHash(header: Header): string {
  const { version, last_block_id: last } = header;
  const parts = message((out) => bytes(varint(out, 1, BigInt(last.parts.total)), 2, fromHex(last.parts.hash)));
  const hashes = [
    header.last_commit_hash,
    header.data_hash,
    header.validators_hash,
    header.next_validators_hash,
    header.consensus_hash,
    header.app_hash,
    header.last_results_hash,
    header.evidence_hash,
    header.proposer_address,
  ];
  const leaves = [
    message((out) => varint(varint(out, 1, version.block), 2, version.app)),
    message((out) => bytes(out, 1, new TextEncoder().encode(header.chain_id))),
    message((out) => varint(out, 1, BigInt(header.height))),
    message((out) => timestamp(out, header.time)),
    // The part set header is written even when it is empty: gogoproto's nullable=false.
    message((out) => bytes(out, 1, fromHex(last.hash)).uint32(tag(2, 2)).bytes(parts)),
    ...hashes.map((value) => message((out) => bytes(out, 1, fromHex(value)))),
  ];
  return upperHex(merkleRoot(leaves));
}

function timestamp(out: BinaryWriter, time: string): BinaryWriter {
  const seconds = Math.floor(timeMs(time) / 1000);
  const nanos = (/\.(\d{1,9})/.exec(time)?.[1] ?? "").padEnd(9, "0");
  return varint(varint(out, 1, BigInt(seconds)), 2, BigInt(nanos));
}

function message(write: (out: BinaryWriter) => BinaryWriter): Uint8Array {
  return Uint8Array.from(write(BinaryWriter.create()).finish());
}

function varint(out: BinaryWriter, field: number, value: bigint): BinaryWriter {
  return value === 0n ? out : out.uint32(tag(field, 0)).int64(value);
}

function bytes(out: BinaryWriter, field: number, value: Uint8Array): BinaryWriter {
  return value.length === 0 ? out : out.uint32(tag(field, 2)).bytes(value);
}

function tag(field: number, wireType: 0 | 2): number {
  return field * 8 + wireType;
}
