/** A credential or proof that was checked: under which name its claims are counted, and what of it is used up. */
export type ProofVerdict =
  | {
      readonly ok: true;
      readonly quotaKey: string;
      readonly nonce: { readonly id: string; readonly expiresAtMs: number } | null;
    }
  | { readonly ok: false; readonly detail: string };
/** A text for a wallet to sign; it carries origin, network, action, address, nonce and expiry. */
export type SignText = { readonly text: string; readonly expiresAtMs: number };
/** ADR-036 signatures of the recipient. Stateless: the nonce in the text is an HMAC over the rest. */
export interface SignatureProofs {
  issue(chainId: string, address: string, origin: string, nowMs: number): Promise<SignText>;
  verify(
    chainId: string,
    address: string,
    origin: string,
    proof: { readonly text: string; readonly pubKey: string; readonly signature: string },
    nowMs: number,
  ): Promise<ProofVerdict>;
}
/** Tokens of an OIDC issuer (GitHub Actions): the repository is the quota key, jti is the nonce. */
export interface OidcProofs {
  verify(token: string, nowMs: number): Promise<ProofVerdict>;
}
/** Cloudflare Turnstile. */
export interface TurnstileProofs {
  verify(token: string, clientIp: string | null, address: string, nowMs: number): Promise<ProofVerdict>;
}
