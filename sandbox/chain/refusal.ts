/** Why the application refuses a transaction: what a node's answer carries. */
export type Refusal = { readonly codespace: string; readonly code: number; readonly log: string };

/** Codes and words of cosmos-sdk types/errors/errors.go, codespace "sdk". */
const sdkErrors = {
  txDecode: [2, "tx parse error"],
  unauthorized: [4, "unauthorized"],
  insufficientFunds: [5, "insufficient funds"],
  unknownRequest: [6, "unknown request"],
  invalidAddress: [7, "invalid address"],
  invalidPubKey: [8, "invalid pubkey"],
  unknownAddress: [9, "unknown address"],
  invalidCoins: [10, "invalid coins"],
  outOfGas: [11, "out of gas"],
  memoTooLarge: [12, "memo too large"],
  insufficientFee: [13, "insufficient fee"],
  noSignatures: [15, "no signatures supplied"],
  invalidRequest: [18, "invalid request"],
  keyNotFound: [22, "key not found"],
  invalidHeight: [26, "invalid height"],
  txTimeoutHeight: [30, "tx timeout height"],
  unknownExtension: [31, "unknown extension options"],
  wrongSequence: [32, "incorrect account sequence"],
  invalidGasLimit: [41, "invalid gas limit"],
} as const satisfies Record<string, readonly [number, string]>;

/** Codes and words of cosmos-sdk x/bank/types/errors.go, codespace "bank". */
const bankErrors = {
  noInputs: [2, "no inputs to send transaction"],
  noOutputs: [3, "no outputs to send transaction"],
  mismatch: [4, "sum inputs != sum outputs"],
  multipleSenders: [9, "multiple senders not allowed"],
} as const satisfies Record<string, readonly [number, string]>;

/** An SDK error, wrapped as errorsmod.Wrap words it: detail first, the error's own words last. */
export function refuse(error: keyof typeof sdkErrors, detail?: string): Refusal {
  const [code, words] = sdkErrors[error];
  return { codespace: "sdk", code, log: detail === undefined ? words : `${detail}: ${words}` };
}

/** An error of the bank module. */
export function refuseBank(error: keyof typeof bankErrors): Refusal {
  const [code, log] = bankErrors[error];
  return { codespace: "bank", code, log };
}

/** The same refusal with words put before it. */
export function wrap(refusal: Refusal, detail: string): Refusal {
  return { ...refusal, log: `${detail}: ${refusal.log}` };
}
