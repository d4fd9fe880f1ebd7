import { env } from "cloudflare:workers";
import type { Claims } from "./oidc-issuer.ts";
import type { Widget } from "./turnstile-server.ts";

/** A token for this audience from the stand-in of GitHub's issuer; `over` changes its claims. */
export async function oidcToken(audience: string, over: Claims = {}): Promise<string> {
  const path = `${env.OIDC_ISSUER}/token?audience=${encodeURIComponent(audience)}`;
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(over) });
  return ((await answer.json()) as { value: string }).value;
}

/** A token of the stand-in's Turnstile widget. */
export async function turnstileToken(widget: Widget): Promise<string> {
  const path = new URL("/solve", env.TURNSTILE_VERIFY_URL);
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(widget) });
  return ((await answer.json()) as { token: string }).token;
}
