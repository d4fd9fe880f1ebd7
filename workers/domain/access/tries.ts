import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";
import type { Proved } from "./check-proof.ts";
import { type CredentialKind, credentialWords } from "./credential.ts";
import { type ClientOrigin, clientNetworksOf } from "./networks-of.ts";
import { named } from "./pressure.ts";

/**
 * Wrong secrets that a client's networks may bring in 24 hours. A code that we make is one of 2^50, so none is guessed
 * by this; and people in one hall may mistype a good deal.
 */
const triesCaps = { ipv4: 100, ipv6By64: 100, ipv6By56: 200, ipv6By48: 400 };

/**
 * Asks the dispenser about a claim by an API key or an event code, and counts the secrets that it does not know for
 * the client's networks. A try is named by its hash: the same secret counts once, however many bring it at once.
 *
 * A code is held as a try before it is asked, and given back when it is known: however many are tried at once, no
 * more than allowed are answered. A key can't be guessed (256 random bits), so a right one is never held up by
 * whoever else tried wrong ones from the same address: it is counted after, only to end the asking.
 */
export async function countTries<T>(
  network: ServedNetwork,
  proved: Extract<Proved, { ok: true }>,
  client: ClientOrigin,
  ask: () => Promise<T>,
  refusalIn: (answer: T) => ClaimRefusal | null,
): Promise<{ readonly ok: true; readonly answer: T } | { readonly ok: false; readonly refusal: ClaimRefusal }> {
  const { route, credential } = proved;
  if (credential === null || !("hash" in credential)) return { ok: true, answer: await ask() };
  const kind: CredentialKind = route === "key" ? "key" : "code";
  const { limiter, nowMs } = network;
  const networks = named("try/", clientNetworksOf(client, triesCaps));
  const id = `try:${credential.hash}`;
  const wrong = (answer: T) => refusalIn(answer)?.reason === "credential_invalid";
  const limited = (retryAtMs: number) => ({ ok: false, refusal: tooMany(kind, retryAtMs) }) as const;
  if (kind === "key") {
    const answer = await ask();
    const count = wrong(answer) ? await limiter.take(id, networks, nowMs()) : null;
    return count === null || count.ok ? { ok: true, answer } : limited(count.retryAtMs);
  }
  const count = await limiter.take(id, networks, nowMs());
  if (!count.ok) return limited(count.retryAtMs);
  const answer = await ask();
  if (!wrong(answer)) await limiter.giveBack(id, count.hold);
  return { ok: true, answer };
}

function tooMany(kind: CredentialKind, retryAtMs: number): ClaimRefusal {
  const detail = `Too many that are no ${credentialWords[kind]} came from this network; try again at ${new Date(retryAtMs).toISOString()}.`;
  return { reason: "credential_limited", kind, detail, retryAtMs };
}
