import type { ServedNetwork } from "../network/served.ts";
import { type ClientOrigin, clientNetworksOf } from "./networks-of.ts";
import { named } from "./pressure.ts";

/** What is counted under a name of its own, and how much of it one client network has in 24 hours; 0: no limit. */
export type DailyShare = { readonly what: string; readonly most: number };

/** This client's network has had its share of the day. */
export type ShareTaken = { readonly width: string; readonly retryAtMs: number };

/**
 * Takes one of a client's daily share, under an id that is new for each request; null: it had one left. Where no edge
 * stands in front nobody can be told from another, and one cap for all would close the door: there it is not counted.
 */
export async function takeDaily(
  { limiter, nowMs }: ServedNetwork,
  { what, most }: DailyShare,
  client: ClientOrigin,
  id: string,
): Promise<ShareTaken | null> {
  if (most === 0 || ("shared" in client && client.shared === "local")) return null;
  const caps = { ipv4: most, ipv6By64: most, ipv6By56: most * 4, ipv6By48: most * 16 };
  const count = await limiter.take(`${what}:${id}`, named(`${what}/`, clientNetworksOf(client, caps)), nowMs());
  return count.ok ? null : { width: count.width, retryAtMs: count.retryAtMs };
}
