import { bytesToHex } from "@noble/hashes/utils.js";
import type { LogStorage } from "../../../genesis/log/storage.ts";
import { completedBy, leafHash } from "../../../genesis/log/tree.ts";

/** A log in memory, for tests. */
export function memoryLog(): LogStorage & { leaves: Uint8Array[] } {
  const leaves: Uint8Array[] = [];
  const nodes = new Map<string, Uint8Array>();
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new RangeError("not in the log");
    return value;
  };
  return {
    leaves,
    size: () => leaves.length,
    leaf: (index) => there(leaves[index]),
    node: (level, index) => there(nodes.get(`${level}/${index}`)),
    append(leaf, added) {
      leaves.push(leaf);
      for (const { level, index, hash } of added) nodes.set(`${level}/${index}`, hash);
    },
  };
}

/** The log of the vectors: leaf i is the text "leaf i". */
export function grown(size: number): LogStorage & { leaves: Uint8Array[] } {
  const log = memoryLog();
  for (let index = 0; index < size; index += 1) {
    const leaf = new TextEncoder().encode(`leaf ${index}`);
    log.append(leaf, completedBy(index, leafHash(leaf), log.node));
  }
  return log;
}

export const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map(bytesToHex);
