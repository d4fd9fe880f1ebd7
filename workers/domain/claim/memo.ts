import type { Range } from "./records.ts";

/** What a batch's memo says: enough to recognise a payment that the outbox does not hold. */
export type BatchMemo = Range & { readonly id: string; readonly signedAtMs: number };

/** How every memo of this deployment begins. */
export function memoMark(deployment: string): string {
  return `wellspring/1 ${deployment} `;
}

/** At most 128 bytes for a deployment name of 32 and an id of 20 characters. */
export function writeMemo(deployment: string, memo: BatchMemo): string {
  return `${memoMark(deployment)}${memo.id} ${memo.from}-${memo.to} ${memo.signedAtMs}`;
}

/** Null: not a memo of this deployment. Anyone can write one, so the signer must be checked too. */
export function readMemo(deployment: string, text: string): BatchMemo | null {
  const mark = memoMark(deployment);
  if (!text.startsWith(mark)) return null;
  const match = /^([a-z0-9]{1,20}) (\d{1,15})-(\d{1,15}) (\d{1,15})$/.exec(text.slice(mark.length));
  if (!match?.[1]) return null;
  return { id: match[1], from: Number(match[2]), to: Number(match[3]), signedAtMs: Number(match[4]) };
}
