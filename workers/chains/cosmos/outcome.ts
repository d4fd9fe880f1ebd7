import type { Outcome } from "../../domain/chain/driver.ts";
import type { TxResult } from "./node.ts";

const REASON_MAX = 300;

/**
 * Codes of the SDK's own codespace that the paying side causes: insufficient funds, out of gas, insufficient
 * fee, timeout height, wrong sequence. Source: cosmos-sdk types/errors/errors.go.
 */
const PAYER_CODES: ReadonlySet<number> = new Set([5, 11, 13, 30, 32]);

/** The block is known and the node holds no results for it. */
export const UNKNOWN: Outcome = { code: null, codespace: "", reason: "", blame: "payer", gasUsed: 0n };

/** Reads one entry of a block's results. A multi-send's only payer is ours, so code 5 is never a recipient's. */
export function readOutcome({ code, codespace, log, gasUsed }: TxResult): Outcome {
  const payer = codespace === "sdk" && PAYER_CODES.has(code);
  const reason = code === 0 ? "" : log.slice(0, REASON_MAX);
  return { code, codespace, reason, blame: payer ? "payer" : "recipient", gasUsed };
}
