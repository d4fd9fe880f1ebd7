import { adminKeys } from "../support/admin-keys.ts";
import type { newArbitrarySigner } from "../support/arbitrary-signer.ts";
import type { OidcIssuer } from "../support/oidc-issuer.ts";
import type { Client, Told } from "./client.ts";
import { codeBudget, keyPerDay } from "./populations.ts";

/** What a deployment's CI tokens are for. */
export const oidcAudience = "https://faucet.example.org";

/** Makes what a population has got hold of: an API key or an event code of its own. */
export async function makeGrant(faucetAdmin: string, kind: "key" | "code", label: string): Promise<string> {
  const terms = kind === "key" ? { label, perDay: keyPerDay } : { label, budget: codeBudget };
  const answer = await fetch(`${faucetAdmin}/${kind}s`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKeys.operator}` },
    body: JSON.stringify(terms),
  });
  const { secret } = (await answer.json()) as { secret?: string };
  if (secret === undefined) throw new Error(`no ${kind} was made: ${answer.status}`);
  return secret;
}

/** Claims with a fresh token of one repository's jobs. */
export async function claimByCi(client: Client, issuer: OidcIssuer, address: string): Promise<Told> {
  const token = await issuer.mint(oidcAudience, { repository: "octo-org/loose", repository_id: "77" });
  return client.claim({ address }, { authorization: `Bearer ${token}` });
}

/** Claims for a wallet made on the spot, by its signature. The recipient is that wallet. */
export async function claimBySignature(client: Client, signer: Awaited<ReturnType<typeof newArbitrarySigner>>) {
  const { address } = signer;
  const asked = await client.askText(address);
  if ("code" in asked) return asked;
  return client.claim({ address, signature: await signer.sign(asked.text) });
}
