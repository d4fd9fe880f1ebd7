import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import { decodeGentx } from "../../genesis/gentx/decode.ts";
import { addressOf } from "../../genesis/gentx/key.ts";
import { messageField } from "../../genesis/gentx/wire.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { base64, draft, type KeyJson, keyJson, type ModeJson, signBytes, signOnce, type TxJson } from "./gentxs.ts";

export type Mode = "direct" | "amino";
const modeName = { direct: "SIGN_MODE_DIRECT", amino: "SIGN_MODE_LEGACY_AMINO_JSON" };

/** A draft whose operator is a multisig of the keys with these numbers, of which `signed` sign, in one mode or each in its own. */
export function multisigDraft(
  keys: readonly number[],
  threshold: number,
  signed: readonly number[],
  modes: readonly Mode[] = signed.map(() => "amino"),
): TxJson {
  const tx = draft(0);
  const public_key: KeyJson = {
    "@type": "/cosmos.crypto.multisig.LegacyAminoPubKey",
    threshold,
    public_keys: keys.map(keyJson),
  };
  const bits = new Uint8Array(Math.ceil(keys.length / 8));
  for (const [index, key] of keys.entries()) {
    if (signed.includes(key)) bits[index >> 3]! |= 1 << (7 - (index % 8));
  }
  const mode_info: ModeJson = {
    multi: {
      bitarray: { extra_bits_stored: keys.length % 8, elems: base64(bits) },
      mode_infos: modes.map((mode) => ({ single: { mode: modeName[mode] } })),
    },
  };
  tx.auth_info.signer_infos = [{ public_key, mode_info, sequence: "0" }];
  const { publicKey } = decodeGentx(parseJson(JSON.stringify(tx)).value).signers[0]!;
  tx.body.messages[0]!.validator_address = writeBech32("pawvaloper", addressOf(publicKey!)!);
  return tx;
}

/** Signs such a draft by its members, in their order. */
export function signMultisig(
  tx: TxJson,
  signed: readonly number[],
  modes: readonly Mode[] = signed.map(() => "amino"),
): string {
  const parts = signed.map((key, index) => messageField(1, signOnce(signBytes(tx, modes[index] ?? "amino"), key)));
  return JSON.stringify({ ...tx, signatures: [Buffer.concat(parts).toString("base64")] });
}
