import { bytesToHex } from "@noble/hashes/utils.js";
import { sameBytes } from "../log/bytes.ts";
import type { Checkpoint } from "../log/checkpoint.ts";
import { decodeBundle, type Tile, tileBytes, tilePath, tilesOf, tileWidth } from "../log/tiles.ts";
import { CompactRange, completedBy, leafHash, type ReadNode } from "../log/tree.ts";
import type { Download, Finding } from "./download.ts";

/** A log's leaves as they were downloaded, and what is wrong with them. Null: the leaf could not be read. */
export type CheckedLog = {
  readonly leaves: readonly (Uint8Array | null)[];
  readonly findings: readonly Finding[];
  /** The root of the first so many leaves, by the downloaded entries. Null where one of them could not be read. */
  rootAt(size: number): Uint8Array | null;
};

type File = { readonly tile: Tile; readonly path: string; readonly bytes: Uint8Array | null };

/**
 * Checks every tile and entry of a download against the checkpoint. Which of two that disagree is wrong is told by
 * the signed root: it can be made of the true one alone.
 */
export async function checkLog(download: Download, { size, root }: Checkpoint): Promise<CheckedLog> {
  const files: File[] = [];
  for (const tile of tilesOf(size)) {
    const path = tilePath(tile);
    files.push({ tile, path, bytes: await download.read(path) });
  }
  const findings: Finding[] = files
    .filter(({ bytes }) => bytes === null)
    .map(({ path }) => ({ what: "tile", path, message: "this file is missing" }));
  const leaves = files.filter(({ tile }) => tile.level === "entries").flatMap((file) => leavesOf(file, findings));
  const told = files.filter(({ tile }) => tile.level === 0).flatMap(hashesOf);
  const own = leaves.map((leaf) => leaf && leafHash(leaf));
  const rootAt = (count: number) => rootOfHashes(own.slice(0, count));
  if (sameRoot(rootAt(size), root)) findings.push(...wrongTiles(files, own));
  else if (sameRoot(rootOfHashes(told), root)) findings.push(...wrongLeaves(own, told));
  else findings.push({ what: "root", message: noRoot(own, told, root) }, ...wrongLeaves(own, told));
  return { leaves, findings, rootAt };
}

function leavesOf({ tile, path, bytes }: File, findings: Finding[]): (Uint8Array | null)[] {
  const leaves = bytes === null ? null : decodeBundle(bytes, tile.width);
  if (bytes !== null && leaves === null) {
    findings.push({ what: "tile", path, message: `its lengths do not add up to ${tile.width} entries` });
  }
  return leaves ?? Array.from({ length: tile.width }, () => null);
}

function hashesOf({ tile, bytes }: File): (Uint8Array | null)[] {
  const whole = bytes?.length === tile.width * 32;
  return Array.from({ length: tile.width }, (_, at) => (whole ? bytes.slice(at * 32, at * 32 + 32) : null));
}

function rootOfHashes(hashes: readonly (Uint8Array | null)[]): Uint8Array | null {
  const range = new CompactRange();
  for (const hash of hashes) {
    if (hash === null) return null;
    range.add(hash);
  }
  return range.root();
}

function sameRoot(found: Uint8Array | null, root: Uint8Array): boolean {
  return found !== null && sameBytes(found, root);
}

/** The entries are true: each tile must be what they make. */
function wrongTiles(files: readonly File[], own: readonly (Uint8Array | null)[]): Finding[] {
  const read = nodesOf(own.filter((hash) => hash !== null));
  return files.flatMap(({ tile, path, bytes }): Finding[] => {
    if (tile.level === "entries" || bytes === null) return [];
    const expected = tileBytes(tile.level, tile, read);
    if (sameBytes(bytes, expected)) return [];
    const at = expected.findIndex((byte, place) => byte !== bytes[place]);
    const where = at < 0 ? "it goes on behind its last hash" : `its hash ${Math.floor(at / 32)} is wrong`;
    const leaf = tile.level === 0 && at >= 0 ? { index: tile.index * tileWidth + Math.floor(at / 32) } : {};
    return [{ what: "tile", path, ...leaf, message: `${where}: the entries make another` }];
  });
}

function nodesOf(hashes: readonly Uint8Array[]): ReadNode {
  const nodes = new Map<string, Uint8Array>();
  const read: ReadNode = (level, index) => {
    const hash = nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new RangeError(`no node ${level}/${index}`);
    return hash;
  };
  hashes.forEach((hash, index) => {
    for (const node of completedBy(index, hash, read)) nodes.set(`${node.level}/${node.index}`, node.hash);
  });
  return read;
}

/** The tiles are true, or nothing is: each entry must have its tile's hash. */
function wrongLeaves(own: readonly (Uint8Array | null)[], told: readonly (Uint8Array | null)[]): Finding[] {
  const places = new Map(told.flatMap((hash, index) => (hash === null ? [] : [[bytesToHex(hash), index] as const])));
  return own.flatMap((hash, index): Finding[] => {
    const expected = told[index] ?? null;
    if (hash === null || expected === null || sameBytes(hash, expected)) return [];
    const path = tilePath({
      level: "entries",
      index: Math.floor(index / tileWidth),
      width: widthAt(index, own.length),
    });
    const place = places.get(bytesToHex(hash));
    if (place !== undefined)
      return [{ what: "order", path, index, message: `the log has this entry as number ${place}` }];
    return [{ what: "leaf", path, index, message: "this entry is not the one that was logged" }];
  });
}

function widthAt(index: number, size: number): number {
  return Math.min(tileWidth, size - Math.floor(index / tileWidth) * tileWidth);
}

function noRoot(own: readonly (Uint8Array | null)[], told: readonly (Uint8Array | null)[], root: Uint8Array): string {
  const say = (hash: Uint8Array | null) => (hash === null ? "none" : bytesToHex(hash));
  return `the checkpoint signs ${bytesToHex(root)}; the entries make ${say(rootOfHashes(own))}, the tiles ${say(rootOfHashes(told))}`;
}
