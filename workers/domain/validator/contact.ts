import type { Directory, DirectoryAct } from "./ports.ts";
import { type AskedDirectory, type DirectoryRefusal, refusedDirectory } from "./refusals.ts";

/** An operator's private contact, for a coordinator; null: they left none. That they looked is written down. */
export async function readContact(
  directory: Directory,
  operator: string,
  actor: string,
): Promise<AskedDirectory<string | null, DirectoryRefusal>> {
  const { store } = directory;
  if ((await store.one(operator)) === null) return refusedDirectory({ reason: "unknown_registration", operator });
  return { ok: true, value: await store.contact(operator, actOf(directory, actor)) };
}

/** Erases an operator's private contact at their request. */
export async function eraseContact(
  directory: Directory,
  operator: string,
  actor: string,
): Promise<AskedDirectory<null, DirectoryRefusal>> {
  const { store } = directory;
  if ((await store.one(operator)) === null) return refusedDirectory({ reason: "unknown_registration", operator });
  await store.eraseContact(operator, actOf(directory, actor));
  return { ok: true, value: null };
}

function actOf({ nowMs, newId }: Directory, actor: string): DirectoryAct {
  return { actId: newId(), actor, atMs: nowMs() };
}
