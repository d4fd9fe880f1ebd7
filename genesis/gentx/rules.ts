/** How bad it is: a node refuses it; it boots and then hurts; worth a word. */
export type Severity = "fatal" | "harmful" | "advice";

/** One rule: what must hold, and what to do where it doesn't. */
export type Rule = { readonly severity: Severity; readonly title: string; readonly remedy: string };

const remake = "Make the gentx again with your chain's binary, and hand in the file as it was written.";

/** Everything that a gentx is judged by. Ids are stable: files, answers and documents name them. */
export const rules = {
  decode: fatal("the file is one transaction that the SDK can read", remake),
  "one-message": fatal("it holds exactly one message, a MsgCreateValidator", remake),
  "extension-options": fatal("it has no extension options", remake),
  "operator-address": fatal(
    "the operator address is one of this network, with 20 bytes",
    "Use the binary of this network, so that addresses have its prefix, and don't edit the file.",
  ),
  "one-signer": fatal(
    "one signer and one signature, of the operator alone",
    "Sign with the operator's key only, and name no other fee payer.",
  ),
  "signer-key-type": fatal(
    "the account key is of a kind that may sign here",
    "Sign with a secp256k1 account key (or a multisig of them): never with the node's consensus key.",
  ),
  "signer-key": fatal(
    "the signer's key belongs to the operator address",
    "Sign with the key of the account that operates the validator: check `keys list` and the --from name.",
  ),
  "signature-count": fatal("not more keys than the chain takes", "Use a multisig with fewer keys."),
  "sign-mode": fatal(
    "signed in SIGN_MODE_DIRECT or SIGN_MODE_LEGACY_AMINO_JSON",
    "Sign with --sign-mode direct, or amino-json for a Ledger.",
  ),
  multisig: fatal(
    "a multisig's bit array, modes and signatures fit its keys and threshold",
    "Combine the signatures with `tx multisign` again, once enough members signed.",
  ),
  "low-s": fatal(
    "the signature is in its lower-S form",
    "Sign with the chain's own binary; don't change the signature.",
  ),
  sequence: fatal(
    "the sequence is the account's at genesis, which is 0",
    "Make the gentx with the `gentx` command, or sign offline with --sequence 0 --account-number 0.",
  ),
  signature: fatal(
    "the signature fits the file, the chain id, account number 0 and sequence 0",
    "Make the gentx again with the right --chain-id, and don't edit the file after it is signed.",
  ),
  fee: fatal(
    "the fee is there, valid, not negative, and paid by the operator",
    "Make the gentx without fees; nothing is earned by paying them at genesis.",
  ),
  "fee-gas": fatal("no fee with a gas limit of 0", "Leave the fee out, or give a gas limit."),
  gas: fatal("the gas limit fits into a block", "Make the gentx with --gas 200000."),
  "memo-length": fatal("the memo is not longer than the chain takes", "Leave the memo to the `gentx` command."),
  amount: fatal("the self-delegation is a valid amount above 0", "Give the amount as a number and the bond denom."),
  "bond-denom": fatal("the self-delegation is in the bond denom", "Delegate in the network's bond denom."),
  commission: fatal(
    "0 <= rate <= max rate <= 1 and 0 <= max change rate <= max rate",
    "Give rates between 0 and 1, such as 0.05 for five percent.",
  ),
  "commission-minimum": fatal("the rate is not below the chain's minimum", "Raise --commission-rate to the minimum."),
  "min-self-delegation": fatal(
    "1 <= min self-delegation <= self-delegation",
    "Give --min-self-delegation 1, or not more than you delegate.",
  ),
  "description-empty": fatal("the description is not empty", "Give at least a moniker."),
  "description-length": fatal(
    "moniker 70, identity 3000, website 140, security contact 140, details 280 bytes at most",
    "Shorten it. Bytes count: letters beyond ASCII take two to four.",
  ),
  "consensus-key": fatal(
    "the consensus key is an ed25519 key of 32 bytes",
    "Use the key that `comet show-validator` (or `tendermint show-validator`) prints on your node.",
  ),
  account: fatal(
    "the operator has an account and a balance in the genesis",
    "Register your address before the accounts close, or ask the coordinator to add it.",
  ),
  balance: fatal(
    "the genesis balance covers self-delegation and fee",
    "Delegate less, or ask for a larger allocation.",
  ),
  "duplicate-operator": fatal(
    "no other gentx is of this operator",
    "Keep one gentx for an operator. To change yours, replace it.",
  ),
  "duplicate-consensus-key": fatal(
    "no other gentx has this consensus key",
    "Every validator needs a key of its own: make one with `init` on the second node. Two nodes with one key are slashed.",
  ),
  "power-sum": fatal(
    "all powers together are within CometBFT's limit of 2^60",
    "Check the amount's magnitude: base units, not display units. A coordinator may raise the power reduction.",
  ),

  secret: harmful(
    "nothing secret is in the file",
    "Nothing was stored. Treat that secret as stolen: make new keys, move the funds, and hand in the gentx file only.",
  ),
  size: harmful("the file is at most 32 KiB", "Hand in the gentx alone; it is about 2 KiB."),
  encoding: harmful("the text is valid UTF-8 and Unicode", "Save the file as UTF-8."),
  "trailing-document": harmful("nothing follows the transaction", "Hand in one transaction a file."),
  "duplicate-key": harmful("no key stands twice in one object", remake),
  spelling: harmful("values are spelled as the SDK writes them", remake),
  "delegator-address": harmful(
    "the delegator is the operator, or empty",
    "Make the gentx from the operator's own account. Some tools spend the stake of whoever is named here.",
  ),
  "power-unit": harmful("the self-delegation is worth at least one unit of power", "Delegate more."),
  "max-validators": harmful(
    "the validator is strong enough to be in the set",
    "Delegate more, or ask the coordinator to raise max_validators.",
  ),
  "commission-bounds": harmful("the commission is within the ceremony's bounds", "Choose rates within the bounds."),
  "self-delegation-bounds": harmful(
    "the self-delegation is within the ceremony's bounds",
    "Delegate an amount within the bounds.",
  ),
  "memo-peer": harmful(
    "the memo is nodeid@host:port",
    "Make the gentx with --ip YOUR_PUBLIC_ADDRESS --p2p-port PORT; don't give a note.",
  ),
  "memo-address": harmful(
    "the memo's host can be reached from the internet",
    "Make the gentx with --ip and your node's public address or name.",
  ),
  "memo-node-id": harmful(
    "no other gentx names this node id",
    "Every node needs a node key of its own: don't copy node_key.json.",
  ),
  "text-controls": harmful(
    "texts hold no control, direction or invisible characters",
    "Type the text anew; it was pasted with characters that can't be seen.",
  ),
  moniker: harmful(
    "no other validator's moniker is the same or looks the same",
    "Choose a moniker that can't be taken for another's.",
  ),
  "shared-key": harmful(
    "no key of this gentx is also another operator's",
    "Use keys that only you hold, and another key for signing blocks than for the account.",
  ),

  "security-contact": advice(
    "there is a security contact",
    "Give --security-contact, so that you hear of trouble first.",
  ),
  "commission-at-maximum": advice(
    "the commission has room below its maximum",
    "The maximum can never be raised: set --commission-max-rate above the rate.",
  ),
  "one-hand": advice(
    "no one hand or subnet holds more than a third of the power",
    "Spread the power: a third of it can stop the chain.",
  ),
  "same-shape": advice(
    "gentxs are not copies of one another but for their names",
    "Look at who handed these in: one hand may stand behind all.",
  ),
} as const satisfies Readonly<Record<string, Rule>>;

/** A rule's stable name. */
export type RuleId = keyof typeof rules;

function fatal(title: string, remedy: string): Rule {
  return { severity: "fatal", title, remedy };
}

function harmful(title: string, remedy: string): Rule {
  return { severity: "harmful", title, remedy };
}

function advice(title: string, remedy: string): Rule {
  return { severity: "advice", title, remedy };
}
