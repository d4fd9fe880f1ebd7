import { createHash, createPublicKey, verify } from "node:crypto";
import { Comet38Client, type comet38 } from "@cosmjs/tendermint-rpc";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataHash, type Header, headerHash } from "../../sandbox/chain/header.ts";
import { merkleRoot } from "../../sandbox/chain/merkle.ts";
import { type Bench, openBench, rpc, sendTo, someone } from "./payer.ts";

let bench: Bench;
let comet: Comet38Client;
beforeEach(async () => {
  bench = await openBench();
  comet = await Comet38Client.connect(bench.chain.rpcUrl);
});
afterEach(async () => {
  comet.disconnect();
  await bench.close();
});

const sha = (text: string) => createHash("sha256").update(text).digest();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();

test("a header's hash is CometBFT's own test vector (types/block_test.go, TestHeaderHash)", () => {
  const zero = new Uint8Array(32);
  const header = {
    chainId: "chainId",
    height: 3,
    timeNs: BigInt(Date.UTC(2019, 9, 13, 16, 14, 44)) * 1_000_000n,
    lastBlockId: { hash: zero, partsTotal: 6, partsHash: zero },
    lastCommitHash: sha("last_commit_hash"),
    dataHash: sha("data_hash"),
    validatorsHash: sha("validators_hash"),
    nextValidatorsHash: sha("next_validators_hash"),
    consensusHash: sha("consensus_hash"),
    appHash: sha("app_hash"),
    lastResultsHash: sha("last_results_hash"),
    evidenceHash: sha("evidence_hash"),
    proposerAddress: sha("proposer_address").subarray(0, 20),
  };
  const hash = headerHash(header, { block: 1n, app: 2n });
  expect(hex(hash)).toBe("F740121F553B5418C3EFBD343C2DBFE9E007BB67B0D020A0741374BAB65242A4");
});

const leafHash = (bytes: Uint8Array) => createHash("sha256").update(Buffer.of(0)).update(bytes).digest();
const innerHash = (left = Buffer.alloc(0), right = Buffer.alloc(0)) =>
  createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();

/** The header as a client sees it, in the form that can be hashed. */
function asHeader(header: comet38.Header): Header {
  const { lastBlockId, time } = header;
  return {
    chainId: header.chainId,
    height: header.height,
    timeNs: BigInt(time.getTime()) * 1_000_000n + BigInt(time.nanoseconds ?? 0),
    lastBlockId: lastBlockId && {
      hash: lastBlockId.hash,
      partsTotal: lastBlockId.parts.total,
      partsHash: lastBlockId.parts.hash,
    },
    lastCommitHash: header.lastCommitHash,
    dataHash: header.dataHash,
    validatorsHash: header.validatorsHash,
    nextValidatorsHash: header.nextValidatorsHash,
    consensusHash: header.consensusHash,
    appHash: header.appHash,
    lastResultsHash: header.lastResultsHash,
    evidenceHash: header.evidenceHash,
    proposerAddress: header.proposerAddress,
  };
}

test("every block's hash, link and data hash follow from what the node answers", async () => {
  for (let sequence = 0; sequence < 5; sequence++) {
    await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 1)], { sequence }));
    if (sequence !== 2) bench.chain.makeBlock();
  }
  bench.chain.makeBlock();
  let last: Uint8Array | null = null;
  let lastTime = 0n;
  for (let height = 1; height <= bench.chain.height(); height++) {
    const { block, blockId } = await comet.block(height);
    const header = asHeader(block.header);
    expect(hex(headerHash(header))).toBe(hex(blockId.hash));
    expect(header.lastBlockId?.hash ?? null).toEqual(last);
    expect(hex(dataHash(block.txs))).toBe(hex(header.dataHash));
    expect(header.timeNs > lastTime).toBe(true);
    last = blockId.hash;
    lastTime = header.timeNs;
  }
  const { block: withTwo } = await comet.block(4);
  const [first, second] = withTwo.txs.map((tx) => leafHash(createHash("sha256").update(tx).digest()));
  expect(hex(withTwo.header.dataHash)).toBe(hex(innerHash(first, second)));
});

test("a block without transactions has the hash of nothing as data hash", async () => {
  const { block } = await comet.block(1);
  expect(hex(block.header.dataHash)).toBe("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
});

test("the app hash changes with the state and with nothing else", async () => {
  const { chain } = bench;
  const appHash = async () => hex((await comet.block(chain.makeBlock())).block.header.appHash);
  const before = await appHash();
  expect(await appHash()).toBe(before);
  await bench.send(await bench.sign([sendTo(bench.payer, someone("a"), 1)]));
  // A header carries the hash of the state before its own block.
  expect(await appHash()).toBe(before);
  expect(await appHash()).not.toBe(before);
});

test("a commit carries the validator's valid signature over its block", async () => {
  bench.chain.makeBlock();
  const { commit, header } = await comet.commit(1);
  const { validatorInfo } = await comet.status();
  const [signature] = commit.signatures;
  const spki = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    validatorInfo.pubkey?.data ?? new Uint8Array(),
  ]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  expect(hex(commit.blockId.hash)).toBe(hex(headerHash(asHeader(header))));
  const timeNs =
    BigInt(signature?.timestamp?.getTime() ?? 0) * 1_000_000n + BigInt(signature?.timestamp?.nanoseconds ?? 0);
  const signed = voteBytes(commit.blockId.hash, commit.blockId.parts.hash, timeNs);
  expect(verify(null, signed, key, signature?.signature ?? new Uint8Array())).toBe(true);
});

/** CanonicalVote of height 1, round 0, written out by hand. */
function voteBytes(hash: Uint8Array, partsHash: Uint8Array, timeNs: bigint): Buffer {
  const varint = (value: bigint): number[] =>
    value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)];
  const blockId = [0x0a, 32, ...hash, 0x12, 36, 0x08, 1, 0x12, 32, ...partsHash];
  const nanos = timeNs % 1_000_000_000n;
  const time = [0x08, ...varint(timeNs / 1_000_000_000n), ...(nanos === 0n ? [] : [0x10, ...varint(nanos)])];
  const height = [0x11, 1, 0, 0, 0, 0, 0, 0, 0];
  const chainId = [...Buffer.from("box-1")];
  const vote = [
    0x08,
    2,
    ...height,
    0x22,
    blockId.length,
    ...blockId,
    0x2a,
    time.length,
    ...time,
    0x32,
    chainId.length,
    ...chainId,
  ];
  return Buffer.from([vote.length, ...vote]);
}

test("metas come newest first, twenty at most", async () => {
  for (let made = 0; made < 29; made++) bench.chain.makeBlock();
  const heights = async (min: number, max: number) =>
    (await comet.blockchain(min, max)).blockMetas.map(({ header }) => header.height);
  expect(await heights(1, 30)).toEqual(Array.from({ length: 20 }, (_, index) => 30 - index));
  expect(await heights(3, 4)).toEqual([4, 3]);
  expect((await rpc(bench.chain, "blockchain", { minHeight: "31", maxHeight: "40" })).error?.data).toBe(
    "min height 31 can't be greater than max height 30",
  );
});

test("a merkle root splits at the largest power of two below the count", () => {
  const leaf = (text: string) => leafHash(Buffer.from(text));
  const root = merkleRoot(["a", "b", "c"].map((text) => Buffer.from(text)));
  expect(hex(root)).toBe(hex(innerHash(innerHash(leaf("a"), leaf("b")), leaf("c"))));
});
