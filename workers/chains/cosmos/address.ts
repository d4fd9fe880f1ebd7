import { sha256 } from "@cosmjs/crypto";
import { fromBech32, toBech32 } from "@cosmjs/encoding";

/** A text that was read as an address: in lower case and as bytes, or what is wrong with it, for a reader. */
export type AddressText =
  | { readonly ok: true; readonly address: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly detail: string };

const TEXT_MAX = 120;

/**
 * Reads a bech32 account address. Upper and lower case are one address (BIP-173), so the answer is always the
 * lower-case form. 20 bytes for keys and modules, 32 for contracts and sub-accounts (cosmos-sdk ADR 028).
 */
export function readAddress(text: string, prefix: string): AddressText {
  const wrong = (detail: string): AddressText => ({ ok: false, detail });
  if (text.length > TEXT_MAX || !/^[!-~]+$/.test(text)) return wrong(`An address begins with ${prefix}1.`);
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return wrong("The address mixes upper and lower case.");
  const separator = lower.lastIndexOf("1");
  if (separator < 1) return wrong(`An address begins with ${prefix}1.`);
  const found = lower.slice(0, separator);
  if (found !== prefix)
    return wrong(`The address begins with ${found}1; on this chain addresses begin with ${prefix}1.`);
  const bytes = decoded(lower);
  if (!bytes) return wrong("The address has a typing mistake: its checksum is wrong.");
  if (bytes.length !== 20 && bytes.length !== 32) {
    return wrong(`The address is ${bytes.length} bytes long; accounts have 20 or 32.`);
  }
  return { ok: true, address: lower, bytes };
}

/** A module account's address: the first 20 bytes of the name's SHA-256. Source: x/auth/types, NewModuleAddress. */
export function moduleAddress(name: string, prefix: string): string {
  return toBech32(prefix, sha256(new TextEncoder().encode(name)).subarray(0, 20));
}

function decoded(address: string): Uint8Array | null {
  try {
    return fromBech32(address, TEXT_MAX).data;
  } catch {
    return null;
  }
}
