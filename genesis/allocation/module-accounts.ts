import { bytesToHex } from "@noble/hashes/utils.js";
import { moduleAddress } from "../document/address.ts";

/** Modules whose accounts the SDK, IBC and wasm derive from a name. Coins sent there at genesis break their sums. */
const moduleNames = [
  "bonded_tokens_pool",
  "not_bonded_tokens_pool",
  "distribution",
  "fee_collector",
  "gov",
  "mint",
  "protocolpool",
  "transfer",
  "interchainaccounts",
  "feeibc",
  "nft",
  "group",
  "circuit",
  "wasm",
  "tokenfactory",
  "vesting",
  "evm",
  "erc20",
] as const;

const byAddress = new Map(moduleNames.map((name) => [bytesToHex(moduleAddress(name)), name]));

/** The module that an address belongs to, else null. */
export function moduleOf(bytes: Uint8Array): string | null {
  return bytes.length === 20 ? (byAddress.get(bytesToHex(bytes)) ?? null) : null;
}
