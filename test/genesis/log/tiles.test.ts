import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTile } from "../../../genesis/log/log.ts";
import { decodeBundle, encodeBundle, parseTilePath, tilePath, tilesOf } from "../../../genesis/log/tiles.ts";
import { go } from "./go-vectors.ts";
import { grown } from "./grown.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a tile's path", () => {
  it("is what C2SP and Go write", () => {
    expect(tilePath({ level: 0, index: 0, width: 256 })).toBe("tile/0/000");
    expect(tilePath({ level: 1, index: 1234067, width: 5 })).toBe("tile/1/x001/x234/067.p/5");
    expect(tilePath({ level: 2, index: 1000, width: 256 })).toBe("tile/2/x001/000");
    expect(tilePath({ level: "entries", index: 999, width: 255 })).toBe("tile/entries/999.p/255");
  });

  it("is read back, and in one spelling only", () => {
    const any = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const)),
      index: fc.nat(2 ** 31 - 1),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(any, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
    const wrong = [
      "tile/0/0",
      "tile/00/000",
      "tile/0/x000/000",
      "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/0/000.p/05",
    ];
    for (const path of [...wrong, "tile/0/x001", "/tile/0/000", "tile/0/000/", "tile/0/../000", "tile/data/000"]) {
      expect(parseTilePath(path), path).toBeNull();
    }
  });
});

describe("a log's tiles", () => {
  const log = grown(300);

  it("hold the bytes that Go's tiles hold", () => {
    const tile = readTile(log, { level: 0, index: 1, width: 44 });
    expect(tile && bytesToHex(sha256(tile))).toBe(go.tile0);
    const top = readTile(log, { level: 1, index: 0, width: 1 });
    expect(top && bytesToHex(top)).toBe(go.tile1);
  });

  it("are listed once each, at the width that the size gives", () => {
    expect(tilesOf(300).map(tilePath)).toEqual([
      "tile/entries/000",
      "tile/entries/001.p/44",
      "tile/0/000",
      "tile/0/001.p/44",
      "tile/1/000.p/1",
    ]);
    expect(tilesOf(0)).toEqual([]);
    for (const tile of tilesOf(300)) expect(readTile(log, tile)).not.toBeNull();
  });

  it("are not there beyond the log's size", () => {
    for (const tile of [
      { level: 0, index: 1, width: 45 },
      { level: 1, index: 0, width: 2 },
      { level: 1, index: 0, width: 256 },
      { level: 7, index: 0, width: 1 },
      { level: "entries", index: 2, width: 1 },
    ] as const) {
      expect(readTile(log, tile)).toBeNull();
    }
  });
});

describe("an entry bundle", () => {
  it("gives back its leaves, empty and long ones too", () => {
    const leaf = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 40 }), (leaves) => {
        expect(decodeBundle(encodeBundle(leaves), leaves.length)).toEqual(leaves);
      }),
    );
    const long = new Uint8Array(0xffff).fill(1);
    expect(decodeBundle(encodeBundle([long]), 1)).toEqual([long]);
    expect(() => encodeBundle([new Uint8Array(0x10000)])).toThrow(RangeError);
  });

  it("is refused when it ends early, goes on, or holds another number of leaves", () => {
    const two = encodeBundle([bytes("one"), bytes("two")]);
    expect(decodeBundle(two, 1)).toBeNull();
    expect(decodeBundle(two, 3)).toBeNull();
    for (let end = 0; end < two.length; end += 1) expect(decodeBundle(two.subarray(0, end), 2)).toBeNull();
  });
});
