import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { proveConsistency, proveInclusion, verifyConsistency, verifyInclusion } from "../../../genesis/log/proof.ts";
import { CompactRange, emptyRoot, leafHash, rootOf } from "../../../genesis/log/tree.ts";
import { go } from "./go-vectors.ts";
import { grown, hex } from "./grown.ts";

const log = grown(300);
const root = (size: number) => rootOf(size, log.node);

/** RFC 6962's definition, word for word: slow, and nothing to get wrong. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(concatBytes(Uint8Array.of(0), first));
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(concatBytes(Uint8Array.of(1), defined(leaves.slice(0, k)), defined(leaves.slice(k))));
}

/** The eight leaves that Certificate Transparency's own tests use, and their roots. */
const ct = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ctRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("the tree", () => {
  it("has the roots that Certificate Transparency's tests name", () => {
    const range = new CompactRange();
    const roots = ct.map((leaf) => {
      range.add(leafHash(hexToBytes(leaf)));
      return bytesToHex(range.root());
    });
    expect(roots).toEqual(ctRoots);
  });

  it("has the roots that Go's tlog gives the same leaves", () => {
    for (const [size, expected] of Object.entries(go.roots)) expect(bytesToHex(root(Number(size)))).toBe(expected);
  });

  it("has the same root by definition, from storage and from a compact range, at every size", () => {
    const range = new CompactRange();
    expect(range.root()).toEqual(emptyRoot());
    for (let size = 1; size <= 70; size += 1) {
      range.add(leafHash(log.leaf(size - 1)));
      expect([range.size, hex([range.root(), root(size)])]).toEqual([
        size,
        hex(Array(2).fill(defined(log.leaves.slice(0, size)))),
      ]);
    }
  });
});

describe("proofs", () => {
  it("are those of Go's tlog", () => {
    for (const { index, size, proof } of go.inclusion) {
      expect(hex(proveInclusion(index, size, log.node))).toEqual(proof);
    }
    for (const { old, size, proof } of go.consistency) {
      expect(hex(proveConsistency(old, size, log.node))).toEqual(proof);
    }
  });

  it("are those of Go's tlog at every size up to 300, by one hash over them all", () => {
    const all = sha256.create();
    for (let size = 1; size <= 300; size += 1) {
      for (let index = 0; index < size; index += size > 40 ? 37 : 1) {
        for (const hash of proveInclusion(index, size, log.node)) all.update(hash);
        for (const hash of proveConsistency(index + 1, size, log.node)) all.update(hash);
      }
    }
    expect(bytesToHex(all.digest())).toBe(go.allProofs);
  });

  it("verify for their own leaf, place, size and root, and for no other", () => {
    for (const [index, size] of [
      [0, 1],
      [0, 2],
      [3, 7],
      [6, 7],
      [148, 300],
      [255, 256],
      [256, 257],
    ] as const) {
      const proof = proveInclusion(index, size, log.node);
      const claim = { index, size, leaf: log.node(0, index), root: root(size) };
      expect(verifyInclusion(proof, claim)).toBe(true);
      expect(verifyInclusion(proof, { ...claim, leaf: log.node(0, index + 1) })).toBe(false);
      expect(verifyInclusion(proof, { ...claim, root: root(size === 300 ? 1 : size + 1) })).toBe(false);
      expect(verifyInclusion(proof, { ...claim, index: size })).toBe(false);
      expect(verifyInclusion([...proof, root(1)], claim)).toBe(false);
      if (proof.length > 0) expect(verifyInclusion(proof.slice(1), claim)).toBe(false);
      if (size > 1) expect(verifyInclusion(proof, { ...claim, index: (index + 1) % size })).toBe(false);
    }
  });

  it("of consistency verify for every pair of sizes up to 40, and fail when either root is another", () => {
    for (let size = 1; size <= 40; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const proof = proveConsistency(old, size, log.node);
        const claim = { old, size, oldRoot: root(old), root: root(size) };
        expect(verifyConsistency(proof, claim), `${old} of ${size}`).toBe(true);
        expect(verifyConsistency(proof, { ...claim, oldRoot: root(old + 41) }), `${old} of ${size}`).toBe(false);
        if (old > 0) expect(verifyConsistency(proof, { ...claim, root: root(99) }), `${old} of ${size}`).toBe(false);
        expect(verifyConsistency([...proof, root(1)], claim), `${old} of ${size}`).toBe(false);
      }
    }
  });

  it("are refused for places that a log has not", () => {
    expect(() => proveInclusion(7, 7, log.node)).toThrow(RangeError);
    expect(() => proveConsistency(8, 7, log.node)).toThrow(RangeError);
    expect(verifyInclusion([], { index: -1, size: 1, leaf: root(1), root: root(1) })).toBe(false);
    expect(verifyConsistency([], { old: 2, size: 1, oldRoot: root(1), root: root(1) })).toBe(false);
  });
});
