import { readBech32, writeBech32 } from "../../../genesis/gentx/bech32.ts";
import type { AddressReading, ServedNetwork } from "../network/served.ts";

/** An operator's two addresses. */
export type OperatorNames = { readonly account: string; readonly valoper: string };

/** An account's address and the `…valoper1…` form of the same bytes. */
export function namesOf(prefix: string, account: string): OperatorNames {
  const bytes = readBech32(account)?.bytes ?? new Uint8Array();
  return { account, valoper: writeBech32(`${prefix}valoper`, bytes) };
}

/** Reads the account of somebody who may sign: 20 bytes, as every key and multisig has. */
export function readOperator(
  { readAddress, facts }: Pick<ServedNetwork, "readAddress" | "facts">,
  text: string,
): AddressReading {
  const read = readAddress(text);
  if (!read.ok || readBech32(read.address)?.bytes.length === 20) return read;
  const detail = `An operator's address has 20 bytes: ${facts.bech32Prefix}1 and 38 more characters.`;
  return { ok: false, refusal: { reason: "invalid_address", detail } };
}
