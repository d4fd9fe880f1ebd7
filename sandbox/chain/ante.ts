import { type Account, type AccountWriter, credit, debit } from "./accounts.ts";
import { keyAddress, moduleAddress } from "./address.ts";
import { areValid, coinsText } from "./coins.ts";
import { type GasMeter, gas } from "./gas.ts";
import type { ChainSettings } from "./options.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { isSigned } from "./signature.ts";
import type { Tx } from "./tx.ts";

/**
 * Why a transaction is looked at. check: it enters the mempool; recheck: it stays there after a block; simulate: gas
 * only; deliver: it is in a block; replay: it was, and its signature was verified then.
 */
export type Mode = "check" | "recheck" | "simulate" | "deliver" | "replay";

/** Where a transaction runs. Height is the block's in deliver, the last committed block's otherwise, as in the SDK. */
export type Context = {
  readonly settings: ChainSettings;
  readonly mode: Mode;
  readonly height: number;
  readonly accounts: AccountWriter;
  readonly meter: GasMeter;
};

/**
 * The SDK's ante handler, decorators in its order (x/auth/ante/ante.go). Deducts the fee and raises the sequence;
 * what it wrote must be thrown away when it refuses.
 */
export function runAnte(context: Context, tx: Tx): Refusal | null {
  return (
    checkLimits(context, tx) ??
    checkBasics(context, tx) ??
    context.meter.consume(gas.ante, "ReadFlat") ??
    context.meter.consume(gas.perTxByte * chargedBytes(context, tx), "txSize") ??
    deductFee(context, tx) ??
    setKeys(context, tx) ??
    context.meter.consume(gas.signature * BigInt(tx.signatures.length), "ante verify: secp256k1") ??
    checkSignatures(context, tx) ??
    raiseSequences(context, tx)
  );
}

function checkLimits({ settings: { limits } }: Context, tx: Tx): Refusal | null {
  const { blockGasMax, txGasMax, txMessagesMax } = limits;
  if (blockGasMax > 0 && tx.gasLimit > BigInt(blockGasMax)) {
    return refuse("invalidGasLimit", `tx gas limit ${tx.gasLimit} exceeds block max gas ${blockGasMax}`);
  }
  if (txGasMax > 0 && tx.gasLimit > BigInt(txGasMax)) {
    return refuse(
      "invalidGasLimit",
      `the transaction asks for ${tx.gasLimit} gas, this chain takes at most ${txGasMax}`,
    );
  }
  if (tx.messages.length > txMessagesMax) {
    return refuse(
      "invalidRequest",
      `the transaction has ${tx.messages.length} messages, this chain takes at most ${txMessagesMax}`,
    );
  }
  return null;
}

function checkBasics({ settings, height }: Context, tx: Tx): Refusal | null {
  if (tx.hasExtensions) return refuse("unknownExtension");
  if (tx.signatures.length === 0) return refuse("noSignatures");
  if (tx.signatures.length !== tx.signers.length || tx.signerInfos.length !== tx.signers.length) {
    const count = Math.min(tx.signatures.length, tx.signerInfos.length);
    return refuse("unauthorized", `wrong number of signers; expected ${tx.signers.length}, got ${count}`);
  }
  if (tx.timeoutHeight > 0n && BigInt(height) > tx.timeoutHeight) {
    return refuse("txTimeoutHeight", `block height: ${height}, timeout height: ${tx.timeoutHeight}`);
  }
  const memoBytes = Buffer.byteLength(tx.memo);
  const max = settings.limits.memoBytesMax;
  if (memoBytes > max) {
    return refuse("memoTooLarge", `maximum number of characters is ${max} but received ${memoBytes} characters`);
  }
  return null;
}

function chargedBytes({ mode }: Context, tx: Tx): bigint {
  const missing = mode === "simulate" ? tx.signatures.filter((signature) => signature.length === 0).length : 0;
  return BigInt(tx.bytes.length) + BigInt(missing) * gas.missingSignatureBytes;
}

function deductFee({ settings, mode, accounts, meter }: Context, tx: Tx): Refusal | null {
  if (mode !== "simulate" && tx.gasLimit === 0n) return refuse("invalidGasLimit", "must provide positive gas");
  if (mode === "check" || mode === "recheck") {
    const required = (tx.gasLimit * BigInt(settings.minGasPriceMilli) + 999n) / 1000n;
    const offered = tx.fee.find(({ denom }) => denom === settings.denom)?.amount ?? 0n;
    if (offered < required) {
      const text = `insufficient fees; got: ${coinsText(tx.fee)} required: ${required}${settings.denom}`;
      return refuse("insufficientFee", text);
    }
  }
  if (tx.feeGranter !== "") return refuse("invalidRequest", "fee grants are not enabled");
  const payer = tx.feePayer;
  if (accounts.get(payer) === undefined) {
    return refuse("unknownAddress", `fee payer address: ${payer} does not exist`);
  }
  if (tx.fee.every(({ amount }) => amount === 0n)) return null;
  if (!areValid(tx.fee)) return refuse("insufficientFee", `invalid fee amount: ${coinsText(tx.fee)}`);
  const short = debit(accounts, payer, tx.fee);
  if (short !== null) {
    const held = accounts.get(payer)?.coins.get(short.denom) ?? 0n;
    const text = `spendable balance ${held}${short.denom} is smaller than ${coinsText([short])}: insufficient funds`;
    return refuse("insufficientFunds", text);
  }
  credit(accounts, moduleAddress("fee_collector", settings.prefix), tx.fee);
  return meter.consume(gas.fee, "WriteFlat");
}

/** A signer with its account and declaration; the counts were compared before. */
function signersOf({ accounts }: Context, tx: Tx): { address: string; account: Account | undefined; index: number }[] {
  return tx.signers.map((address, index) => ({ address, account: accounts.get(address), index }));
}

function setKeys(context: Context, tx: Tx): Refusal | null {
  for (const { address, account, index } of signersOf(context, tx)) {
    const publicKey = tx.signerInfos[index]?.publicKey ?? null;
    if (publicKey === null) continue;
    if (context.mode !== "simulate" && keyAddress(publicKey, context.settings.prefix) !== address) {
      const text = `pubKey does not match signer address ${address} with signer index: ${index}`;
      return refuse("invalidPubKey", text);
    }
    if (account === undefined) return refuse("unknownAddress", `account ${address} does not exist`);
    if (account.publicKey !== "") continue;
    context.accounts.set(address, { ...account, publicKey: Buffer.from(publicKey).toString("hex") });
    const outOfGas = context.meter.consume(gas.firstKey, "WriteFlat");
    if (outOfGas !== null) return outOfGas;
  }
  return null;
}

function checkSignatures(context: Context, tx: Tx): Refusal | null {
  const { mode, settings } = context;
  for (const { address, account, index } of signersOf(context, tx)) {
    if (account === undefined) return refuse("unknownAddress", `account ${address} does not exist`);
    if (mode !== "simulate" && account.publicKey === "") {
      return refuse("invalidPubKey", "pubkey on account is not set");
    }
    const info = tx.signerInfos[index];
    if (info?.sequence !== account.sequence) {
      const text = `account sequence mismatch, expected ${account.sequence}, got ${info?.sequence}`;
      return refuse("wrongSequence", text);
    }
    if (mode !== "check" && mode !== "deliver") continue;
    const signature = tx.signatures[index] ?? new Uint8Array();
    const key = Buffer.from(account.publicKey, "hex");
    if (info.direct && isSigned(tx, signature, key, settings.chainId, account.number)) continue;
    const text = `signature verification failed; please verify account number (${account.number}) and chain-id (${settings.chainId}): (unable to verify single signer signature)`;
    return refuse("unauthorized", text);
  }
  return null;
}

function raiseSequences({ accounts }: Context, tx: Tx): null {
  for (const address of tx.signers) {
    const account = accounts.get(address);
    if (account !== undefined) accounts.set(address, { ...account, sequence: account.sequence + 1n });
  }
  return null;
}
