import { said } from "../document/said.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import type { Json } from "../json/value.ts";
import { checkDescription } from "./check-description.ts";
import { checkGenesis } from "./check-genesis.ts";
import { checkSet } from "./check-set.ts";
import { checkSignature } from "./check-signature.ts";
import { checkTransaction } from "./check-transaction.ts";
import { checkOperator, checkValidator } from "./check-validator.ts";
import { type Context, powerReductionDefault } from "./context.ts";
import { decodeGentx } from "./decode.ts";
import { type Finding, Findings } from "./findings.ts";
import type { Gentx } from "./gentx.ts";
import { DecodeError, show } from "./go-json.ts";
import { type Seat, seatOf } from "./seat.ts";
import { findSecret } from "./secret.ts";

/** What the judge says of one gentx. Nothing in it holds a secret that was pasted. */
export type Verdict = {
  /** Whether it may be taken: no rule failed; warnings don't count. */
  readonly ok: boolean;
  /** What it says and takes, where it could be read. */
  readonly gentx?: Seat;
  readonly failures: readonly Finding[];
  readonly warnings: readonly Finding[];
};

/** A gentx is about 2 KiB. */
export const gentxBytesMax = 32 * 1024;
/** Beyond it a text isn't even looked at. */
const textLengthMax = 4 * 1024 * 1024;

/**
 * Judges a gentx as a node would at InitGenesis, and by what wrecks launches without being refused. It tells all
 * failures at once. `text` is the file as it was handed in, decoded by {@link readText}.
 */
export function judgeGentx(text: string, context: Context): Verdict {
  const { onlyFatal = false, waived = [], powerReduction = powerReductionDefault } = context.policy ?? {};
  const findings = new Findings(onlyFatal, waived);
  const verdict = (gentx?: Seat): Verdict => {
    const { failures, warnings } = findings;
    return { ok: failures.length === 0, ...(gentx === undefined ? {} : { gentx }), failures, warnings };
  };
  const secret = onlyFatal ? null : findSecret(text.slice(0, textLengthMax));
  if (secret !== null) {
    findings.add("secret", said`there is ${secret} in this file`);
    return verdict();
  }
  const json = parse(text, findings);
  const gentx = json === undefined ? null : decode(json, findings);
  if (gentx === null) return verdict();
  const [odd, ...more] = gentx.odd.slice(0, 4);
  if (odd !== undefined)
    findings.add(
      "spelling",
      more.reduce((sum, words) => said`${sum}; ${words}`, odd),
    );
  const { message } = gentx;
  const operator = message === null ? null : checkOperator(message, context, findings);
  checkTransaction(gentx, operator, context, findings);
  if (message === null) return verdict();
  checkValidator(message, operator, context, findings);
  checkDescription(message.description, gentx.body.memo, findings);
  checkSignature(gentx, message, operator, context, findings);
  if (operator !== null) checkGenesis(gentx, message, operator, context, findings);
  const seat = seatOf(gentx, message, powerReduction);
  checkSet(seat, gentx, context, findings);
  return verdict(seat);
}

/** Bytes to text as Go reads them: what is no UTF-8 becomes U+FFFD, and a byte order mark stays (and is refused). */
export function readText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}

function parse(text: string, findings: Findings): Json | undefined {
  if (text.length > textLengthMax) {
    findings.add("size", said`it has more than ${textLengthMax} characters`);
    findings.add("decode", said`it is too large to be a gentx`);
    return undefined;
  }
  // A character takes at most three bytes of UTF-8, so most texts needn't be counted.
  const bytes = text.length * 3 > gentxBytesMax ? new TextEncoder().encode(text).length : 0;
  if (bytes > gentxBytesMax) findings.add("size", said`it has ${bytes} bytes, more than ${gentxBytesMax}`);
  if (text.includes("\ufffd") || !text.isWellFormed())
    findings.add("encoding", said`some bytes of it are no UTF-8 text`);
  try {
    const { value, duplicates, rest } = parseJson(text);
    if (rest !== null) findings.add("trailing-document", said`something follows the transaction at character ${rest}`);
    if (duplicates.length > 0)
      findings.add("duplicate-key", said`twice there: ${duplicates.slice(0, 4).map(show).join(", ")}`);
    return value;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    findings.add("decode", said`it is no JSON: ${error.said}`);
    return undefined;
  }
}

function decode(json: Json, findings: Findings): Gentx | null {
  try {
    return decodeGentx(json);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    findings.add("decode", error.said);
    return null;
  }
}
