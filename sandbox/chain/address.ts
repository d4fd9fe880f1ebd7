import { createHash } from "node:crypto";
import { fromBech32, toBech32 } from "@cosmjs/encoding";
import { sha256 } from "./merkle.ts";

/** An account's address in lower case, or why the text is none. */
export type Address =
  | { readonly ok: true; readonly address: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly fault: string };

/** Reads bech32 as the SDK's address codec does: one case throughout, the chain's prefix, 1 to 255 bytes. */
export function readAddress(text: string, prefix: string): Address {
  if (text.trim() === "") return { ok: false, fault: "empty address string is not allowed" };
  try {
    const decoded = fromBech32(text, 1023);
    if (decoded.prefix !== prefix) {
      return { ok: false, fault: `hrp does not match bech32 prefix: expected '${prefix}' got '${decoded.prefix}'` };
    }
    if (decoded.data.length === 0) return { ok: false, fault: "addresses cannot be empty: unknown address" };
    if (decoded.data.length > 255) return { ok: false, fault: "address max length is 255" };
    return { ok: true, address: toBech32(prefix, decoded.data, 1023), bytes: decoded.data };
  } catch (cause) {
    return { ok: false, fault: `decoding bech32 failed: ${cause instanceof Error ? cause.message : "not bech32"}` };
  }
}

/** Accounts of modules that may not be paid, with the SDK's default wiring. */
const moduleNames = ["fee_collector", "distribution", "mint", "bonded_tokens_pool", "not_bonded_tokens_pool", "gov"];

/** A module account's address: SHA-256 of its name, cut to 20 bytes (SDK x/auth/types NewModuleAddress). */
export function moduleAddress(name: string, prefix: string): string {
  return toBech32(prefix, sha256(Buffer.from(name)).subarray(0, 20));
}

/** Addresses of all module accounts. The bank module refuses to pay any of them. */
export function moduleAddresses(prefix: string): readonly string[] {
  return moduleNames.map((name) => moduleAddress(name, prefix));
}

/** The address of a compressed secp256k1 public key: RIPEMD-160 of SHA-256. */
export function keyAddress(publicKey: Uint8Array, prefix: string): string {
  return toBech32(prefix, createHash("ripemd160").update(sha256(publicKey)).digest());
}
