import { fromHex } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { EMPTY_HASH, hashTxs, merkleRoot, upperHex } from "../../../workers/chains/cosmos/merkle.ts";

/** The vectors of the certificate-transparency project for RFC 6962. */
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("the Merkle root of a block's transactions", () => {
  it.each(roots.map((root, index) => [index + 1, root] as const))("of %i leaves is RFC 6962's", (count, root) => {
    const input = leaves.slice(0, count).map((leaf) => fromHex(leaf));
    expect(upperHex(merkleRoot(input)).toLowerCase()).toBe(root);
  });

  it("of nothing is what a header says of an empty block", () => {
    expect(hashTxs([])).toEqual({ hashes: [], dataHash: EMPTY_HASH });
  });

  it("changes when a transaction is left out, doubled or moved", () => {
    const [a, b, c] = [1, 2, 3].map((n) => new Uint8Array([n])) as [Uint8Array, Uint8Array, Uint8Array];
    const all = [
      [a, b, c],
      [a, b],
      [a, b, c, c],
      [b, a, c],
    ].map((txs) => hashTxs(txs).dataHash);
    expect(new Set(all).size).toBe(4);
  });
});
