import { type ClientCaps, clientNetworksOf } from "../../domain/access/networks-of.ts";
import type { Actor, Role } from "../../domain/admin/actor.ts";
import { type AdminDoor, authorize } from "../../domain/admin/authorize.ts";
import { clientOriginOf } from "../client-address.ts";
import { type Found, type HouseContext, problems, refuseHere } from "../context.ts";

/** Wrong keys that one client's network may try in 24 hours. */
const triesCaps: ClientCaps = { ipv4: 20, ipv6By64: 20, ipv6By56: 40, ipv6By48: 80 };

/** The actor whose key came with this request and may do what `role` may, or the refusal to answer with. */
export async function requireRole(c: HouseContext, role: Role): Promise<Found<Actor>> {
  const door: AdminDoor = c.var.house.admin;
  const client = clientNetworksOf(clientOriginOf(c), triesCaps);
  const admitted = await authorize(door, { key: bearerOf(c), client }, role);
  if (admitted.ok) return { ok: true, value: admitted.actor };
  return { ok: false, response: refuseHere(c, admitted.refusal) };
}

/** The key of `Authorization: Bearer …` (RFC 6750 2.1); null where there is none. */
function bearerOf(c: HouseContext): string | null {
  return /^bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}

/** The name of the security scheme in the OpenAPI document. */
export const adminScheme = "adminKey";

/** What every admin's route says of itself: it takes a key, and how it refuses one. `more` are further refusals. */
export function adminRoute(more: Readonly<Record<number, string>> = {}) {
  const own: Record<number, string> = {
    401: "admin_key_missing, admin_key_invalid",
    403: "role_missing",
    429: "admin_tries_spent: too many wrong keys from this client's network",
  };
  for (const [status, codes] of Object.entries(more)) {
    const said = own[Number(status)];
    own[Number(status)] = said === undefined ? codes : `${said}; ${codes}`;
  }
  return { security: [{ [adminScheme]: [] }], refusals: problems(own) };
}
