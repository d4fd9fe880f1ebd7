import { type ClientOrigin, clientNetworksOf } from "../access/networks-of.ts";
import { named } from "../access/pressure.ts";
import type { ServedNetwork } from "../network/served.ts";

/** This client's network has sent its registrations of the day. */
export type RegistrationsLimited = {
  readonly reason: "registrations_limited";
  readonly width: string;
  readonly retryAtMs: number;
};

/**
 * A key costs nothing, so who registers is bounded by where they come from. As with gentxs: where no edge stands in
 * front nobody can be told from another, and it is not counted.
 */
export async function countRegistration(
  network: ServedNetwork,
  most: number,
  client: ClientOrigin,
  id: string,
): Promise<RegistrationsLimited | null> {
  if (most === 0 || ("shared" in client && client.shared === "local")) return null;
  const caps = { ipv4: most, ipv6By64: most, ipv6By56: most * 4, ipv6By48: most * 16 };
  const networks = named("registration/", clientNetworksOf(client, caps));
  const count = await network.limiter.take(`registration:${id}`, networks, network.nowMs());
  return count.ok ? null : { reason: "registrations_limited", width: count.width, retryAtMs: count.retryAtMs };
}
