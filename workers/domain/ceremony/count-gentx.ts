import { type ClientOrigin, clientNetworksOf } from "../access/networks-of.ts";
import { named } from "../access/pressure.ts";
import type { ServedNetwork } from "../network/served.ts";

/** This client's network has handed in its gentxs of the day. */
export type GentxsLimited = {
  readonly reason: "gentxs_limited";
  readonly width: string;
  readonly retryAtMs: number;
};

/**
 * Judging costs some milliseconds of the one object that a ceremony has, so each client's networks have a bound a day.
 * Where no edge stands in front nobody can be told from another, and one cap for all would close the ceremony: there it
 * is not counted.
 */
export async function countGentx(
  network: ServedNetwork,
  most: number,
  client: ClientOrigin,
  id: string,
): Promise<GentxsLimited | null> {
  if (most === 0 || ("shared" in client && client.shared === "local")) return null;
  const caps = { ipv4: most, ipv6By64: most, ipv6By56: most * 4, ipv6By48: most * 16 };
  const count = await network.limiter.take(
    `gentx:${id}`,
    named("gentx/", clientNetworksOf(client, caps)),
    network.nowMs(),
  );
  return count.ok ? null : { reason: "gentxs_limited", width: count.width, retryAtMs: count.retryAtMs };
}
