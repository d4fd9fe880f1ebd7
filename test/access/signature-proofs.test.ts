import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { AltchaChallenges } from "../../workers/access/altcha-challenges.ts";
import { Adr036Proofs } from "../../workers/access/signature-proofs.ts";
import { type ArbitrarySigner, newArbitrarySigner, type SignedText } from "../support/arbitrary-signer.ts";

const secret = "a secret of tests that is long enough";
const proofs = new Adr036Proofs(secret, "sand", "claim");
const [chainId, origin, nowMs] = ["sandbox-1", "https://faucet.test", Date.UTC(2026, 10, 24)];
let wallet: ArbitrarySigner;
let signed: SignedText;
beforeAll(async () => {
  wallet = await newArbitrarySigner();
  const { text } = await proofs.issue(chainId, wallet.address, origin, nowMs);
  signed = await wallet.sign(text);
});

type Where = { by?: Adr036Proofs; chainId?: string; address?: string; origin?: string; nowMs?: number };
const verify = (proof: SignedText = signed, where: Where = {}) => {
  const { by, address, ...rest } = { by: proofs, chainId, address: wallet.address, origin, nowMs, ...where };
  return by.verify(rest.chainId, address, rest.origin, proof, rest.nowMs);
};
const refused = (detail: RegExp) => ({ ok: false, detail: expect.stringMatching(detail) });

describe("a text to be signed", () => {
  it("tells its reader origin, network, action, address, nonce and expiry, one a line", async () => {
    const { text, expiresAtMs } = await proofs.issue(chainId, wallet.address, origin, nowMs);
    expect(text.split("\n")).toEqual([
      "Wellspring asks you to prove that you hold this address. Signing moves nothing and costs nothing.",
      "",
      "Origin: https://faucet.test",
      "Network: sandbox-1",
      "Action: claim",
      `Address: ${wallet.address}`,
      expect.stringMatching(/^Nonce: [0-9a-f]{64}$/),
      "Expires: 2026-11-24T00:10:00.000Z",
    ]);
    expect(expiresAtMs).toBe(nowMs + 600_000);
  });

  it("can't be made to say two things", async () => {
    const bad = [`${origin}\nAction: register`, `${origin} x`, "", "javascript:1"];
    for (const one of bad) await expect(proofs.issue(chainId, wallet.address, one, nowMs)).rejects.toThrow(/space/);
  });

  it("signed by its address is good until it expires, and its nonce outlives it", async () => {
    const nonce = signed.text.match(/Nonce: (.*)/)?.[1];
    for (const atMs of [nowMs, nowMs + 599_999])
      expect(await verify(signed, { nowMs: atMs })).toEqual({
        ok: true,
        quotaKey: `signature:${wallet.address}`,
        nonce: { id: `signature:${nonce}`, expiresAtMs: nowMs + 1_200_000 },
      });
  });

  it("has one nonce however often it is signed, so that it is good once", async () => {
    const again = await wallet.sign(signed.text);
    const [first, second] = [await verify(), await verify(again)];
    expect(first.ok && second.ok && first.nonce?.id === second.nonce?.id).toBe(true);
  });
});

describe("a signed text is refused", () => {
  it("when it has expired", async () => {
    expect(await verify(signed, { nowMs: nowMs + 600_000 })).toMatchObject(refused(/has expired/));
  });

  it("when it was made in the future, beyond what clocks may be apart", async () => {
    expect(await verify(signed, { nowMs: nowMs - 60_001 })).toMatchObject(refused(/in the future/));
    expect(await verify(signed, { nowMs: nowMs - 60_000 })).toMatchObject({ ok: true });
  });

  it("for another address, by name", async () => {
    const other = await newArbitrarySigner();
    expect(await verify(signed, { address: other.address })).toMatchObject(
      refused(new RegExp(`for the address ${wallet.address}`)),
    );
  });

  it("for another network, origin or action, by name", async () => {
    expect(await verify(signed, { chainId: "paw-1" })).toMatchObject(refused(/for the network sandbox-1/));
    expect(await verify(signed, { origin: "https://evil.test" })).toMatchObject(refused(/for https:\/\/faucet\.test/));
    const by = new Adr036Proofs(secret, "sand", "register");
    expect(await verify(signed, { by })).toMatchObject(refused(/for the action claim/));
  });

  it("when another secret made it, or the puzzles' use of this one", async () => {
    for (const other of [`${secret}.`, `puzzle/${secret}`, ""])
      expect(await verify(signed, { by: new Adr036Proofs(other, "sand", "claim") })).toMatchObject(
        refused(/not made here/),
      );
    const facts = JSON.stringify([origin, chainId, "claim", wallet.address, nowMs + 600_000]);
    const nonceBy = (label: string) =>
      createHmac("sha256", label + secret)
        .update(facts)
        .digest("hex");
    expect(signed.text).toContain(nonceBy("wellspring/sign-text/"));
    for (const label of ["", "wellspring/puzzle/", "wellspring/solution/"])
      expect(signed.text).not.toContain(nonceBy(label));
    const { puzzle } = await new AltchaChallenges(secret).issue(chainId, wallet.address, 4, nowMs);
    const text = signed.text.replace(/Nonce: .*/, `Nonce: ${puzzle.signature}`);
    expect(await verify(await wallet.sign(text))).toMatchObject(refused(/not made here/));
  });

  it("when any letter of it was changed, left out or added, although its wallet signed it so", async () => {
    const { text } = signed;
    for (let index = 0; index < text.length; index += 1) {
      const changed = text[index] === "0" ? "1" : "0";
      for (const middle of ["", changed, `${text[index]}${changed}`]) {
        const altered = text.slice(0, index) + middle + text.slice(index + 1);
        expect(await verify({ ...signed, text: altered })).toMatchObject(refused(/not made here|to the letter/));
      }
    }
    for (const altered of [`${text}\n`, `${text} `, `\n${text}`, text.replaceAll("\n", "\r\n"), text.toUpperCase()])
      expect(await verify(await wallet.sign(altered))).toMatchObject(refused(/to the letter/));
    const later = text.replace("00:10:00", "00:11:00");
    expect(await verify(await wallet.sign(later))).toMatchObject(refused(/not made here/));
  });

  it("when another key signed it, or the wallet signed different data", async () => {
    const other = await newArbitrarySigner();
    expect(await verify(await other.sign(signed.text))).toMatchObject(refused(/public key is that of/));
    const different = await wallet.sign(signed.text, { data: `${signed.text}\n` });
    expect(await verify(different)).toMatchObject(refused(/not one of this key/));
  });

  it.each(["", "hello", "\n".repeat(1_000_000), "a".repeat(1_000_000)])("when it is no text of ours", async (text) => {
    expect(await verify({ ...signed, text })).toMatchObject(refused(/to the letter/));
  });
});
