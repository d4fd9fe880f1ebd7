import { said } from "../document/said.ts";
import { readBech32, writeBech32 } from "./bech32.ts";
import type { Context } from "./context.ts";
import type { Findings } from "./findings.ts";
import type { Coin, Fee, Gentx } from "./gentx.ts";
import { show } from "./go-json.ts";

const utf8 = new TextEncoder();
const maxGasWanted = 2n ** 63n - 1n;
const denomPattern = /^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/;

/** The SDK's `Coin.Validate`: a denom that can be one, and an amount that isn't negative. */
export function isValidCoin({ denom, amount }: Coin): boolean {
  return denomPattern.test(denom) && amount !== null && amount >= 0n;
}

/** The envelope: one message, one signer, sequence, fee, gas, memo (x/auth/ante, types/tx/types.go). */
export function checkTransaction(
  gentx: Gentx,
  operator: Uint8Array | null,
  context: Context,
  findings: Findings,
): void {
  const { genesis } = context;
  if (gentx.message === null) {
    const types = gentx.messageTypes.map(show).join(", ");
    findings.add(
      "one-message",
      types === "" ? said`it holds no message` : said`it holds ${gentx.messageTypes.length}: ${types}`,
    );
  }
  if (gentx.extensionOptions > 0)
    findings.add("extension-options", said`it has ${gentx.extensionOptions} extension options`);
  checkSigners(gentx, operator, context, findings);
  checkFee(gentx.fee, operator, context, findings);
  const bytes = BigInt(utf8.encode(gentx.body.memo).length);
  const most = genesis?.memoBytesMax ?? 256n;
  if (bytes > most)
    findings.add("memo-length", said`the memo has ${bytes} bytes, more than ${most}`, show(gentx.body.memo));
}

function checkSigners(gentx: Gentx, operator: Uint8Array | null, context: Context, findings: Findings): void {
  const { signers, signatures, fee } = gentx;
  const [signer] = signers;
  if (signers.length !== 1 || signatures.length !== 1) {
    findings.add("one-signer", said`it has ${signers.length} signers and ${signatures.length} signatures`);
  }
  const account = operator === null ? null : writeBech32(context.prefix, operator);
  if (fee !== null && fee.payer !== "" && fee.payer !== account) {
    findings.add("one-signer", said`another account pays the fee, so it would have to sign too`, show(fee.payer));
  }
  if (signer === undefined) return;
  const expected = (account === null ? undefined : context.genesis?.sequences.get(account)) ?? 0n;
  if (signer.sequence !== expected) {
    findings.add(
      "sequence",
      said`the sequence is ${signer.sequence}, but the account's is ${expected}`,
      String(signer.sequence),
    );
  }
}

function checkFee(fee: Fee | null, operator: Uint8Array | null, context: Context, findings: Findings): void {
  if (fee === null) {
    findings.add("fee", said`there is no fee object`);
    return;
  }
  const { amount, gasLimit, granter } = fee;
  const written = show(amount.map((coin) => `${coin.amount}${coin.denom}`).join(","));
  const pays = amount.some((coin) => coin.amount !== 0n);
  if (amount.some((coin) => coin.amount === null || coin.amount < 0n)) {
    findings.add("fee", said`an amount of the fee is missing or negative`, written);
  } else if (pays && !areSorted(amount)) {
    findings.add("fee", said`the fee's coins must be positive, each denom once and in order`, written);
  }
  if (amount.length > 0 && gasLimit === 0n)
    findings.add("fee-gas", said`a fee with a gas limit of 0 crashes every node`, written);
  if (granter !== "" && !mayGrant(granter, operator, context)) {
    findings.add("fee", said`somebody else is to grant the fee, but there are no grants at genesis`, show(granter));
  }
  const most = context.genesis?.maxGas ?? maxGasWanted;
  if (gasLimit > most) findings.add("gas", said`the gas limit is ${gasLimit}, more than ${most}`, String(gasLimit));
}

function areSorted(coins: readonly Coin[]): boolean {
  return coins.every((coin, index) => {
    const before = coins[index - 1];
    return isValidCoin(coin) && coin.amount !== 0n && (before === undefined || before.denom < coin.denom);
  });
}

/** Where the chain knows fee grants, naming oneself does no harm. */
function mayGrant(granter: string, operator: Uint8Array | null, { genesis, prefix }: Context): boolean {
  if (operator === null || readBech32(granter) === null || genesis?.hasFeeGrants === false) return false;
  return granter === writeBech32(prefix, operator);
}
