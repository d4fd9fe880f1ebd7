import type { ServedNetwork } from "../network/served.ts";
import type { Grant, GrantOutcome, GrantRefusal, GrantTerms } from "./grant.ts";

/** A grant that was made, with its secret: it is shown this once, and then nobody knows it but its holder. */
export type Made =
  | { readonly ok: true; readonly grant: Grant; readonly secret: string }
  | { readonly ok: false; readonly refusal: GrantRefusal };

/** The longest time for which a rotated key's old secret may stay good: a week. */
export const graceMsMost = 7 * 86_400_000;

/** Makes an API key: `wsk_<id>_<secret>`, the secret 32 random bytes. `actor` is who makes it. */
export async function createKey(network: ServedNetwork, terms: GrantTerms, actor: string): Promise<Made> {
  const { id, secret } = network.newSecret("key");
  const hash = await network.hashSecret("key", secret);
  return made(await network.dispenser.createGrant({ ...terms, id, kind: "key", hash }, actor), secret);
}

/** Makes an event code of the organiser's words, or with null of ten random letters and digits. */
export async function createCode(
  network: ServedNetwork,
  words: string | null,
  terms: GrantTerms,
  actor: string,
): Promise<Made> {
  const fresh = network.newSecret("code");
  const secret = words ?? fresh.secret;
  const hash = await network.hashSecret("code", secret);
  return made(await network.dispenser.createGrant({ ...terms, id: fresh.id, kind: "code", hash }, actor), secret);
}

/** Gives a key another secret. The old one stays good for `graceMs`, at most {@link graceMsMost}. */
export async function rotateKey(network: ServedNetwork, id: string, graceMs: number, actor: string): Promise<Made> {
  const { secret } = network.newSecret("key", id);
  const hash = await network.hashSecret("key", secret);
  const bounded = Math.min(graceMsMost, Math.max(0, graceMs));
  return made(await network.dispenser.rotateGrant(id, hash, bounded, actor), secret);
}

function made(outcome: GrantOutcome, secret: string): Made {
  return outcome.ok ? { ...outcome, secret } : outcome;
}
