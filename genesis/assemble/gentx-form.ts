import type { Json, JsonObject } from "../json/value.ts";
import { type Field, type Kind, type Message, reencode } from "./proto-json.ts";

/**
 * A gentx as `collect-gentxs` writes it into `gen_txs`: decoded as `cosmos.tx.v1beta1.Tx` with one
 * `MsgCreateValidator`, and encoded again. `tip` says whether the chain's SDK (0.46 and later) writes the key `tip`.
 * Throws `NotOfMessage` for what the SDK's decoder would refuse. Judging what it says is not done here.
 */
export function gentxForm(tx: Json, { tip }: { tip: boolean }): JsonObject {
  return reencode(tx, tip ? txMessage : txWithoutTip) as JsonObject;
}

const text: () => Kind = () => "string";
const list = (kind: () => Kind) => () => ({ list: kind() });
const message =
  (fields: readonly Field[], nullable = false) =>
  () => ({ fields, nullable });

const coin = message([
  ["denom", text],
  ["amount", () => "amount"],
]);

const singleKey: readonly Field[] = [["key", () => "bytes"]];
const singleKeys: [string, readonly Field[]][] = [
  ["/cosmos.crypto.ed25519.PubKey", singleKey],
  ["/cosmos.crypto.secp256k1.PubKey", singleKey],
  ["/cosmos.crypto.secp256r1.PubKey", singleKey],
];
const publicKey: () => Kind = () => ({
  any: new Map<string, readonly Field[]>([
    ...singleKeys,
    [
      "/cosmos.crypto.multisig.LegacyAminoPubKey",
      [
        ["threshold", () => "small"],
        ["public_keys", list(() => ({ any: new Map(singleKeys) }))],
      ],
    ],
  ]),
});

const createValidator: readonly Field[] = [
  [
    "description",
    message([
      ["moniker", text],
      ["identity", text],
      ["website", text],
      ["security_contact", text],
      ["details", text],
    ]),
  ],
  [
    "commission",
    message([
      ["rate", () => "decimal"],
      ["max_rate", () => "decimal"],
      ["max_change_rate", () => "decimal"],
    ]),
  ],
  ["min_self_delegation", () => "amount"],
  ["delegator_address", text],
  ["validator_address", text],
  ["pubkey", publicKey],
  ["value", coin],
];

const modes = new Map([
  ["0", "SIGN_MODE_UNSPECIFIED"],
  ["1", "SIGN_MODE_DIRECT"],
  ["2", "SIGN_MODE_TEXTUAL"],
  ["3", "SIGN_MODE_DIRECT_AUX"],
  ["127", "SIGN_MODE_LEGACY_AMINO_JSON"],
]);

const modeInfo = (): Message => ({
  nullable: true,
  oneOf: true,
  fields: [
    ["single", message([["mode", () => ({ names: modes })]])],
    [
      "multi",
      message([
        [
          "bitarray",
          message(
            [
              ["extra_bits_stored", () => "small"],
              ["elems", () => "bytes"],
            ],
            true,
          ),
        ],
        ["mode_infos", () => ({ list: modeInfo() })],
      ]),
    ],
  ],
});

const noOptions: () => Kind = () => ({ list: { any: new Map() } });

const body: readonly Field[] = [
  ["messages", () => ({ list: { any: new Map([["/cosmos.staking.v1beta1.MsgCreateValidator", createValidator]]) } })],
  ["memo", text],
  ["timeout_height", () => "integer"],
  ["extension_options", noOptions],
  ["non_critical_extension_options", noOptions],
];

const signerInfo: readonly Field[] = [
  ["public_key", publicKey],
  ["mode_info", modeInfo],
  ["sequence", () => "integer"],
];

const fee: readonly Field[] = [
  ["amount", list(coin)],
  ["gas_limit", () => "integer"],
  ["payer", text],
  ["granter", text],
];

const tipMessage = message(
  [
    ["amount", list(coin)],
    ["tipper", text],
  ],
  true,
);

const txOf = (authInfo: readonly Field[]): Message => ({
  fields: [
    ["body", message(body, true)],
    ["auth_info", message(authInfo, true)],
    ["signatures", list(() => "bytes")],
  ],
});

const authInfo: readonly Field[] = [
  ["signer_infos", list(message(signerInfo))],
  ["fee", message(fee, true)],
];

const txMessage = txOf([...authInfo, ["tip", tipMessage]]);
const txWithoutTip = txOf(authInfo);
