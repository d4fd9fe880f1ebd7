import type { ClientLimiter, ClientNetwork } from "../access/client.ts";
import type { Log } from "../claim/ports.ts";
import { type Actor, mayAct, type Role } from "./actor.ts";
import type { AdminRefusal } from "./refusals.ts";

/** The deployment's admin keys. Finding one takes as long whichever it is, and whether it is there or not. */
export interface AdminKeys {
  /** Who holds this key; null: nobody. */
  holder(key: string): Promise<Actor | null>;
}

/** What deciding about an admin's request takes. */
export type AdminDoor = {
  readonly keys: AdminKeys;
  /** Counts wrong keys by client network. */
  readonly tries: ClientLimiter;
  /** A new unguessable name. */
  readonly newTryId: () => string;
  readonly nowMs: () => number;
  readonly log: Log;
};

/** An admin's request: its key, and the client's networks under which a wrong one is counted. */
export type Knock = { readonly key: string | null; readonly client: readonly ClientNetwork[] };

/** The actor, or why not. */
export type Admitted =
  | { readonly ok: true; readonly actor: Actor }
  | { readonly ok: false; readonly refusal: AdminRefusal };

/**
 * Whether this key may do what `role` may. A wrong key is written to the log and counted for its client's networks;
 * past their cap it is refused without a log line, so that nobody fills the log. A right key always opens: strangers
 * who share an operator's network can't lock the operator out, and 32 random bytes are not guessed.
 */
export async function authorize(door: AdminDoor, { key, client }: Knock, role: Role): Promise<Admitted> {
  const { keys, tries, newTryId, nowMs, log } = door;
  const no = (refusal: AdminRefusal) => ({ ok: false, refusal }) as const;
  if (key === null) return no({ reason: "admin_key_missing" });
  const actor = await keys.holder(key);
  if (actor === null) {
    const count = await tries.take(newTryId(), client, nowMs());
    if (!count.ok) return no({ reason: "admin_tries_spent", width: count.width, retryAtMs: count.retryAtMs });
    log("admin_key_refused", { client: client.at(-1)?.key ?? "" });
    return no({ reason: "admin_key_invalid" });
  }
  if (mayAct(actor, role)) return { ok: true, actor };
  log("admin_role_refused", { actor: actor.name, role });
  return no({ reason: "role_missing", role, held: actor.roles });
}
