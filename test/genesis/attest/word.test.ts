import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../genesis/attest/digest.ts";
import { isNonceOf, type NonceFacts, nonceOf } from "../../../genesis/attest/nonce.ts";
import { originInWord, readWord, wordBytesMax, writeWord } from "../../../genesis/attest/word.ts";
import { genesis, nonce, origin, word } from "./words.ts";

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const anyWord = fc.record({
  origin: fc.string({ unit: "binary", minLength: 1, maxLength: 300 }).map(originInWord),
  chainId: fc.stringMatching(/^[A-Za-z0-9._-]{1,48}$/),
  version: fc.integer({ min: 1, max: 9_999 }),
  expiresSec: fc.integer({ min: 1, max: 9_999_999_999 }),
  nonce: hex(32),
  digest: hex(64),
  node: fc.option(hex(40)),
});

describe("the word to attest", () => {
  it("is one line that names all that it is for", () => {
    expect(writeWord(word())).toBe(
      `wellspring attest paw-testnet-1 ${origin} 1 2000000000 ${nonce} ${digestOf(nonce, genesis)}`,
    );
  });

  it("is read as it was written, and always fits the memo of a transaction", () => {
    fc.assert(
      fc.property(anyWord, (said) => {
        const line = writeWord(said);
        expect(readWord(line)).toEqual(said);
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(wordBytesMax);
      }),
    );
    const longest = { origin: "o".repeat(32), chainId: "c".repeat(48), version: 9_999, expiresSec: 9_999_999_999 };
    expect(writeWord(word({ ...longest, node: "f".repeat(40) })).length).toBeLessThanOrEqual(wordBytesMax);
  });

  it("has one spelling: no other line reads as the same word", () => {
    fc.assert(
      fc.property(
        anyWord,
        fc.nat(),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
        (said, where, letter) => {
          const line = writeWord(said);
          const at = where % (line.length + 1);
          expect(readWord(`${line.slice(0, at)}${letter}${line.slice(at)}`)).not.toEqual(said);
        },
      ),
    );
    for (const line of ["", ` ${writeWord(word())}`, `${writeWord(word())}\n`, writeWord(word()).toUpperCase()]) {
      expect(readWord(line)).toBeNull();
    }
  });

  it("can't be written with a fact that holds a space", () => {
    expect(() => writeWord(word({ chainId: "a b" }))).toThrow(RangeError);
    expect(() => writeWord(word({ origin: "https://a b" }))).toThrow(RangeError);
  });

  it("names a long origin, or one beyond ASCII, by its hash", () => {
    const long = "wellspring.testnets.example.org/paw-testnet-1";
    const head = createHash("sha256").update(long).digest("hex").slice(0, 16);
    expect(originInWord(long)).toBe(`sha256:${head}`);
    expect(originInWord("bücher")).toMatch(/^sha256:[0-9a-f]{16}$/);
  });
});

describe("a digest", () => {
  it("is SHA-256 of the nonce's bytes and the file, as any tool makes it", () => {
    const own = createHash("sha256").update(Buffer.from(nonce, "hex")).update(genesis).digest("hex");
    expect(digestOf(nonce, genesis)).toBe(own);
  });
});

describe("a nonce", () => {
  const secret = new Uint8Array(32).fill(3);
  const facts: NonceFacts = { origin, chainId: "c", action: "attest", operator: "o", version: 1, expiresSec: 9 };

  it("is 128 bits of an HMAC that the server makes again without having kept it", () => {
    const text = JSON.stringify(["wellspring-nonce", origin, "c", "attest", "o", 1, 9]);
    expect(nonceOf(secret, facts)).toBe(createHmac("sha256", secret).update(text).digest("hex").slice(0, 32));
    expect(isNonceOf(nonceOf(secret, facts), secret, facts)).toBe(true);
  });

  it.each<[string, Partial<NonceFacts>]>([
    ["origin", { origin: "other" }],
    ["chain", { chainId: "d" }],
    ["action", { action: "beacon" }],
    ["operator", { operator: "p" }],
    ["version", { version: 2 }],
    ["expiry", { expiresSec: 10 }],
  ])("is good for no other %s", (_, change) => {
    expect(isNonceOf(nonceOf(secret, facts), secret, { ...facts, ...change })).toBe(false);
  });

  it("is not made without the secret, nor cut short", () => {
    const made = nonceOf(secret, facts);
    expect(isNonceOf(nonceOf(new Uint8Array(32), facts), secret, facts)).toBe(false);
    expect(isNonceOf(made.slice(0, -1), secret, facts)).toBe(false);
    expect(isNonceOf(`${made.slice(0, -1)}${made.endsWith("0") ? "1" : "0"}`, secret, facts)).toBe(false);
  });
});
