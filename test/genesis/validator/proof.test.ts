import { describe, expect, it } from "vitest";
import { contentSchema } from "../../../genesis/validator/content.ts";
import { profileFromGentx } from "../../../genesis/validator/from-gentx.ts";
import {
  isRegistrationNonce,
  registrationNonce,
  registrationSalt,
  registrationSecret,
} from "../../../genesis/validator/nonce.ts";
import {
  judgeRegistrationProof,
  type RegistrationContext,
  type SignedProof,
} from "../../../genesis/validator/proof.ts";
import {
  contentDigest,
  type RegistrationWord,
  readRegistrationWord,
  writeRegistrationWord,
} from "../../../genesis/validator/word.ts";
import { byBinary, byWallet } from "../attest/words.ts";
import { account, chainId, consensusKey, edited, gentx } from "../gentxs.ts";
import { proofDraft, signProof } from "../proof/proofs.ts";

const content = contentSchema.parse({ profile: { moniker: "alder" }, contact: "matrix: @alder" });
const word: RegistrationWord = {
  action: "register",
  chainId,
  origin: "wellspring/paw-test-1",
  operator: account(0),
  expiresSec: 2_000_000_000,
  nonce: "AAAAAAAAAAAAAAAAAAAAAA",
  digest: contentDigest(content),
};
const context: RegistrationContext = { ...word, action: "register", prefix: "paw", content };
const line = (changes: Partial<RegistrationWord> = {}) => writeRegistrationWord({ ...word, ...changes });
const wallet = (text: string, key = 0): SignedProof => {
  const { pubKey, signature } = byWallet(text, 0, key) as { pubKey: string; signature: string };
  return { kind: "adr036", word: text, pubKey, signature };
};
const binary = (text: string, mode?: string): SignedProof => ({
  kind: "tx",
  tx: (byBinary(text, 0, mode) as { tx: string }).tx,
});
const rules = (proof: SignedProof, changes: Partial<RegistrationContext> = {}) => {
  const read = judgeRegistrationProof(proof, { ...context, ...changes });
  return read.ok ? [] : read.flaws.map(({ rule }) => rule);
};

describe("the line that an operator signs", () => {
  it("fits a memo, however long names may be", () => {
    const longest = writeRegistrationWord({
      ...word,
      action: "withdraw",
      chainId: "c".repeat(50),
      origin: "o".repeat(32),
      operator: `${"p".repeat(32)}1${"q".repeat(38)}`,
      expiresSec: 9_999_999_999,
    });
    expect(longest.length).toBeLessThanOrEqual(256);
    expect(readRegistrationWord(longest)).toMatchObject({
      action: "withdraw",
      operator: expect.stringContaining("1qq"),
    });
  });

  it("reads as it was written, and nothing else reads as one", () => {
    expect(readRegistrationWord(line())).toEqual(word);
    for (const other of [`${line()} `, line().toUpperCase(), line().replace("register", "attest"), `${line()}\n`, ""])
      expect(readRegistrationWord(other)).toBeNull();
  });
});

describe("a nonce of a registration", () => {
  const secret = registrationSecret("a secret of tests, long enough to be one");
  const facts = { origin: "o", chainId, action: "register", operator: account(0), expiresSec: 7 } as const;

  it("is of these facts and of no others", () => {
    const nonce = registrationNonce(secret, facts, "salt");
    expect(nonce).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(isRegistrationNonce(nonce, secret, facts)).toBe(true);
    for (const change of [
      { origin: "p" },
      { chainId: "x" },
      { action: "amend" as const },
      { operator: account(1) },
      { expiresSec: 8 },
    ])
      expect(isRegistrationNonce(nonce, secret, { ...facts, ...change })).toBe(false);
    expect(isRegistrationNonce(nonce, registrationSecret("another"), facts)).toBe(false);
  });

  it("differs by its salt, and none is left that was not made with the secret", () => {
    const salts = ["an id", "another id", ""].map(registrationSalt);
    const nonces = salts.map((salt) => registrationNonce(secret, facts, salt));
    expect(new Set(nonces).size).toBe(3);
    for (const nonce of nonces) {
      expect(isRegistrationNonce(nonce, secret, facts)).toBe(true);
      // Every letter counts: of salt and HMAC, and none may be missing or too many.
      for (let at = 0; at < nonce.length; at += 1) {
        const bent = nonce.slice(0, at) + (nonce[at] === "A" ? "B" : "A") + nonce.slice(at + 1);
        expect(isRegistrationNonce(bent, secret, facts)).toBe(false);
      }
      expect(isRegistrationNonce(nonce.slice(0, 21), secret, facts)).toBe(false);
      expect(isRegistrationNonce(`${nonce}A`, secret, facts)).toBe(false);
    }
    expect(isRegistrationNonce("", secret, facts)).toBe(false);
  });
});

describe("a proof of an operator's key", () => {
  it("holds by wallet, by the chain's binary, and in amino JSON as a Ledger signs", () => {
    expect(rules(wallet(line()))).toEqual([]);
    expect(rules(binary(line()))).toEqual([]);
    expect(rules(binary(line(), "SIGN_MODE_LEGACY_AMINO_JSON"))).toEqual([]);
  });

  it("is refused of another key, and where the line was changed after it was signed", () => {
    expect(rules(wallet(line(), 1))).toContain("signer-key");
    expect(rules({ ...wallet(line()), word: line({ action: "withdraw" }) } as SignedProof)).toEqual([
      "action",
      "signature",
    ]);
  });

  it("is for one action, network, deployment, operator and content: each other one is named", () => {
    expect(rules(wallet(line({ action: "amend" })))).toEqual(["action"]);
    expect(rules(wallet(line({ chainId: "other-1" })))).toEqual(["chain-id"]);
    expect(rules(wallet(line({ origin: "evil/paw-test-1" })))).toEqual(["origin"]);
    expect(rules(wallet(line({ operator: account(1) })))).toEqual(["operator"]);
    const swapped = { ...content, profile: { ...content.profile, moniker: "mallory" } };
    expect(rules(wallet(line()), { content: swapped })).toEqual(["digest"]);
    expect(rules(wallet(line()), { content: { ...content, contact: "mallory@example.org" } })).toEqual(["digest"]);
    expect(rules(wallet(line()), { content: null })).toEqual(["digest"]);
  });

  it("is refused when a chain could take the transaction", () => {
    const real = signProof(proofDraft(line()), { chainId });
    expect(rules({ kind: "tx", tx: real })).toEqual(["real-chain"]);
    expect(rules({ kind: "tx", tx: "{}" })).toEqual(["decode"]);
  });
});

describe("a gentx as a registration", () => {
  const chain = { chainId, prefix: "paw" };

  it("says what its operator signed, and nothing besides", () => {
    expect(profileFromGentx(gentx(), chain)).toMatchObject({
      ok: true,
      operator: account(0),
      profile: {
        moniker: "alder",
        consensusKey: consensusKey(0).key,
        commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
        peer: `${"0".padStart(40, "a")}@8.8.0.8:26656`,
        hardware: false,
        region: "",
      },
    });
  });

  it("is the same one however it is spelled, and another when a word of it changes", () => {
    const body = (text: string) => {
      const read = profileFromGentx(text, chain);
      return read.ok ? read.body : read.flaws;
    };
    expect(body(JSON.stringify(JSON.parse(gentx()), null, 2))).toBe(body(gentx()));
    expect(body(gentx((message) => (message.description.details = "new")))).not.toBe(body(gentx()));
  });

  it("is refused when it was edited, is for another chain, or holds a secret", () => {
    const renamed = edited(gentx(), (tx) => (tx.body.messages[0]!.description.moniker = "mallory"));
    expect(profileFromGentx(renamed, chain)).toMatchObject({ ok: false, flaws: [{ rule: "signature" }] });
    expect(profileFromGentx(gentx(), { ...chain, chainId: "other-1" })).toMatchObject({ ok: false });
    expect(profileFromGentx('{"priv_key": {"value": "x"}}', chain)).toMatchObject({ flaws: [{ rule: "secret" }] });
    expect(profileFromGentx("[]", chain)).toMatchObject({ ok: false, flaws: [{ rule: "decode" }] });
  });

  it("leaves out what could not be registered: a node at a private address, an identity of another kind", () => {
    const read = profileFromGentx(
      gentx((message, tx) => {
        message.description.identity = "me";
        tx.body.memo = `${"a".repeat(40)}@192.168.0.1:26656`;
      }),
      chain,
    );
    expect(read).toMatchObject({ ok: true, profile: { identity: "", peer: null } });
  });
});
