import { leavesMax, type ReadNode } from "./tree.ts";

/** Hashes in a full tile and leaves in a full entry bundle (C2SP tlog-tiles). */
export const tileWidth = 256;
/** The longest leaf that a bundle's 16-bit length can say. */
export const entryBytesMax = 0xffff;

/** One file of the log: a tile of hashes at a level of 8 tree levels each, or a bundle of entries. */
export type Tile = {
  readonly level: number | "entries";
  readonly index: number;
  /** 1 to 256; below that the tile is partial. */
  readonly width: number;
};

/** Where a tile lies: `tile/<L>/<N>[.p/<W>]`, with N in groups of three digits, all but the last with an `x`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const number = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${number}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** Reads a tile's path. Null for any but the one spelling that {@link tilePath} writes. */
export function parseTilePath(path: string): Tile | null {
  if (path.length > 64) return null;
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return null;
  const [, level = "", number = "", width] = match;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: Number(number.replaceAll(/[x/]/g, "")),
    width: width === undefined ? tileWidth : Number(width),
  };
  const sound = tile.index <= leavesMax && tile.width >= 1 && tile.width <= tileWidth;
  return sound && tilePath(tile) === path ? tile : null;
}

/** All tiles and bundles of a tree of `size` leaves, levels from below, each at the width it has at that size. */
export function tilesOf(size: number): Tile[] {
  const tiles = row("entries", size);
  for (let [level, nodes] = [0, size]; nodes > 0; level += 1, nodes = Math.floor(nodes / tileWidth)) {
    tiles.push(...row(level, nodes));
  }
  return tiles;
}

function row(level: Tile["level"], count: number): Tile[] {
  return Array.from({ length: Math.ceil(count / tileWidth) }, (_, index) => ({
    level,
    index,
    width: Math.min(tileWidth, count - index * tileWidth),
  }));
}

/** Whether a tree of `size` leaves has this tile, at this width or a greater one. */
export function hasTile({ level, index, width }: Tile, size: number): boolean {
  const nodes = level === "entries" ? size : Math.floor(size / tileWidth ** level);
  return index * tileWidth + width <= nodes;
}

/** The bytes of a tile of hashes: its nodes from the left, 32 bytes each. */
export function tileBytes(level: number, { index, width }: Omit<Tile, "level">, read: ReadNode): Uint8Array {
  const bytes = new Uint8Array(width * 32);
  for (let at = 0; at < width; at += 1) bytes.set(read(level * 8, index * tileWidth + at), at * 32);
  return bytes;
}

/** An entry bundle: each leaf behind its length in two bytes, big-endian. Throws on a leaf that is too long. */
export function encodeBundle(leaves: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(leaves.reduce((sum, leaf) => sum + 2 + leaf.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const leaf of leaves) {
    if (leaf.length > entryBytesMax) throw new RangeError(`a leaf has at most ${entryBytesMax} bytes`);
    view.setUint16(at, leaf.length);
    bytes.set(leaf, at + 2);
    at += 2 + leaf.length;
  }
  return bytes;
}

/** Reads a bundle of exactly `count` leaves. Null when it ends early or goes on. */
export function decodeBundle(bytes: Uint8Array, count: number): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (leaves.length < count) {
    if (at + 2 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) return null;
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return at === bytes.length ? leaves : null;
}
