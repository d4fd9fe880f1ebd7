import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeBech32 } from "../../../genesis/gentx/bech32.ts";
import { decodeSend } from "../../../genesis/gentx/decode.ts";
import { addressOf } from "../../../genesis/gentx/key.ts";
import { messageField } from "../../../genesis/gentx/wire.ts";
import { parseJson } from "../../../genesis/json/parse.ts";
import { judgeProof, readProof } from "../../../genesis/proof/signed-tx.ts";
import { account, base64, signOnce } from "../gentxs.ts";
import { multisigDraft } from "../multisigs.ts";
import { type ProofJson, proofDraft, proofSignBytes, signProof } from "./proofs.ts";

const memo = "wellspring <&> ünïcode";
const amino = "SIGN_MODE_LEGACY_AMINO_JSON";
const rules = (text: string, operator = account(0)): string[] => {
  const read = readProof(text);
  if (!read.ok) return [read.refusal.rule];
  const context = { prefix: "paw", operator, knownChainIds: ["paw-testnet-1"] };
  return judgeProof(read.tx, context).map(({ rule }) => rule);
};
const bent = (bend: (tx: ProofJson) => void) => {
  const tx = proofDraft(memo);
  bend(tx);
  return tx.body.messages.length === 1 && tx.body.messages[0]!["@type"].endsWith("MsgSend")
    ? signProof(tx)
    : JSON.stringify({ ...tx, signatures: [base64(new Uint8Array(64))] });
};

describe("a proof by the chain's own binary", () => {
  it("holds in the direct mode and in amino JSON, with letters that Go escapes", () => {
    expect(rules(signProof(proofDraft(memo)))).toEqual([]);
    expect(rules(signProof(proofDraft(memo, 0, amino)))).toEqual([]);
  });

  it("holds for a multisig whose members signed, and not when one is missing", () => {
    const { public_key, mode_info } = multisigDraft([0, 1, 2], 2, [0, 2]).auth_info.signer_infos[0]!;
    const tx = proofDraft(memo);
    tx.auth_info.signer_infos = [{ public_key, mode_info, sequence: "0" }];
    const { publicKey } = decodeSend(parseJson(JSON.stringify(tx)).value).signers[0]!;
    const operator = writeBech32("paw", addressOf(publicKey!)!);
    Object.assign(tx.body.messages[0]!, { from_address: operator, to_address: operator });
    const by = (...keys: number[]) => {
      const parts = keys.map((key) => messageField(1, signOnce(proofSignBytes(tx, "amino"), key)));
      return JSON.stringify({ ...tx, signatures: [base64(Buffer.concat(parts))] });
    };
    expect(rules(by(0, 2), operator)).toEqual([]);
    expect(rules(by(0, 1), operator)).toEqual(["signature"]);
    expect(rules(by(0), operator)).toEqual(["multisig"]);
  });

  it.each<[string, string, string]>([
    ["no JSON", "{", "decode"],
    ["a file that is too long", " ".repeat(40_000), "size"],
    ["a file with a private key", '{"priv_key": {}}', "secret"],
    ["an unknown field", bent((tx) => tx).replace("{", '{"x":1,'), "decode"],
    ["another message", bent((tx) => Object.assign(tx.body.messages[0]!, { "@type": "/x.Y" })), "one-message"],
    ["two messages", bent((tx) => tx.body.messages.push(tx.body.messages[0]!)), "one-message"],
    ["another recipient", bent((tx) => Object.assign(tx.body.messages[0]!, { to_address: account(1) })), "recipient"],
    ["more than one unit", bent((tx) => Object.assign(tx.body.messages[0]!.amount[0]!, { amount: "2" })), "amount"],
    ["no amount", bent((tx) => Object.assign(tx.body.messages[0]!, { amount: [] })), "amount"],
    ["a timeout", bent((tx) => Object.assign(tx.body, { timeout_height: "9" })), "envelope"],
    ["a fee payer", bent((tx) => Object.assign(tx.auth_info.fee, { payer: account(1) })), "envelope"],
    ["no signature", JSON.stringify(proofDraft(memo)), "one-signer"],
    ["a sequence", bent((tx) => Object.assign(tx.auth_info.signer_infos[0]!, { sequence: "1" })), "sequence"],
    ["no key", bent((tx) => Object.assign(tx.auth_info.signer_infos[0]!, { public_key: null })), "signer-key"],
    [
      "another's key",
      bent((tx) => Object.assign(tx.auth_info.signer_infos[0]!, proofDraft("", 1).auth_info.signer_infos[0])),
      "signer-key",
    ],
    ["a textual signature", signProof(proofDraft(memo, 0, "SIGN_MODE_TEXTUAL")), "sign-mode"],
    ["a signature for a real chain", signProof(proofDraft(memo), { chainId: "paw-testnet-1" }), "real-chain"],
    ["a signature of another key", signProof(proofDraft(memo), { key: 1 }), "signature"],
    ["a memo that was edited", signProof(proofDraft(memo)).replace("wellspring", "wellsprinG"), "signature"],
  ])("with %s is refused by name", (_, text, rule) => {
    expect(rules(text)).toEqual([rule]);
  });

  it("of another operator is refused", () => {
    expect(rules(signProof(proofDraft(memo, 1), { key: 1 }))).toEqual(["sender"]);
  });

  it("with the higher s is refused", () => {
    const tx = JSON.parse(signProof(proofDraft(memo))) as ProofJson;
    const { r, s } = secp256k1.Signature.fromBytes(Buffer.from(tx.signatures[0]!, "base64"), "compact");
    tx.signatures = [base64(new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes("compact"))];
    expect(rules(JSON.stringify(tx))).toEqual(["low-s"]);
  });

  it("never holds once any byte of its signature is another", () => {
    const tx = JSON.parse(signProof(proofDraft(memo))) as ProofJson;
    const signature = Buffer.from(tx.signatures[0]!, "base64");
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const other = Uint8Array.from(signature);
        other[at]! ^= flip;
        expect(rules(JSON.stringify({ ...tx, signatures: [base64(other)] }))).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
