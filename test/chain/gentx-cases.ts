import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  account,
  base64,
  consensusKey,
  draft,
  edited,
  gentx,
  keyJson,
  type MessageJson,
  operator,
  sign,
  type TxJson,
} from "../genesis/gentxs.ts";
import { multisigDraft, signMultisig } from "../genesis/multisigs.ts";

/** Something handed in, after the chain's own first gentx. */
export type Case = { readonly name: string; readonly text: string };

/** Where the judge refuses on purpose what a node takes: what SDK's `Validate` calls empty, collect-gentxs fills with zeros. */
export const stricter: readonly string[] = ["without a commission", "without a commission's maximum"];

const quiet = (tx: TxJson) => Object.assign(tx.body, { memo: "" });
/** A gentx without a memo, so that no node is ever called. */
const bent = (bend: (message: MessageJson, tx: TxJson) => void = () => undefined, number = 0) =>
  gentx((message, tx) => {
    quiet(tx);
    bend(message, tx);
  }, number);
const signed = (
  bend: (tx: TxJson) => void,
  ...signing: Parameters<typeof sign> extends [TxJson, ...infer Rest] ? Rest : never
) => {
  const tx = draft();
  quiet(tx);
  bend(tx);
  return sign(tx, ...signing);
};
const amino = (tx: TxJson) => {
  tx.auth_info.signer_infos[0]!.mode_info = { single: { mode: "SIGN_MODE_LEGACY_AMINO_JSON" } };
};
const value = (amount: string) => bent((message) => Object.assign(message.value, { amount }));
const commission = (rates: object) => bent((message) => Object.assign(message.commission, rates));
const description = (texts: object) => bent((message) => Object.assign(message.description, texts));
const fee = (changes: object) => bent((_, tx) => Object.assign(tx.auth_info.fee, changes));
const swap = (from: string, to: string) => {
  const text = valid.replace(from, to);
  if (text === valid) throw new Error(`nothing was changed: ${from}`);
  return text;
};
const multisig = (keys: number[], threshold: number, by: number[], modes?: ("direct" | "amino")[]) => {
  const tx = multisigDraft(keys, threshold, by, modes);
  quiet(tx);
  return signMultisig(tx, by, modes);
};
const valid = bent();
const pays = (amount: string) => [{ denom: "upaw", amount }];
const highS = edited(valid, (tx) => {
  const { r, s } = secp256k1.Signature.fromBytes(Buffer.from(tx.signatures[0]!, "base64"));
  tx.signatures = [base64(new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes())];
});
const send = {
  "@type": "/cosmos.bank.v1beta1.MsgSend",
  from_address: account(0),
  to_address: account(1),
  amount: pays("1"),
};

/** Multisig accounts that need a balance for their cases. */
export const multisigOperators = [
  multisigDraft([0, 1, 2], 2, [0, 1]),
  multisigDraft([0, 1, 2, 3, 4, 5, 6, 7], 1, [0]),
].map((tx) => tx.body.messages[0]!.validator_address);

/** Ways to hand in a gentx, right and wrong; a node decides which is which. */
export const cases: readonly Case[] = Object.entries({
  "as it should be": valid,
  "in amino JSON": signed(amino),
  "in amino JSON, with letters that Go escapes": signed((tx) => {
    amino(tx);
    Object.assign(tx.body.messages[0]!.description, { details: "Söhne & <b> \u2028 \\ \u0008 \u007f 🚀 \ufffd" });
  }),
  "by a multisig in amino JSON": multisig([0, 1, 2], 2, [0, 2]),
  "by a multisig in both modes": multisig([0, 1, 2], 2, [0, 2], ["direct", "amino"]),
  "by too few of a multisig": multisig([0, 1, 2], 2, [1]),
  "by a multisig of eight keys": multisig([0, 1, 2, 3, 4, 5, 6, 7], 1, [0]),

  "for another chain id": signed(() => undefined, { chainId: "paw-test-2" }),
  "with account number 2": signed(() => undefined, { accountNumber: 2n }),
  "with sequence 1": bent((_, tx) => Object.assign(tx.auth_info.signer_infos[0]!, { sequence: "1" })),
  "edited after signing": edited(valid, (tx) => Object.assign(tx.body, { memo: "x" })),
  "with a high s": highS,
  "signed by another's key": signed((tx) => Object.assign(tx.auth_info.signer_infos[0]!, { public_key: keyJson(1) }), {
    key: 1,
  }),
  "with an ed25519 account key": bent((_, tx) =>
    Object.assign(tx.auth_info.signer_infos[0]!, { public_key: consensusKey(5) }),
  ),
  "without a public key": bent((_, tx) => Object.assign(tx.auth_info.signer_infos[0]!, { public_key: null })),
  "without a mode": edited(valid, (tx) => Object.assign(tx.auth_info.signer_infos[0]!, { mode_info: null })),
  "with two signatures": edited(valid, (tx) => void tx.signatures.push(tx.signatures[0]!)),
  "without a signature": edited(valid, (tx) => Object.assign(tx, { signatures: [] })),

  "with two messages": edited(valid, (tx) => void tx.body.messages.push(tx.body.messages[0]!)),
  "with a MsgSend": edited(valid, (tx) => Object.assign(tx.body, { messages: [send] })),
  "with an unknown field": swap('"memo"', '"memmo"'),
  "with an empty extension option": edited(valid, (tx) => void tx.body.extension_options.push({})),
  "without a fee": edited(valid, (tx) => Object.assign(tx.auth_info, { fee: null })),
  "with a fee": fee({ amount: pays("7") }),
  "with a fee and gas 0": fee({ amount: pays("7"), gas_limit: "0" }),
  "with gas 0": fee({ gas_limit: "0" }),
  "with a fee of 0": fee({ amount: pays("0") }),
  "with a fee of 0 and gas 0": fee({ amount: pays("0"), gas_limit: "0" }),
  "with a negative fee": fee({ amount: pays("-7") }),
  "with a fee that isn't sorted": fee({ amount: [...pays("7"), { denom: "apaw", amount: "7" }] }),
  "with more gas than there is": fee({ gas_limit: "9223372036854775808" }),
  "with itself as payer": fee({ payer: account(0) }),
  "with another payer": fee({ payer: account(1) }),
  "with itself as granter": fee({ granter: account(0) }),
  "with a memo of 257 bytes": bent((_, tx) => Object.assign(tx.body, { memo: "é".repeat(128).concat("x") })),
  "with a memo of 256 bytes": bent((_, tx) => Object.assign(tx.body, { memo: "é".repeat(128) })),
  "with a timeout height": bent((_, tx) => Object.assign(tx.body, { timeout_height: "5" })),

  "of nothing": value("0"),
  "of less than one unit of power": value("999999"),
  "of all that there is": value("1000000000"),
  "of more than there is": value("1000000001"),
  "of all that there is, and a fee": bent((message, tx) => {
    Object.assign(message.value, { amount: "1000000000" });
    Object.assign(tx.auth_info.fee, { amount: pays("1") });
  }),
  "of another denom": bent((message) => Object.assign(message.value, { denom: "stake" })),
  "without a value": edited(valid, (tx) => Object.assign(tx.body.messages[0]!, { value: null })),
  "of an amount in octal": swap('"amount":"500000000"', '"amount":"03563262400"'),
  "of an amount that octal makes small": swap('"amount":"500000000"', '"amount":"0500000000"'),
  "of an amount in hexadecimal": swap('"amount":"500000000"', '"amount":"0x1dcd6500"'),
  "of an amount with underscores": swap('"amount":"500000000"', '"amount":"500_000_000"'),
  "of an amount as a number": swap('"amount":"500000000"', '"amount":500000000'),
  "of an amount with an exponent": swap('"amount":"500000000"', '"amount":"5e8"'),

  "with a commission of 0.1": swap("0.100000000000000000", "0.1"),
  "with a commission of +0.1": swap("0.100000000000000000", "+0.1"),
  "with a commission of --0.1": swap("0.100000000000000000", "--0.1"),
  "with a commission of .1": swap("0.100000000000000000", ".1"),
  "with 19 decimals": swap("0.100000000000000000", "0.1000000000000000000"),
  "with a commission above its maximum": commission({ rate: "0.3" }),
  "with a commission above 1": commission({ rate: "1.5", max_rate: "2" }),
  "with a negative commission": commission({ rate: "-0.1" }),
  "with a change rate above the maximum": commission({ max_change_rate: "0.3" }),
  "without a commission": bent((message) => Object.assign(message, { commission: null })),

  "without a commission's maximum": commission({ max_rate: undefined, rate: "0", max_change_rate: "0" }),
  "with a null for a rate": commission({ rate: null }),

  "with a min self-delegation in hexadecimal": swap('"min_self_delegation":"1"', '"min_self_delegation":"0x1"'),
  "with a min self-delegation that is null": bent((message) => Object.assign(message, { min_self_delegation: null })),
  "with a min self-delegation of 0": bent((message) => Object.assign(message, { min_self_delegation: "0" })),
  "with a min self-delegation that is too high": bent((message) =>
    Object.assign(message, { min_self_delegation: "500000001" }),
  ),
  "with no description": bent((message) => Object.assign(message, { description: null })),
  "with nothing but details": description({ moniker: "", website: "", security_contact: "", details: "x" }),
  "with a moniker of 71 bytes": description({ moniker: "m".repeat(71) }),
  "with a moniker of 36 é": description({ moniker: "é".repeat(36) }),
  "with an identity of 3001 bytes": description({ identity: "i".repeat(3001) }),
  "with details of 281 bytes": description({ details: "d".repeat(281) }),

  "with a secp256k1 consensus key": bent((message) => Object.assign(message, { pubkey: keyJson(4) })),
  "with a short consensus key": bent((message) =>
    Object.assign(message, { pubkey: { ...consensusKey(0), key: base64(new Uint8Array(31)) } }),
  ),
  "without a consensus key": bent((message) => Object.assign(message, { pubkey: null })),
  "with an operator address in upper case": bent((message) =>
    Object.assign(message, { validator_address: operator(0).toUpperCase() }),
  ),
  "with an account address as operator": bent((message) => Object.assign(message, { validator_address: account(0) })),
  "of an account that isn't there": bent(undefined, 9),
  "with another's delegator address": bent((message) => Object.assign(message, { delegator_address: account(1) })),
  "with nonsense as delegator address": bent((message) => Object.assign(message, { delegator_address: "nonsense" })),

  "in camelCase": swap('"validator_address"', '"validatorAddress"'),
  "with a number for the mode": swap('"SIGN_MODE_DIRECT"', "1"),
  "with the mode's number as text": swap('"SIGN_MODE_DIRECT"', '"1"'),
  "with a number for the gas limit": swap('"gas_limit":"200000"', '"gas_limit":200000'),
  "with blanks around the gas limit": swap('"gas_limit":"200000"', '"gas_limit":" 200000 "'),
  "with a memo twice": swap('"memo":""', '"memo":"x","memo":""'),
  "with something behind it": `${valid} nonsense`,
  "with a byte order mark": `\ufeff${valid}`,
  "with a signature over two lines": swap('=="]', '==\\n"]'),
  "with a signature without padding": swap('=="]', '"]'),
  "with a null for the memo": swap('"memo":""', '"memo":null'),
  "with a null among the messages": edited(valid, (tx) => Object.assign(tx.body, { messages: [null] })),
  "with a null among the signers": edited(valid, (tx) => Object.assign(tx.auth_info, { signer_infos: [null] })),
  "with null for both lists of options": bent((_, tx) =>
    Object.assign(tx.body, { extension_options: null, non_critical_extension_options: null }),
  ),
  "with a null among the options": edited(valid, (tx) => Object.assign(tx.body, { extension_options: [null] })),
  "with a null among the non-critical options": edited(valid, (tx) =>
    Object.assign(tx.body, { non_critical_extension_options: [null] }),
  ),
  "with a tip": bent((_, tx) => Object.assign(tx.auth_info, { tip: { amount: pays("1"), tipper: account(1) } })),
  "with a field of later SDKs": edited(valid, (tx) => Object.assign(tx.body, { unordered: false })),
  "with both spellings of a key": swap('"gas_limit":"200000"', '"gas_limit":"1","gasLimit":"200000"'),
  "with a lone surrogate": swap('"details":""', '"details":"\\ud800"'),
  "with a signature as a list of numbers": edited(valid, (tx) =>
    Object.assign(tx, { signatures: [[...Buffer.from(tx.signatures[0]!, "base64")]] }),
  ),
  "with an extra blank in the sequence": swap('"sequence":"0"', '"sequence":" 0"'),
  "with a null as text for the sequence": swap('"sequence":"0"', '"sequence":"null"'),
  "with an empty text for the sequence": swap('"sequence":"0"', '"sequence":""'),
  "with a key that has no type": edited(valid, (tx) =>
    Object.assign(tx.body.messages[0]!, { pubkey: { key: consensusKey(0).key } }),
  ),
  "with a key that is an empty object": bent((message) =>
    Object.assign(message, { pubkey: { "@type": consensusKey(0)["@type"] } }),
  ),
  "with a denom that can't be one": bent((message) => Object.assign(message.value, { denom: "u!" })),
  "of so much that powers exceed the limit": bent((message) =>
    Object.assign(message.value, { amount: "9".repeat(30) }),
  ),
  "with a mode of both kinds": edited(valid, (tx) =>
    Object.assign(tx.auth_info.signer_infos[0]!, { mode_info: { single: { mode: "SIGN_MODE_DIRECT" }, multi: {} } }),
  ),
  "pretty and with CRLF": JSON.stringify(JSON.parse(valid), null, 2).replaceAll("\n", "\r\n"),
}).map(([name, text]) => ({ name, text }));
