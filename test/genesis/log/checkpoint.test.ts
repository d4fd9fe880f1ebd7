import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCheckpoint, signCheckpoint } from "../../../genesis/log/checkpoint.ts";
import { formatVerifierKey, parseVerifierKey, signerKey } from "../../../genesis/log/key.ts";
import { appendLeaf, consistencyFrom, currentCheckpoint, receiptOf } from "../../../genesis/log/log.ts";
import { signNote } from "../../../genesis/log/note.ts";
import { verifyConsistency, verifyInclusion } from "../../../genesis/log/proof.ts";
import { leafHash, rootOf } from "../../../genesis/log/tree.ts";
import { go } from "./go-vectors.ts";
import { grown, memoryLog } from "./grown.ts";

const key = signerKey("example.org/paw-testnet-1", new Uint8Array(32).fill(7));
const bytes = (text: string) => new TextEncoder().encode(text);
const log = grown(7);
const root = rootOf(7, log.node);
const signed = signCheckpoint({ size: 7, root }, key);

describe("a checkpoint", () => {
  it("is byte for byte the note that Go signs with the same seed", () => {
    expect(formatVerifierKey(key)).toBe(go.verifierKey);
    expect(signed).toBe(go.checkpoint);
  });

  it("opens with the key whose text Go wrote", () => {
    const verifier = parseVerifierKey(go.verifierKey);
    expect(verifier && openCheckpoint(bytes(signed), verifier)).toEqual({ origin: key.name, size: 7, root });
  });

  it("does not open with another key, or under another name", () => {
    const other = signerKey(key.name, new Uint8Array(32).fill(8));
    const named = signerKey("example.org/else", new Uint8Array(32).fill(7));
    expect(openCheckpoint(bytes(signed), other)).toMatch(/^not signed by/);
    expect(openCheckpoint(bytes(signed), named)).toMatch(/^not signed by/);
  });

  it("does not open when the origin is not the key's name, or a line is too many", () => {
    const [, size, hash] = signed.split("\n");
    expect(openCheckpoint(bytes(signNote(`other\n${size}\n${hash}\n`, key)), key)).toMatch(/origin/);
    expect(openCheckpoint(bytes(signNote(`${key.name}\n${size}\n${hash}\nmore\n`, key)), key)).toMatch(/three lines/);
    for (const bad of ["07", "-7", "7.0", "0x7", "", "2147483648"]) {
      expect(openCheckpoint(bytes(signNote(`${key.name}\n${bad}\n${hash}\n`, key)), key)).toMatch(/size|lines/);
    }
  });

  it("does not open after any single byte of it was changed", () => {
    const original = bytes(signed);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = original.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        return typeof openCheckpoint(changed, key) === "string";
      }),
      { numRuns: 400 },
    );
  });

  it("opens beside a witness's line, and not beside a broken line of the log's own key", () => {
    const witness = signNote(signed.slice(0, signed.indexOf("\n\n") + 1), signerKey("witness", new Uint8Array(32)));
    const line = witness.slice(witness.indexOf("\u2014"));
    expect(openCheckpoint(bytes(signed + line), key)).toMatchObject({ size: 7 });
    const own = signed.slice(signed.indexOf("\u2014")).replace(/.{3}=\n$/, "AAA=\n");
    expect(openCheckpoint(bytes(signed + own), key)).toMatch(/does not verify/);
  });
});

describe("a verifier key's text", () => {
  it("is refused when its id is not its own, or it is of another kind", () => {
    expect(parseVerifierKey(go.verifierKey.replace("+5b66", "+5b67"))).toBeNull();
    expect(parseVerifierKey(go.verifierKey.replace("+A", "+B"))).toBeNull();
    expect(parseVerifierKey(`${go.verifierKey}A`)).toBeNull();
    expect(parseVerifierKey("")).toBeNull();
  });
});

describe("a receipt", () => {
  it("proves its own leaf to anyone who has the log's key, also after the log grew", () => {
    const storage = memoryLog();
    for (let n = 0; n < 20; n += 1) {
      const leaf = bytes(`act ${n}`);
      const receipt = appendLeaf(storage, leaf, key);
      const opened = openCheckpoint(bytes(receipt.checkpoint), key);
      if (typeof opened === "string") throw new Error(opened);
      expect(opened.size).toBe(n + 1);
      expect(bytesToHex(receipt.leafHash)).toBe(bytesToHex(leafHash(leaf)));
      expect(verifyInclusion(receipt.inclusion, { index: n, leaf: leafHash(leaf), ...opened })).toBe(true);
    }
    const later = receiptOf(storage, 3, key);
    expect(later.checkpoint).toBe(currentCheckpoint(storage, key));
    const claim = { old: 4, size: 20, oldRoot: rootOf(4, storage.node), root: rootOf(20, storage.node) };
    expect(verifyConsistency(consistencyFrom(storage, 4), claim)).toBe(true);
  });

  it("is not given for a leaf that the format can't hold", () => {
    const storage = memoryLog();
    expect(() => appendLeaf(storage, new Uint8Array(65_536), key)).toThrow(RangeError);
    expect(storage.size()).toBe(0);
  });
});
