import { TxMsgData } from "cosmjs-types/cosmos/base/abci/v1beta1/abci";
import { type AccountWriter, Branch } from "./accounts.ts";
import { type Mode, runAnte } from "./ante.ts";
import { runMessage } from "./bank.ts";
import { GasMeter } from "./gas.ts";
import { merkleRoot } from "./merkle.ts";
import type { ChainSettings } from "./options.ts";
import { type Refusal, refuse, wrap } from "./refusal.ts";
import { type Decoded, type Tx, typeUrls } from "./tx.ts";
import { bytesField, varintField } from "./wire.ts";

/** What became of a transaction. */
export type TxResult = {
  /** 0: done. */
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  readonly data: Uint8Array;
  readonly gasWanted: bigint;
  readonly gasUsed: bigint;
  /** True when fee and sequence are spent, whatever the code. A refusal by the ante handler spends neither. */
  readonly charged: boolean;
};

/**
 * BaseApp.runTx of cosmos-sdk v0.50: ante handler, then the messages, each on its own branch. Messages run when
 * delivered or simulated only. Block height is that of the block in deliver, of the last block otherwise.
 */
export function runTx(
  settings: ChainSettings,
  mode: Mode,
  height: number,
  accounts: AccountWriter,
  decoded: Decoded,
): TxResult {
  if (!decoded.ok) return failed(decoded.refusal, 0n, 0n, false);
  const { tx } = decoded;
  if (tx.messages.length === 0)
    return failed(refuse("invalidRequest", "must contain at least one message"), 0n, 0n, false);
  const meter = new GasMeter(mode === "simulate" ? null : tx.gasLimit);
  const fees = new Branch(accounts);
  const refusal = runAnte({ settings, mode, height, accounts: fees, meter }, tx);
  if (refusal !== null) return failed(refusal, tx.gasLimit, meter.used, false);
  fees.commit();
  if (mode === "check" || mode === "recheck") return done(tx, meter, new Uint8Array());
  const transfers = new Branch(accounts);
  for (const [index, message] of tx.messages.entries()) {
    const failure = runMessage({ settings, mode, height, accounts: transfers, meter }, message);
    if (failure === null) continue;
    const outOfGas = failure.codespace === "sdk" && failure.code === 11;
    // Out of gas is a panic in the SDK and is not wrapped.
    const worded = outOfGas ? failure : wrap(failure, `failed to execute message; message index: ${index}`);
    return failed(worded, tx.gasLimit, meter.used, true);
  }
  transfers.commit();
  const msgResponses = tx.messages.map(({ type }) => ({
    typeUrl: `${typeUrls[type]}Response`,
    value: new Uint8Array(),
  }));
  return done(tx, meter, TxMsgData.encode(TxMsgData.fromPartial({ msgResponses })).finish());
}

/** ABCIResults.Hash of cometbft types/results.go: code, data and gas of each result. */
export function resultsHash(results: readonly TxResult[]): Buffer {
  return merkleRoot(
    results.map(({ code, data, gasWanted, gasUsed }) =>
      Buffer.concat([
        varintField(1, BigInt(code)),
        bytesField(2, data),
        varintField(5, gasWanted),
        varintField(6, gasUsed),
      ]),
    ),
  );
}

function done(tx: Tx, meter: GasMeter, data: Uint8Array): TxResult {
  const { gasLimit: gasWanted } = tx;
  return { code: 0, codespace: "", log: "", data, gasWanted, gasUsed: meter.used, charged: true };
}

function failed(refusal: Refusal, gasWanted: bigint, gasUsed: bigint, charged: boolean): TxResult {
  return { ...refusal, data: new Uint8Array(), gasWanted, gasUsed, charged };
}
