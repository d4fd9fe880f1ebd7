import type { Content, Profile } from "../../../genesis/validator/content.ts";
import type { RegistrationRequest, SignedProof } from "../../../genesis/validator/proof.ts";
import type { Directory, DirectoryAct, Review } from "./ports.ts";
import { proveContent, proveRegistration, proveWord } from "./prove.ts";
import { type AskedDirectory, type DirectoryRefusal, refusedDirectory } from "./refusals.ts";
import type { Registration } from "./registration.ts";

/** Takes an operator's registration. It waits for a coordinator. */
export async function register(
  directory: Directory,
  operator: string,
  request: RegistrationRequest,
): Promise<AskedDirectory<Registration>> {
  if (directory.allowlist !== null && !directory.allowlist.has(operator))
    return refusedDirectory({ reason: "not_on_allowlist", operator });
  const proved = await proveRegistration(directory, operator, request);
  if (!proved.ok) return proved;
  return directory.store.register(proved.value, directory.pendingMax, ofOperator(directory, operator));
}

/**
 * Replaces a registration's profile. Who changes what people know a validator by, waits for a coordinator again; a
 * new address or contact doesn't take one.
 */
export async function amend(
  directory: Directory,
  operator: string,
  { content, proof }: { readonly content: Content; readonly proof: SignedProof },
): Promise<AskedDirectory<Registration>> {
  const proved = proveContent(directory, "amend", operator, content, proof);
  if (!proved.ok) return proved;
  const before = await directory.store.one(operator);
  if (before === null) return refusedDirectory({ reason: "unknown_registration", operator });
  const stays = before.state === "approved" && before.profile !== null && sameFace(before.profile, content.profile);
  const to = stays ? "approved" : "pending";
  return directory.store.amend(proved.value, before.rev, to, ofOperator(directory, operator));
}

/** Takes a registration back: profile and contact are erased, the entry stays as withdrawn. */
export async function withdraw(
  directory: Directory,
  operator: string,
  proof: SignedProof,
): Promise<AskedDirectory<Registration>> {
  const nonce = proveWord(directory, "withdraw", operator, null, proof);
  if (!nonce.ok) return nonce;
  return directory.store.withdraw(operator, nonce.value, ofOperator(directory, operator));
}

/** A coordinator's decision about the revision that they saw. */
export async function reviewRegistration(
  { store, nowMs, newId }: Directory,
  operator: string,
  rev: number,
  review: Review,
  actor: string,
): Promise<AskedDirectory<Registration, DirectoryRefusal>> {
  return store.review(operator, rev, review, { actId: newId(), actor, atMs: nowMs() });
}

function ofOperator({ nowMs, newId }: Directory, operator: string): DirectoryAct {
  return { actId: newId(), actor: `operator:${operator}`, atMs: nowMs() };
}

function sameFace(before: Profile, after: Profile): boolean {
  return (["moniker", "identity", "website", "consensusKey"] as const).every((name) => before[name] === after[name]);
}
