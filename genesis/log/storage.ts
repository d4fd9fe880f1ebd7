import type { Node } from "./tree.ts";

/**
 * Where a log lives. Its calls are synchronous, so that reading the size, judging an act and adding it are one step:
 * a Durable Object's SQLite can do that, and tests do it in memory.
 */
export type LogStorage = {
  /** How many leaves there are. */
  size(): number;
  /** A leaf's bytes. Throws for one that is not there. */
  leaf(index: number): Uint8Array;
  /** The hash of a full subtree. Throws for one that is not there. */
  node(level: number, index: number): Uint8Array;
  /** Adds the leaf that comes next and the subtrees that it completes, all or nothing. */
  append(leaf: Uint8Array, nodes: readonly Node[]): void;
};

/** Where the bytes lie that leaves name by their SHA-256. What was put is never changed or removed. */
export type ContentStore = {
  /** Keeps the bytes and gives their SHA-256 in hexadecimal. Putting the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes of a SHA-256, or null when they were never put. */
  get(sha256: string): Promise<Uint8Array | null>;
};
