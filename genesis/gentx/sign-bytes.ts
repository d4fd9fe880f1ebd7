import { concatBytes } from "@noble/hashes/utils.js";
import type { Body, Coin, CreateValidator, Gentx, ModeInfo } from "./gentx.ts";
import { writeBase64 } from "./go-json.ts";
import { formatDec } from "./go-number.ts";
import { encodeKey, type PublicKey } from "./key.ts";
import { bytesField, messageField, numberField, textField } from "./wire.ts";

/** What a signature is made over, next to the transaction. At genesis, account number and sequence are 0. */
export type SignerData = { readonly chainId: string; readonly accountNumber: bigint; readonly sequence: bigint };

const utf8 = new TextEncoder();

/** The `SignDoc` of SIGN_MODE_DIRECT. The sequence stands in the transaction itself. `body` may differ, to find out why. */
export function directSignBytes(gentx: Gentx, message: CreateValidator, signer: SignerData, body: Body): Uint8Array {
  return concatBytes(
    bytesField(1, encodeBody(message, body)),
    bytesField(2, encodeAuthInfo(gentx)),
    textField(3, signer.chainId),
    numberField(4, signer.accountNumber),
  );
}

/** `TxBody`. */
export function encodeBody(message: CreateValidator, { memo, timeoutHeight }: Body): Uint8Array {
  const value = encodeCreateValidator(message);
  const any = messageField(1, textField(1, "/cosmos.staking.v1beta1.MsgCreateValidator"), bytesField(2, value));
  return concatBytes(any, textField(2, memo), numberField(3, timeoutHeight));
}

function encodeCreateValidator(message: CreateValidator): Uint8Array {
  const { description, commission } = message;
  // Amounts and decimals are written even where none was given; decimals as a count of 10^-18.
  const number = (field: number, value: bigint | null) => textField(field, String(value ?? 0n));
  return concatBytes(
    messageField(
      1,
      textField(1, description.moniker),
      textField(2, description.identity),
      textField(3, description.website),
      textField(4, description.securityContact),
      textField(5, description.details),
    ),
    messageField(2, number(1, commission.rate), number(2, commission.maxRate), number(3, commission.maxChangeRate)),
    number(3, message.minSelfDelegation),
    textField(4, message.delegatorAddress),
    textField(5, message.validatorAddress),
    message.pubkey === null ? new Uint8Array() : messageField(6, encodeKey(message.pubkey)),
    messageField(7, encodeCoin(message.value)),
  );
}

function encodeCoin({ denom, amount }: Coin): Uint8Array {
  return concatBytes(textField(1, denom), textField(2, String(amount ?? 0n)));
}

/** `AuthInfo`. */
export function encodeAuthInfo({ signers, fee, tip }: Gentx): Uint8Array {
  const nothing = new Uint8Array();
  const coins = (amount: readonly Coin[]) => amount.map((coin) => messageField(1, encodeCoin(coin)));
  return concatBytes(
    ...signers.map(({ publicKey, mode, sequence }) =>
      messageField(
        1,
        publicKey === null ? nothing : messageField(1, encodeKey(publicKey)),
        mode === null ? nothing : messageField(2, encodeMode(mode)),
        numberField(3, sequence),
      ),
    ),
    fee === null
      ? nothing
      : messageField(
          2,
          ...coins(fee.amount),
          numberField(2, fee.gasLimit),
          textField(3, fee.payer),
          textField(4, fee.granter),
        ),
    tip === null ? nothing : messageField(3, ...coins(tip.amount), textField(2, tip.tipper)),
  );
}

function encodeMode(mode: ModeInfo): Uint8Array {
  if (mode.kind === "single") return messageField(1, numberField(1, BigInt(mode.mode)));
  const { bits, modes } = mode;
  return messageField(
    2,
    bits === null
      ? new Uint8Array()
      : messageField(1, numberField(1, BigInt(bits.extraBits)), bytesField(2, bits.bytes)),
    ...modes.map((inner) => messageField(2, encodeMode(inner))),
  );
}

/** The `StdSignDoc` of SIGN_MODE_LEGACY_AMINO_JSON, keys sorted, as x/tx writes it. */
export function aminoSignBytes(gentx: Gentx, message: CreateValidator, signer: SignerData, body: Body): Uint8Array {
  const { fee } = gentx;
  const doc = {
    account_number: signer.accountNumber.toString(),
    chain_id: signer.chainId,
    fee: {
      amount: (fee?.amount ?? []).map(aminoCoin),
      gas: (fee?.gasLimit ?? 0n).toString(),
      ...said("granter", fee?.granter),
      ...said("payer", fee?.payer),
    },
    memo: body.memo,
    msgs: [{ type: "cosmos-sdk/MsgCreateValidator", value: aminoMessage(message) }],
    sequence: signer.sequence.toString(),
    ...(body.timeoutHeight === 0n ? {} : { timeout_height: body.timeoutHeight.toString() }),
  };
  // Go's encoding/json escapes what could end a script element.
  const text = JSON.stringify(doc).replace(/[&<>\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return utf8.encode(text);
}

function aminoMessage(message: CreateValidator): object {
  const { commission, description } = message;
  return {
    commission: {
      max_change_rate: formatDec(commission.maxChangeRate ?? 0n),
      max_rate: formatDec(commission.maxRate ?? 0n),
      rate: formatDec(commission.rate ?? 0n),
    },
    ...said("delegator_address", message.delegatorAddress),
    description: {
      ...said("details", description.details),
      ...said("identity", description.identity),
      ...said("moniker", description.moniker),
      ...said("security_contact", description.securityContact),
      ...said("website", description.website),
    },
    min_self_delegation: (message.minSelfDelegation ?? 0n).toString(),
    ...(message.pubkey === null ? {} : { pubkey: aminoKeyJson(message.pubkey) }),
    ...said("validator_address", message.validatorAddress),
    value: aminoCoin(message.value),
  };
}

/** Empty texts are left out. */
function said(name: string, text: string | undefined): Record<string, string> {
  return text === undefined || text === "" ? {} : { [name]: text };
}

function aminoCoin({ denom, amount }: Coin): object {
  return { amount: (amount ?? 0n).toString(), ...said("denom", denom) };
}

const aminoNames = {
  secp256k1: "tendermint/PubKeySecp256k1",
  ed25519: "tendermint/PubKeyEd25519",
  ethsecp256k1: "ethermint/PubKeyEthSecp256k1",
  multisig: "tendermint/PubKeyMultisigThreshold",
};

function aminoKeyJson(key: PublicKey): object {
  const value =
    key.kind === "multisig"
      ? { pubkeys: key.keys.map(aminoKeyJson), threshold: String(key.threshold) }
      : writeBase64(key.key);
  return { type: aminoNames[key.kind], value };
}
