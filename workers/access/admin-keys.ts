import type { Actor } from "../domain/admin/actor.ts";
import type { AdminKeys } from "../domain/admin/authorize.ts";

/** A key as the deployment knows it: never the key, only its SHA-256. */
export type AdminKeyEntry = Actor & { readonly sha256: Uint8Array };

/** Longer texts are no key of ours and are not hashed. */
const charactersMost = 256;

/** Finds a key by its SHA-256, compared in constant time with every entry. */
export class HashedAdminKeys implements AdminKeys {
  readonly #entries: readonly AdminKeyEntry[];

  constructor(entries: readonly AdminKeyEntry[]) {
    this.#entries = entries;
  }

  async holder(key: string): Promise<Actor | null> {
    if (key.length > charactersMost) return null;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
    let found: Actor | null = null;
    for (const { name, roles, sha256 } of this.#entries) if (isSame(hash, sha256)) found = { name, roles };
    return found;
  }
}

/** Looks at every byte, so that the time tells nothing about where two differ. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
