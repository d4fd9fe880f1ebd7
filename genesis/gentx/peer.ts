import { type Said, said } from "../document/said.ts";
import { isPublicAddress, readIpAddress } from "./ip-address.ts";

/** A node's address as a memo names it. */
export type Peer = { readonly nodeId: string; readonly host: string; readonly port: number };

/** Reads `nodeid@host:port`: 40 lower-case hexadecimal digits, an address or name, a port. Null: it isn't one. */
export function readPeer(memo: string): Peer | null {
  const found = /^([0-9a-f]{40})@(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/.exec(memo);
  if (found === null) return null;
  const [, nodeId = "", host = "", digits = ""] = found;
  const port = Number(digits);
  if (port < 1 || port > 65_535) return null;
  // A node that reads a list with one address that is none does not start: such an address is none here either.
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (host.startsWith("[") && !(bare.includes(":") && readIpAddress(bare))) return null;
  return { nodeId, host: bare, port };
}

/** Why a host can't be reached from the internet. Null: as far as its name says, it can. */
export function unreachable(host: string): Said | null {
  const address = readIpAddress(host);
  // IPv4 mapped into IPv6 is refused whatever it holds: nobody has a reason to write it so.
  if (host.includes(":")) {
    const open = address?.version === 6 && isPublicAddress(address);
    return open ? null : said`it is no public IPv6 address`;
  }
  if (address !== null) return isPublicAddress(address) ? null : said`it is a private or reserved address`;
  if (/^[0-9.]+$/.test(host)) return said`it is no address`;
  if (!/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(host)) return said`it is no full host name`;
  return /\.(?:local|localhost|internal|lan|home|test|example|invalid)$/.test(host)
    ? said`that name is for private use`
    : null;
}

/** The network that a host is in, to see many in one place: /24, /48, or the last two parts of a name. */
export function subnetOf(host: string): string {
  const address = readIpAddress(host);
  if (address === null) return host.split(".").slice(-2).join(".");
  if (address.version === 4) return `${address.bytes.slice(0, 3).join(".")}.0/24`;
  const groups = address.groups.slice(0, 3).map((group) => group.toString(16));
  return `${groups.join(":")}::/48`;
}
