/** An address of one client, as numbers: 4 bytes, or 8 groups of 16 bits. */
export type IpAddress =
  | { readonly version: 4; readonly bytes: readonly number[] }
  | { readonly version: 6; readonly groups: readonly number[] };

/** The longest text of an address: IPv6 with the last 32 bits dotted. */
const charactersMost = 45;

/**
 * Reads an address in any of its spellings (RFC 4291 2.2), strictly: no port, no brackets, no zone, no leading zeros
 * in IPv4 (some read those as octal). IPv4 mapped into IPv6 is IPv4: both are one client. Null: not an address.
 */
export function readIpAddress(text: string): IpAddress | null {
  if (text.length > charactersMost) return null;
  if (!text.includes(":")) {
    const bytes = readDotted(text);
    return bytes && { version: 4, bytes };
  }
  const groups = readGroups(text);
  if (groups === null) return null;
  const [, , , , , marker, high = 0, low = 0] = groups;
  const mapped = marker === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return mapped ? { version: 4, bytes: [high >> 8, high & 255, low >> 8, low & 255] } : { version: 6, groups };
}

function readDotted(text: string): number[] | null {
  const parts = text.split(".");
  const bytes = parts.map((part) => (/^(0|[1-9][0-9]{0,2})$/.test(part) ? Number(part) : 256));
  return parts.length === 4 && bytes.every((byte) => byte < 256) ? bytes : null;
}

/** All eight groups of an IPv6 address; `::` stands for one group of zeros or more, once. */
function readGroups(text: string): number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = [readRun(halves[0] ?? "", halves.length === 1), readRun(halves[1] ?? "", true)];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1) return missing === 0 ? head : null;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : null;
}

/** Groups by colon; the last of an address may be dotted. */
function readRun(text: string, last: boolean): number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const dotted = last && index === parts.length - 1 && part.includes(".") ? readDotted(part) : null;
    if (dotted) {
      const [a = 0, b = 0, c = 0, d = 0] = dotted;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

/** Ranges of IPv4 that nobody reaches over the internet (IANA's special-purpose registry), and all from multicast on. */
const reserved4: readonly (readonly [base: readonly [number, number, number, number], bits: number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
];

/** Parts of 2000::/3 that are no host's on the internet: their first two groups under a mask. */
const reserved6: readonly (readonly [base: readonly [number, number], mask: readonly [number, number]])[] = [
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
 * Whether an address can be a host's on the internet. It is the one rule for what is signed up and what is connected to,
 * so that nobody is taken with an address that is then never looked at.
 */
export function isPublicAddress(address: IpAddress): boolean {
  if (address.version === 4) {
    const own = numberOf(address.bytes);
    return !reserved4.some(([base, bits]) => numberOf(base) >>> (32 - bits) === own >>> (32 - bits));
  }
  const [first = 0, second = 0] = address.groups;
  if (first >> 13 !== 1) return false;
  return !reserved6.some(([base, mask]) => (first & mask[0]) === base[0] && (second & mask[1]) === base[1]);
}

function numberOf(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
