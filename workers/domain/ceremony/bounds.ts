import { gentxBytesMax } from "../../../genesis/gentx/judge.ts";

/**
 * What the Worker takes of a base genesis and of an allocation list, in bytes: an isolate has 128 MB for all that it
 * does, and a genesis is held there as text, as a tree and as bytes at one time. Measured in docs/benchmarks.md; larger
 * ceremonies are assembled on the command line.
 */
export const baseBytesMax = 4 * 1024 * 1024;
/** See {@link baseBytesMax}. */
export const allocationsBytesMax = 4 * 1024 * 1024;

/** The largest gentx, attestation or beacon; real ones have about 2 KiB. */
export const handedInBytesMax = gentxBytesMax;
