import { fromHex, toHex, toUtf8 } from "@cosmjs/encoding";
import type { ProofVerdict, SignatureProofs, SignText } from "../domain/access/proofs.ts";
import { readSignText, type SignFacts, writeSignText } from "./sign-text.ts";

/** What a signature may be asked for. One that was made for another action proves nothing. */
export type SignAction = "claim" | "register" | "attest";

/** Time to read the text and find the Ledger. */
const lifetimeMs = 600_000;
/** Clocks of two machines may be this far apart; a text from further ahead was not made with a right clock. */
const clocksApartMs = 60_000;
/** Spent nonces are kept this much longer, so that a clock that runs behind opens no second chance. */
const nonceGraceMs = 600_000;

/**
 * Proofs by ADR-036: a wallet signs a text that names origin, network, action, address, nonce and expiry. The nonce
 * is an HMAC over all the rest, so that nothing is kept between the two requests; it is spent by whoever counts.
 */
export class Adr036Proofs implements SignatureProofs {
  readonly #secret: Uint8Array;
  readonly #prefix: string;
  readonly #action: SignAction;

  /** `secret`: 32 characters or more. Its puzzles have keys of other labels, so neither is good for the other. */
  constructor(secret: string, prefix: string, action: SignAction) {
    this.#secret = toUtf8(`wellspring/sign-text/${secret}`);
    this.#prefix = prefix;
    this.#action = action;
  }

  async issue(chainId: string, address: string, origin: string, nowMs: number): Promise<SignText> {
    const facts = { origin, chainId, action: this.#action, address, expiresAtMs: nowMs + lifetimeMs };
    const mac = await crypto.subtle.sign("HMAC", await this.#key(), macInput(facts));
    return { text: writeSignText(facts, toHex(new Uint8Array(mac))), expiresAtMs: facts.expiresAtMs };
  }

  async verify(
    chainId: string,
    address: string,
    origin: string,
    proof: { readonly text: string; readonly pubKey: string; readonly signature: string },
    nowMs: number,
  ): Promise<ProofVerdict> {
    const no = (detail: string): ProofVerdict => ({ ok: false, detail });
    const { text, pubKey, signature } = proof;
    const read = readSignText(text);
    if (!read.ok) return no("The signed text is not one of this faucet, to the letter. Ask for a new one.");
    const { facts, nonce } = read;
    // The platform compares MACs in constant time.
    if (!(await crypto.subtle.verify("HMAC", await this.#key(), fromHex(nonce), macInput(facts))))
      return no("The signed text was not made here, or was changed. Ask for a new one.");
    if (facts.chainId !== chainId) return no(`The signed text is for the network ${facts.chainId}.`);
    if (facts.action !== this.#action) return no(`The signed text is for the action ${facts.action}.`);
    if (facts.address !== address) return no(`The signed text is for the address ${facts.address}.`);
    if (facts.origin !== origin) return no(`The signed text is for ${facts.origin}, and this is ${origin}.`);
    if (facts.expiresAtMs <= nowMs) return no("The signed text has expired. Ask for a new one.");
    if (facts.expiresAtMs > nowMs + lifetimeMs + clocksApartMs)
      return no("The signed text is not valid yet: it was made in the future.");
    // Loaded where it is used: curves take the Worker's start longer than all the rest of this file.
    const { verifyArbitrary } = await import("./adr036.ts");
    const verdict = verifyArbitrary({ prefix: this.#prefix, signer: address, data: text, pubKey, signature });
    if (!verdict.ok) return verdict;
    const spent = { id: `signature:${nonce}`, expiresAtMs: facts.expiresAtMs + nonceGraceMs };
    return { ok: true, quotaKey: `signature:${address}`, nonce: spent };
  }

  /** Made anew each time: a promise that one request left open can't be awaited by another in workerd. */
  #key(): Promise<CryptoKey> {
    return crypto.subtle.importKey("raw", this.#secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  }
}

/** A list in JSON has one reading, whatever its parts hold. */
function macInput({ origin, chainId, action, address, expiresAtMs }: SignFacts): Uint8Array {
  return toUtf8(JSON.stringify([origin, chainId, action, address, expiresAtMs]));
}
