import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyArbitrary } from "../../workers/access/adr036.ts";
import { type ArbitrarySigner, newArbitrarySigner, type SignedText } from "../support/arbitrary-signer.ts";

let wallet: ArbitrarySigner;
let signed: SignedText;
const data = "a text <with> & signs, and ünïcode";
const verify = (over: Partial<Parameters<typeof verifyArbitrary>[0]> = {}) =>
  verifyArbitrary({ prefix: "sand", signer: wallet.address, data, ...signed, ...over });

beforeAll(async () => {
  wallet = await newArbitrarySigner();
  signed = await wallet.sign(data);
});

describe("an ADR-036 signature", () => {
  it("by cosmjs's amino wallet is good", () => {
    expect(verify()).toEqual({ ok: true });
  });

  it("that Keplr made is good", () => {
    // Public in a question about @keplr-wallet/cosmos: the address signed its own text.
    const address = "cosmos1m9l358xunhhwds0568za49mzhvuxx9uxre5tud";
    const keplr = {
      prefix: "cosmos",
      signer: address,
      data: address,
      pubKey: "A/MdHVpitzHNSdD1Zw3kY+L5PEIPyd9l6sD5i4aIfXp9",
      signature: "vb78/y129cOiWyQkeFF8wCKZsOyzjpILnpEVZ72o5YUhEOmQZzVPcbUqWPLR7aZQ20j6vnYhIuCQN0HEG3igFg==",
    };
    expect(verifyArbitrary(keplr)).toEqual({ ok: true });
    expect(verifyArbitrary({ ...keplr, data: `${address} ` })).toMatchObject({ ok: false });
  });

  it("over other data is refused", async () => {
    expect(verify({ data: `${data}.` })).toMatchObject({ detail: expect.stringMatching(/not one of this key/) });
    const other = await wallet.sign(data, { data: "something else" });
    expect(verify(other)).toMatchObject({ ok: false, detail: expect.stringMatching(/not one of this key/) });
  });

  it("for which the wallet named another signer is refused", async () => {
    const other = await wallet.sign(data, { signer: (await newArbitrarySigner()).address });
    expect(verify(other)).toMatchObject({ ok: false, detail: expect.stringMatching(/not one of this key/) });
  });

  it("by another key, or of another prefix, is refused by the key's own address", async () => {
    const other = await newArbitrarySigner();
    const refusal = { ok: false, detail: expect.stringContaining(`that of ${other.address}`) };
    expect(verify(await other.sign(data))).toMatchObject(refusal);
    expect(verify({ prefix: "paw" })).toMatchObject({ ok: false, detail: expect.stringMatching(/that of paw1/) });
  });

  it("with the higher s is refused, although the curve would take it", () => {
    const { r, s } = secp256k1.Signature.fromBytes(fromBase64(signed.signature), "compact");
    const high = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s);
    const signature = toBase64(high.toBytes("compact"));
    expect(verify({ signature })).toMatchObject({ ok: false, detail: expect.stringMatching(/higher/) });
  });

  it("with an uncompressed key is refused", () => {
    const pubKey = toBase64(secp256k1.Point.fromBytes(fromBase64(signed.pubKey)).toBytes(false));
    expect(verify({ pubKey })).toMatchObject({ ok: false, detail: expect.stringMatching(/not compressed/) });
  });

  it.each([
    ["a key off the curve", { pubKey: toBase64(new Uint8Array(33).fill(2, 0, 1).fill(255, 1)) }, /not a compressed/],
    ["a key of zeros", { pubKey: toBase64(new Uint8Array(33)) }, /not a compressed/],
    ["no key", { pubKey: "" }, /not a compressed/],
    ["a key that is no base64", { pubKey: "=!" }, /not base64/],
    ["a short signature", { signature: toBase64(new Uint8Array(63)) }, /64 bytes/],
    ["a signature of zeros", { signature: toBase64(new Uint8Array(64)) }, /not one of secp256k1/],
    ["a signature above the curve's order", { signature: toBase64(new Uint8Array(64).fill(255)) }, /secp256k1/],
    ["a signature with a recovery byte", { signature: toBase64(new Uint8Array(65)) }, /64 bytes/],
    ["a long signature", { signature: "A".repeat(100_000) }, /64 bytes/],
  ])("%s is refused", (_, over, detail) => {
    expect(verify(over)).toMatchObject({ ok: false, detail: expect.stringMatching(detail) });
  });

  it("is refused, and nothing throws, whatever key, signature and text come", () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 70 }).map(toBase64), fc.string());
    fc.assert(
      fc.property(bytes, bytes, fc.string({ unit: "binary" }), (pubKey, signature, text) => {
        expect(verify({ pubKey, signature, data: text }).ok).toBe(false);
        expect(verify({ signature, data: text }).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
