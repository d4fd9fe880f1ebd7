import { gentxBytesMax } from "../../../genesis/gentx/judge.ts";

/**
 * What the Worker takes of a base genesis, in bytes: an isolate has 128 MB for all that it does, and a genesis is held
 * there as text, as a tree and as bytes at one time. Measured in docs/benchmarks.md; larger ceremonies are assembled on
 * the command line.
 */
export const baseBytesMax = 4 * 1024 * 1024;
/** A row of an allocation list becomes an account and a balance, about four times as long. */
const rowGrowth = 4;
/** See {@link baseBytesMax}. */
export const allocationsBytesMax = baseBytesMax / rowGrowth;

/** What is left for a base genesis beside an allocation list of this length. */
export function baseRoom(allocationBytes: number): number {
  return Math.max(0, baseBytesMax - allocationBytes * rowGrowth);
}

/** What is left for an allocation list beside a base genesis of this length. */
export function allocationsRoom(baseBytes: number): number {
  return Math.max(0, Math.floor((baseBytesMax - baseBytes) / rowGrowth));
}

/** The largest gentx, attestation or beacon; real ones have about 2 KiB. */
export const handedInBytesMax = gentxBytesMax;
