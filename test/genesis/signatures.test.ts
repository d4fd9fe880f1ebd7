import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { describe, expect, it } from "vitest";
import { opensslCheck } from "../../genesis/cli/openssl-check.ts";
import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import { addressOf } from "../../genesis/gentx/key.ts";
import { nobleCheck } from "../../genesis/gentx/signature.ts";
import { base64, context, draft, edited, gentx, publicKey, secretKey, sign, signBytes, signOnce } from "./gentxs.ts";
import { multisigDraft, signMultisig } from "./multisigs.ts";

const judge = (text: string) => judgeGentx(text, context);
const why = (text: string) =>
  judge(text)
    .failures.map(({ rule, message }) => `${rule}: ${message}`)
    .join("; ");
const amino = () => {
  const tx = draft();
  tx.auth_info.signer_infos[0]!.mode_info = { single: { mode: "SIGN_MODE_LEGACY_AMINO_JSON" } };
  return tx;
};

describe("signatures", () => {
  it("pass in the direct mode and in amino JSON, with letters that Go escapes", () => {
    const texts = {
      details: 'Söhne & <b> "quotes"\\ \u2028 \u2029 \u0008 \u007f 🚀',
      website: "https://x.example/?a=1&b",
    };
    const tx = amino();
    Object.assign(tx.body.messages[0]!.description, texts);
    expect(why(sign(tx)).replace(/text-controls[^;]*;? ?/g, "")).toBe("");
    expect(
      why(gentx((message) => Object.assign(message.description, texts))).replace(/text-controls[^;]*;? ?/g, ""),
    ).toBe("");
  });

  it("pass for multisigs, whose members sign in amino JSON, directly, or each in its own mode", () => {
    const tx = multisigDraft([0, 1, 2], 2, [0, 2]);
    expect(why(signMultisig(tx, [0, 2]))).toBe("");
    const mixed = multisigDraft([0, 1, 2], 2, [1, 2], ["direct", "amino"]);
    expect(why(signMultisig(mixed, [1, 2], ["direct", "amino"]))).toBe("");
    const seven = multisigDraft([0, 1, 2, 3, 4, 5, 6], 4, [0, 3, 5, 6]);
    expect(why(signMultisig(seven, [0, 3, 5, 6]))).toBe("");
  });

  it("fail for multisigs that are short of members, in the wrong order, or of another account", () => {
    const tx = multisigDraft([0, 1, 2], 2, [0, 2]);
    expect(why(signMultisig(tx, [2, 0]))).toContain("signature:");
    expect(why(signMultisig(tx, [0]))).toContain("multisig:");
    expect(why(signMultisig(multisigDraft([0, 1, 2], 2, [1]), [1]))).toContain("1 members signed, but it needs 2");
    const other = multisigDraft([0, 1, 2], 2, [0, 2]);
    other.body.messages[0]!.validator_address = draft(3).body.messages[0]!.validator_address;
    expect(why(signMultisig(other, [0, 2]))).toContain("signer-key:");
  });

  it("pass for Ethermint's keys only where the network has them", () => {
    const url = "/ethermint.crypto.v1.ethsecp256k1.PubKey";
    const tx = draft();
    tx.auth_info.signer_infos[0]!.public_key = { "@type": url, key: base64(publicKey(0)) };
    const address = addressOf({ kind: "ethsecp256k1", url, key: publicKey(0) })!;
    tx.body.messages[0]!.validator_address = writeBech32("pawvaloper", address);
    const signature = secp256k1.sign(keccak_256(signBytes(tx, "direct")), secretKey(0), { prehash: false });
    const text = JSON.stringify({ ...tx, signatures: [base64(signature)] });
    expect(why(text)).toContain("signer-key-type");
    expect(judgeGentx(text, { ...context, policy: { ethermint: true } }).failures).toEqual([]);
    const recoverable = edited(text, (file) => {
      file.signatures = [base64(Buffer.concat([signature, Buffer.of(1)]))];
    });
    expect(judgeGentx(recoverable, { ...context, policy: { ethermint: true } }).failures).toEqual([]);
  });

  it("are judged the same by OpenSSL and by the library that runs everywhere", () => {
    const bytes = signBytes(draft(), "direct");
    const good = signOnce(bytes, 0);
    const cases: [Uint8Array, Uint8Array, Uint8Array][] = [
      [good, bytes, publicKey(0)],
      [good, bytes, publicKey(1)],
      [good, bytes.slice(1), publicKey(0)],
      [good, bytes, new Uint8Array(33)],
      [new Uint8Array(64), bytes, publicKey(0)],
    ];
    expect(cases.map((one) => nobleCheck(...one))).toEqual([true, false, false, false, false]);
    expect(cases.map((one) => opensslCheck(...one))).toEqual([true, false, false, false, false]);
  });
});

describe("a signature that doesn't verify is explained", () => {
  it.each([
    ["another known chain id", sign(draft(), { chainId: "theirs-7" }), 'the chain id "theirs-7"'],
    ["another case", sign(draft(), { chainId: "PAW-TEST-1" }), 'the chain id "PAW-TEST-1"'],
    ["no number at the end", sign(draft(), { chainId: "paw-test" }), 'the chain id "paw-test"'],
    ["another number at the end", sign(draft(), { chainId: "paw-test-3" }), 'the chain id "paw-test-3"'],
    ["an account number", sign(draft(), { accountNumber: 4n }), "account number 4 and sequence 0"],
    ["a sequence, in amino JSON", sign(amino(), { sequence: 3n }), "account number 0 and sequence 3"],
    ["both, in amino JSON", sign(amino(), { accountNumber: 5n, sequence: 5n }), "account number 5 and sequence 5"],
    [
      "a memo that came later",
      edited(
        gentx((_, tx) => Object.assign(tx.body, { memo: "" })),
        (tx) => Object.assign(tx.body, { memo: draft().body.memo }),
      ),
      "an empty memo",
    ],
    [
      "a sequence that was reset later",
      edited(
        gentx((_, tx) => Object.assign(tx.auth_info.signer_infos[0]!, { sequence: "2" })),
        (tx) => Object.assign(tx.auth_info.signer_infos[0]!, { sequence: "0" }),
      ),
      "account number 0 and sequence 2",
    ],
  ])("%s", (_, text, says) => {
    const { failures } = judgeGentx(text, { ...context, policy: { knownChainIds: ["theirs-7"] } });
    expect(failures.map(({ rule }) => rule)).toEqual(["signature"]);
    expect(failures[0]?.message).toContain(says);
  });

  it("and says so when none of that fits", () => {
    const text = edited(gentx(), (tx) => Object.assign(tx.body.messages[0]!.value, { amount: "500000001" }));
    expect(why(text)).toContain("the file was edited after it was signed, or it was signed for another chain");
  });
});
