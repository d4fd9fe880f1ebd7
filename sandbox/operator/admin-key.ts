import { createHash, randomBytes } from "node:crypto";

/** A new admin key, and the entry of the setting ADMIN_KEYS that lets it in. The entry holds no secret. */
export type NewAdminKey = { readonly key: string; readonly entry: string };

/** Makes a key of 32 random bytes. Throws on a name or roles that the setting does not take. */
export function newAdminKey(name: string, roles: readonly string[]): NewAdminKey {
  if (!/^[a-z0-9-]{1,32}$/.test(name)) throw new Error("a name has 1 to 32 characters: a to z, 0 to 9 and -");
  const known = ["viewer", "operator", "coordinator"];
  if (roles.length === 0 || new Set(roles).size !== roles.length || roles.some((role) => !known.includes(role))) {
    throw new Error(`roles are ${known.join(", ")}, each once at most`);
  }
  const key = `wsa_${name}_${randomBytes(32).toString("base64url")}`;
  return { key, entry: adminKeyEntry(key, roles) };
}

/** The entry of ADMIN_KEYS for a key that there is already. */
export function adminKeyEntry(key: string, roles: readonly string[]): string {
  const name = /^wsa_([a-z0-9-]{1,32})_/.exec(key)?.[1];
  if (name === undefined) throw new Error("this is not an admin key");
  return `${name}:${roles.join("+")}:${createHash("sha256").update(key).digest("hex")}`;
}
