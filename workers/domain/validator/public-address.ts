import { unreachable } from "../../../genesis/gentx/peer.ts";
import { type IpAddress, readIpAddress } from "../access/ip-address.ts";

/** An address in digits, in one spelling, and whether it is a public one. */
export type ReadAddress = { readonly text: string; readonly isPublic: boolean };

/** Parts of 2000::/3 that are no host's on the internet: their first two groups under a mask. */
const reserved: readonly (readonly [readonly [number, number], readonly [number, number]])[] = [
  // 2001::/23, for protocols; Teredo, which holds an IPv4 address, is among them.
  [
    [0x2001, 0x0000],
    [0xffff, 0xfe00],
  ],
  // 2001:db8::/32 and 3fff::/20, for documents.
  [
    [0x2001, 0x0db8],
    [0xffff, 0xffff],
  ],
  [
    [0x3fff, 0x0000],
    [0xffff, 0xf000],
  ],
  // 2002::/16, 6to4: the IPv4 address in it may be any.
  [
    [0x2002, 0x0000],
    [0xffff, 0x0000],
  ],
];

/**
 * Reads an address; null: it is none. IPv4 mapped into IPv6 is that IPv4 address. What is connected to is this text,
 * never the one that was read: so what was judged and what is connected to can't be two.
 */
export function readPublicAddress(host: string): ReadAddress | null {
  const read = readIpAddress(host);
  if (read === null) return null;
  const text = textOf(read);
  return { text, isPublic: read.version === 4 ? unreachable(text) === null : isGlobal(read.groups) };
}

function textOf(address: IpAddress): string {
  if (address.version === 4) return address.bytes.join(".");
  return address.groups.map((group) => group.toString(16)).join(":");
}

function isGlobal([first = 0, second = 0]: readonly number[]): boolean {
  if (first >> 13 !== 1) return false;
  return !reserved.some(([base, mask]) => (first & mask[0]) === base[0] && (second & mask[1]) === base[1]);
}
