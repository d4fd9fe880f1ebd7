import { type Said, said } from "../document/said.ts";
import type { Json } from "../json/value.ts";
import type { Coin, CreateValidator, Fee, Gentx, Message, ModeInfo, Send, SignerInfo, Tip, Tx } from "./gentx.ts";
import { DecodeError, Fields, show } from "./go-json.ts";
import { type PublicKey, readKey } from "./key.ts";

const signModes: Readonly<Record<string, number>> = {
  SIGN_MODE_UNSPECIFIED: 0,
  SIGN_MODE_DIRECT: 1,
  SIGN_MODE_TEXTUAL: 2,
  SIGN_MODE_DIRECT_AUX: 3,
  SIGN_MODE_LEGACY_AMINO_JSON: 127,
  SIGN_MODE_EIP_191: 191,
};
const nestedMax = 8;

/** A kind of message, by its type, and how it is read. */
type Kind<One extends Message> = { readonly type: string; readonly read: (fields: Fields) => One };
const createValidator = { type: "/cosmos.staking.v1beta1.MsgCreateValidator", read: readCreateValidator };
const send = { type: "/cosmos.bank.v1beta1.MsgSend", read: readSend };

/** Reads a gentx as SDK v0.50 does. Throws {@link DecodeError} for what the SDK can't read either. */
export function decodeGentx(json: Json): Gentx {
  return decodeTx(json, createValidator);
}

/** Reads a transaction that sends coins, as strictly as a gentx. Throws {@link DecodeError}. */
export function decodeSend(json: Json): Tx<Send> {
  return decodeTx(json, send);
}

function decodeTx<One extends Message>(json: Json, kind: Kind<One>): Tx<One> {
  const odd: Said[] = [];
  const tx = new Fields(json, "", odd);
  const body = required(tx, "body");
  const auth = required(tx, "auth_info");
  const signatures = tx.bytesList("signatures");
  tx.end();
  const messages = body
    .list("messages")
    .map((message, index) => readMessage(message, `body/messages/${index}`, odd, kind));
  const read: Tx<One> = {
    message: messages.length === 1 ? (messages[0]?.read ?? null) : null,
    messageTypes: messages.map(({ type }) => type),
    extensionOptions: body.list("extension_options").length + body.list("non_critical_extension_options").length,
    body: { memo: body.text("memo"), timeoutHeight: body.uint("timeout_height", 64) },
    signers: auth.objects("signer_infos").map(readSigner),
    fee: readFee(auth.object("fee")),
    tip: readTip(auth.object("tip")),
    signatures,
    odd,
  };
  body.end();
  auth.end();
  return read;
}

function required(tx: Fields, name: string): Fields {
  const found = tx.object(name);
  if (found === null) {
    // The commonest wrong file is named for what it is; `take` doesn't change what was found.
    tx.end();
    throw new DecodeError(said`there is no ${name}`);
  }
  return found;
}

/** Messages of other types are not looked into: one alone is reason enough to refuse. */
function readMessage<One extends Message>(json: Json, path: string, odd: Said[], kind: Kind<One>) {
  if (json === null) throw new DecodeError(said`${path} is null`);
  const fields = new Fields(json, path, odd);
  const type = fields.text("@type");
  if (type === "") throw new DecodeError(said`${path} has no @type`);
  if (!/^\/[\w.]+$/.test(type))
    throw new DecodeError(said`${path} is of the type ${show(type)}, which nothing is called`);
  return { type, read: type === kind.type ? kind.read(fields) : null };
}

function readCreateValidator(fields: Fields): CreateValidator {
  const description = fields.object("description");
  const commission = fields.object("commission");
  const read: CreateValidator = {
    description: {
      moniker: description?.text("moniker") ?? "",
      identity: description?.text("identity") ?? "",
      website: description?.text("website") ?? "",
      securityContact: description?.text("security_contact") ?? "",
      details: description?.text("details") ?? "",
    },
    commission: {
      rate: commission?.dec("rate") ?? null,
      maxRate: commission?.dec("max_rate") ?? null,
      maxChangeRate: commission?.dec("max_change_rate") ?? null,
    },
    minSelfDelegation: fields.int("min_self_delegation"),
    delegatorAddress: fields.text("delegator_address"),
    validatorAddress: fields.text("validator_address"),
    pubkey: readOptionalKey(fields, "pubkey"),
    value: readCoin(fields.object("value")),
  };
  description?.end();
  commission?.end();
  fields.end();
  return read;
}

function readSend(fields: Fields): Send {
  const read = {
    fromAddress: fields.text("from_address"),
    toAddress: fields.text("to_address"),
    amount: fields.objects("amount").map(readCoin),
  };
  fields.end();
  return read;
}

function readOptionalKey(fields: Fields, name: string): PublicKey | null {
  const found = fields.object(name);
  return found === null ? null : readKey(found);
}

function readCoin(fields: Fields | null): Coin {
  if (fields === null) return { denom: "", amount: null };
  const coin = { denom: fields.text("denom"), amount: fields.int("amount") };
  fields.end();
  return coin;
}

function readSigner(fields: Fields): SignerInfo {
  const signer: SignerInfo = {
    publicKey: readOptionalKey(fields, "public_key"),
    mode: readMode(fields.object("mode_info"), 0),
    sequence: fields.uint("sequence", 64),
  };
  fields.end();
  return signer;
}

function readMode(fields: Fields | null, depth: number): ModeInfo | null {
  if (fields === null) return null;
  const single = fields.object("single");
  const multi = fields.object("multi");
  fields.end();
  if ((single === null) === (multi === null))
    throw new DecodeError(said`${fields.path} must be either single or multi`);
  if (single !== null) {
    const mode = single.enumeration("mode", signModes);
    single.end();
    return { kind: "single", mode };
  }
  return multi === null ? null : readMulti(multi, depth);
}

function readMulti(fields: Fields, depth: number): ModeInfo {
  if (depth >= nestedMax) throw new DecodeError(said`${fields.path} nests signatures too deep`);
  const bitarray = fields.object("bitarray");
  const bits =
    bitarray === null
      ? null
      : { extraBits: Number(bitarray.uint("extra_bits_stored", 32)), bytes: bitarray.bytes("elems") };
  bitarray?.end();
  const modes = fields.objects("mode_infos").map((inner) => {
    const mode = readMode(inner, depth + 1);
    if (mode === null) throw new DecodeError(said`${inner.path} is null`);
    return mode;
  });
  fields.end();
  return { kind: "multi", bits, modes };
}

function readFee(fields: Fields | null): Fee | null {
  if (fields === null) return null;
  const fee: Fee = {
    amount: fields.objects("amount").map(readCoin),
    gasLimit: fields.uint("gas_limit", 64),
    payer: fields.text("payer"),
    granter: fields.text("granter"),
  };
  fields.end();
  return fee;
}

function readTip(fields: Fields | null): Tip | null {
  if (fields === null) return null;
  const tip = { amount: fields.objects("amount").map(readCoin), tipper: fields.text("tipper") };
  fields.end();
  return tip;
}
