import { type IpAddress, isPublicAddress, readIpAddress } from "../../../genesis/gentx/ip-address.ts";

/** An address in digits, in one spelling, and whether it is a public one. */
export type ReadAddress = { readonly text: string; readonly isPublic: boolean };

/**
 * Reads an address; null: it is none. IPv4 mapped into IPv6 is that IPv4 address. What is connected to is this text,
 * never the one that was read: so what was judged and what is connected to can't be two.
 */
export function readPublicAddress(host: string): ReadAddress | null {
  const read = readIpAddress(host);
  if (read === null) return null;
  return { text: textOf(read), isPublic: isPublicAddress(read) };
}

function textOf(address: IpAddress): string {
  if (address.version === 4) return address.bytes.join(".");
  return address.groups.map((group) => group.toString(16)).join(":");
}
