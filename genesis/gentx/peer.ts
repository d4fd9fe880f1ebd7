import { type Said, said } from "../document/said.ts";
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
  if (host.startsWith("[") && !URL.canParse(`http://${host}/`)) return null;
  return { nodeId, host: host.replace(/^\[|\]$/g, "").toLowerCase(), port };
}

const privateRanges: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Why a host can't be reached from the internet. Null: as far as its name says, it can. */
export function unreachable(host: string): Said | null {
  const four = readIpv4(host);
  if (four !== null) {
    const inside = privateRanges.some(([base, bits]) => (readIpv4(base) ?? 0) >>> (32 - bits) === four >>> (32 - bits));
    return inside ? said`it is a private or reserved address` : null;
  }
  if (host.includes(":")) return isPublicIpv6(host) ? null : said`it is no public IPv6 address`;
  if (/^[0-9.]+$/.test(host)) return said`it is no address`;
  if (!/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(host)) return said`it is no full host name`;
  return /\.(?:local|localhost|internal|lan|home|test|example|invalid)$/.test(host)
    ? said`that name is for private use`
    : null;
}

/** The network that a host is in, to see many in one place: /24, /48, or the last two parts of a name. */
export function subnetOf(host: string): string {
  if (readIpv4(host) !== null) return `${host.split(".").slice(0, 3).join(".")}.0/24`;
  if (host.includes(":")) return `${host.split(":").slice(0, 3).join(":")}::/48`;
  return host.split(".").slice(-2).join(".");
}

/** Of 2000::/3, without what stands for examples, and without tunnels, which hold an IPv4 address of any kind. */
function isPublicIpv6(host: string): boolean {
  // As the URL standard writes it: in one spelling, with the longest run of zeros left out.
  const text = new URL(`http://[${host}]/`).hostname.slice(1, -1);
  return /^[23][0-9a-f]{3}:/.test(text) && !/^(?:2001:(?:db8|0|):|2001::|2002:|3fff:0?[0-9a-f]{0,3}:)/.test(text);
}

function readIpv4(host: string): number | null {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (found === null) return null;
  // Go takes a leading zero for no address, and others for an octal number.
  if (found.slice(1).some((part) => part.length > 1 && part.startsWith("0"))) return null;
  const parts = found.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
