import { type Said, said } from "../document/said.ts";
import { readBech32, writeBech32 } from "./bech32.ts";
import { isValidCoin } from "./check-transaction.ts";
import type { Context } from "./context.ts";
import type { Findings } from "./findings.ts";
import type { Commission, CreateValidator } from "./gentx.ts";
import { show } from "./go-json.ts";
import { decOne, shortDec } from "./go-number.ts";
import type { PublicKey } from "./key.ts";

/** Reads the operator's address. Null, with the reason among the findings: nodes would refuse it. */
export function checkOperator(message: CreateValidator, context: Context, findings: Findings): Uint8Array | null {
  const { validatorAddress } = message;
  const prefix = context.valoperPrefix ?? `${context.prefix}valoper`;
  const wrong = (words: Said) => findings.add("operator-address", words, show(validatorAddress));
  const read = readBech32(validatorAddress);
  if (read === null) wrong(said`the operator address is no bech32 address, or a letter of it is wrong`);
  else if (read.prefix !== prefix)
    wrong(said`the operator address begins with ${show(read.prefix)}, not with ${show(prefix)}`);
  else if (read.bytes.length !== 20) wrong(said`the operator address has ${read.bytes.length} bytes instead of 20`);
  else {
    // Nodes read upper case too, and take it for the same account.
    if (validatorAddress !== validatorAddress.toLowerCase()) {
      findings.add("spelling", said`the operator address is in upper case`, show(validatorAddress));
    }
    return read.bytes;
  }
  return null;
}

/** The message's own rules (x/staking types/msg.go and keeper/msg_server.go), and the network's bounds. */
export function checkValidator(
  message: CreateValidator,
  operator: Uint8Array | null,
  context: Context,
  findings: Findings,
): void {
  checkDelegation(message, context, findings);
  checkCommission(message.commission, context, findings);
  checkConsensusKey(message.pubkey, context, findings);
  const { delegatorAddress } = message;
  if (delegatorAddress !== "" && operator !== null && delegatorAddress !== writeBech32(context.prefix, operator)) {
    findings.add("delegator-address", said`the delegator is another account than the operator`, show(delegatorAddress));
  }
}

function checkDelegation({ value, minSelfDelegation }: CreateValidator, context: Context, findings: Findings): void {
  const { amount } = value;
  const denom = context.bondDenom ?? context.genesis?.bondDenom ?? null;
  const written = show(`${amount ?? ""}${value.denom}`);
  if (!isValidCoin(value) || amount === 0n) {
    findings.add(
      "amount",
      amount === null ? said`there is no amount` : said`the self-delegation is no valid amount above 0`,
      written,
    );
  }
  if (denom !== null && value.denom !== denom) {
    findings.add(
      "bond-denom",
      said`the self-delegation is in ${show(value.denom)}, but the bond denom is ${show(denom)}`,
      written,
    );
  }
  const least = minSelfDelegation ?? 0n;
  if (least < 1n)
    findings.add("min-self-delegation", said`the min self-delegation is ${least}, less than 1`, String(least));
  if (amount !== null && amount < least) {
    findings.add(
      "min-self-delegation",
      said`the min self-delegation ${least} is more than the ${amount} delegated`,
      String(least),
    );
  }
  const { min, max } = context.policy?.selfDelegation ?? {};
  if (amount !== null && ((min !== undefined && amount < min) || (max !== undefined && amount > max))) {
    findings.add(
      "self-delegation-bounds",
      said`${amount} is not from ${min ?? 1n} to ${max ?? said`any amount`}`,
      written,
    );
  }
}

function checkCommission({ rate, maxRate, maxChangeRate }: Commission, context: Context, findings: Findings): void {
  if (rate === null || maxRate === null || maxChangeRate === null) {
    // A node boots, as collect-gentxs writes zeros for them; but the SDK's own Validate calls such a message empty.
    findings.add("commission", said`a commission rate is missing`);
    return;
  }
  const broken: [boolean, Said][] = [
    [maxRate < 0n, said`the max rate ${shortDec(maxRate)} is negative`],
    [maxRate > decOne, said`the max rate ${shortDec(maxRate)} is more than 1, which is 100 %`],
    [rate < 0n, said`the rate ${shortDec(rate)} is negative`],
    [rate > maxRate, said`the rate ${shortDec(rate)} is more than the max rate ${shortDec(maxRate)}`],
    [maxChangeRate < 0n, said`the max change rate ${shortDec(maxChangeRate)} is negative`],
    [
      maxChangeRate > maxRate,
      said`the max change rate ${shortDec(maxChangeRate)} is more than the max rate ${shortDec(maxRate)}`,
    ],
  ];
  for (const [is, words] of broken) if (is) findings.add("commission", words, shortDec(rate));
  const least = context.genesis?.minCommissionRate ?? 0n;
  if (rate < least) {
    findings.add(
      "commission-minimum",
      said`the rate ${shortDec(rate)} is less than the chain's ${shortDec(least)}`,
      shortDec(rate),
    );
  }
  const { min = 0n, max = decOne, maxChange = decOne } = context.policy?.commission ?? {};
  if (rate < min || rate > max || maxChangeRate > maxChange) {
    const words = said`the rate must be from ${shortDec(min)} to ${shortDec(max)} and change by at most ${shortDec(maxChange)}`;
    findings.add("commission-bounds", words, shortDec(rate));
  }
  if (rate === maxRate)
    findings.add("commission-at-maximum", said`the rate is the max rate ${shortDec(maxRate)}`, shortDec(rate));
}

function checkConsensusKey(key: PublicKey | null, context: Context, findings: Findings): void {
  if (key === null) {
    findings.add("consensus-key", said`there is no consensus key`);
    return;
  }
  const types = context.genesis?.keyTypes ?? ["ed25519"];
  if (key.kind === "multisig" || !types.includes(key.kind)) {
    findings.add(
      "consensus-key",
      said`the consensus key is of the kind ${key.kind}, but the chain takes ${types.join(", ")}`,
    );
    return;
  }
  const size = key.kind === "ed25519" ? 32 : 33;
  if (key.key.length !== size)
    findings.add("consensus-key", said`the consensus key has ${key.key.length} bytes instead of ${size}`);
}
