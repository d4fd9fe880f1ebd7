import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitrarySignBytes, judgeArbitrary } from "../../../genesis/proof/arbitrary.ts";
import { arbitrarySignBytes as cosmjsSignBytes } from "../../../workers/access/adr036.ts";
import { account, base64, publicKey, signOnce } from "../gentxs.ts";

const text = "wellspring attest";
const proof = (changes: object = {}) => ({
  text,
  pubKey: base64(publicKey(0)),
  signature: base64(signOnce(arbitrarySignBytes(account(0), text), 0)),
  ...changes,
});
const rules = (changes: object = {}) =>
  judgeArbitrary(proof(changes), { prefix: "paw", operator: account(0) }).map(({ rule }) => rule);

describe("a text signed under ADR-036", () => {
  it("is signed over the bytes that CosmJS makes of it, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (said) => {
        expect(arbitrarySignBytes(account(0), said)).toEqual(cosmjsSignBytes(account(0), said));
      }),
    );
  });

  it("holds by the operator's key", () => {
    expect(rules()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["another text", { text: "wellspring attesT" }, "signature"],
    ["another key", { pubKey: base64(publicKey(1)) }, "signer-key"],
    ["a key that is no point of the curve", { pubKey: base64(new Uint8Array(33).fill(2)) }, "signer-key"],
    [
      "a key that is not compressed",
      { pubKey: base64(secp256k1.Point.fromBytes(publicKey(0)).toBytes(false)) },
      "signer-key",
    ],
    ["a signature that is too short", { signature: base64(new Uint8Array(63)) }, "signature"],
    ["a signature of nothing", { signature: base64(new Uint8Array(64)) }, "signature"],
    ["a signature in another spelling", { signature: `${proof().signature.slice(0, -2)} =` }, "signature"],
    ["a signature as long as a book", { signature: "A".repeat(4_000) }, "signature"],
  ])("with %s is refused by name", (_, changes, rule) => {
    expect(rules(changes)).toEqual([rule]);
  });

  it("with the higher s is refused: a signature has one form", () => {
    const { r, s } = secp256k1.Signature.fromBytes(Buffer.from(proof().signature, "base64"), "compact");
    const high = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes("compact");
    expect(rules({ signature: base64(high) })).toEqual(["low-s"]);
  });
});
