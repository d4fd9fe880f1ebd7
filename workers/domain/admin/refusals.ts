import type { Role } from "./actor.ts";

/** Why an admin's request is refused before anything is done. No arm holds any part of a key. */
export type AdminRefusal =
  /** No key came along. */
  | { readonly reason: "admin_key_missing" }
  /** The key is none of this deployment's. */
  | { readonly reason: "admin_key_invalid" }
  /** The key is known, and may not do this. */
  | { readonly reason: "role_missing"; readonly role: Role; readonly held: readonly Role[] }
  /** This client's network has tried too many wrong keys. A right one still opens. */
  | { readonly reason: "admin_tries_spent"; readonly width: string; readonly retryAtMs: number };
