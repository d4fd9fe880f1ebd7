/** What a claim may come by that has a quota of its own. */
export type CredentialKind = "key" | "code" | "oidc" | "signature";

/**
 * A credential as the dispenser is told of it. Of keys and codes only the hash: the dispenser looks it up in its own
 * table, in the claim's own transaction. The others were checked before; they come with their quota key.
 */
export type Shown = { readonly hash: string } | { readonly quotaKey: string };

/** Whether a route comes by a credential. */
export function isCredential(route: string): route is CredentialKind {
  return route === "key" || route === "code" || route === "oidc" || route === "signature";
}

/**
 * Whether a claim by this route counts for its client's networks. What was given out to someone, or belongs to a
 * repository, has a quota of its own, and many may use it behind one address: a hall full of people with one code. An
 * address's own signature is different: addresses are free to make, so it stays under the client's caps.
 */
export function countsForClient(route: string): boolean {
  return route !== "key" && route !== "code" && route !== "oidc";
}

/** The words for people. */
export const credentialWords: Readonly<Record<CredentialKind, string>> = {
  key: "API key",
  code: "event code",
  oidc: "CI token",
  signature: "signature",
};
