import { readIpAddress } from "../../../genesis/gentx/ip-address.ts";
import type { ClientNetwork } from "./client.ts";

/** Where a request comes from: an address as text, unchecked, or a place that many clients share. */
export type ClientOrigin =
  | { readonly address: string }
  /** `worker`: another Worker sent it. `local`: no edge stands in front that would say who asks. */
  | { readonly shared: "worker" | "local" };

/** Claims a day by width of prefix; 0: not limited. */
export type ClientCaps = {
  readonly ipv4: number;
  readonly ipv6By64: number;
  readonly ipv6By56: number;
  readonly ipv6By48: number;
};

/**
 * The networks under which a client is counted, from the widest to the narrowest; none where no cap applies. One
 * household or server holds a whole IPv6 /64 and often a /56 or a /48, so an address alone would be no limit there.
 * What tells no address is counted like one client, all of it together: nobody gains by hiding.
 */
export function clientNetworksOf(origin: ClientOrigin, caps: ClientCaps): ClientNetwork[] {
  if ("shared" in origin) return shared(origin.shared, caps);
  const address = readIpAddress(origin.address);
  if (address === null) return shared("unknown", caps);
  if (address.version === 4) {
    return counted([{ key: `4:${address.bytes.join(".")}`, width: "IPv4 address", max: caps.ipv4 }]);
  }
  const [a = 0, b = 0, c = 0, d = 0] = address.groups;
  return counted([
    { key: `6/48:${hex(a, b, c)}::`, width: "IPv6 /48", max: caps.ipv6By48 },
    { key: `6/56:${hex(a, b, c, d & 0xff00)}::`, width: "IPv6 /56", max: caps.ipv6By56 },
    { key: `6/64:${hex(a, b, c, d)}::`, width: "IPv6 /64", max: caps.ipv6By64 },
  ]);
}

function counted(networks: readonly ClientNetwork[]): ClientNetwork[] {
  return networks.filter(({ max }) => max > 0);
}

function shared(bucket: "worker" | "local" | "unknown", caps: ClientCaps): ClientNetwork[] {
  // As much as one client has, by the narrowest cap that is set.
  const max = [caps.ipv4, caps.ipv6By64, caps.ipv6By56, caps.ipv6By48].find((cap) => cap > 0) ?? 0;
  const width = bucket === "worker" ? "group of clients behind another Worker" : "group of clients without an address";
  return counted([{ key: `shared:${bucket}`, width, max }]);
}

function hex(...groups: number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}
