import type { Block } from "./block.ts";
import type { Blocks } from "./blocks.ts";
import { type Event, eventsOf } from "./events.ts";
import type { TxResult } from "./run.ts";
import { txHash } from "./tx.ts";

/** A transaction in a block. */
export type Placed = {
  readonly hash: string;
  readonly height: number;
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly result: TxResult;
  readonly events: readonly Event[];
};

/** The transaction at a place; null when its block is not served. */
export function placedTx(block: Block | undefined, index: number, prefix: string): Placed | null {
  const bytes = block?.txs[index];
  const result = block?.results[index];
  if (block === undefined || bytes === undefined || result === undefined) return null;
  const { height } = block.header;
  return { hash: txHash(bytes), height, index, bytes, result, events: eventsOf(bytes, result, prefix) };
}

type Condition = { readonly key: string; readonly operator: string; readonly value: string };

/**
 * All transactions in served blocks that meet a query of CometBFT's language, oldest first: conditions on `tx.hash`,
 * `tx.height` (a number) and event attributes (text in quotes), joined by AND. Null when it is none; CONTAINS and
 * EXISTS are not known.
 */
export function searchTxs(blocks: Blocks, query: string, prefix: string): Placed[] | null {
  const conditions = parse(query);
  if (conditions === null) return null;
  const byHash = conditions.find(({ key }) => key === "tx.hash");
  if (byHash !== undefined) {
    const place = blocks.find(byHash.value.toUpperCase());
    const placed = place === undefined ? null : placedTx(blocks.get(place.height), place.index, prefix);
    return placed !== null && conditions.every((condition) => meets(placed, condition)) ? [placed] : [];
  }
  const found: Placed[] = [];
  for (let height = blocks.base; height > 0 && height <= blocks.height; height++) {
    const block = blocks.get(height);
    for (let index = 0; index < (block?.txs.length ?? 0); index++) {
      const placed = placedTx(block, index, prefix);
      if (placed !== null && conditions.every((condition) => meets(placed, condition))) found.push(placed);
    }
  }
  return found;
}

function parse(query: string): Condition[] | null {
  const conditions: Condition[] = [];
  for (const part of query.split(/\s+AND\s+/)) {
    const match = /^\s*([a-zA-Z0-9_.]+)\s*(<=|>=|=|<|>)\s*(?:'([^']*)'|([0-9]{1,15}))\s*$/.exec(part);
    if (match === null) return null;
    const [, key = "", operator = "", text, number] = match;
    conditions.push({ key, operator, value: text ?? number ?? "" });
  }
  return conditions;
}

function meets(tx: Placed, { key, operator, value }: Condition): boolean {
  if (key === "tx.hash") return operator === "=" && tx.hash === value.toUpperCase();
  if (key === "tx.height") return compare(tx.height - Number(value), operator);
  return tx.events.some(({ type, attributes }) =>
    attributes.some(([name, text]) => `${type}.${name}` === key && operator === "=" && text === value),
  );
}

function compare(difference: number, operator: string): boolean {
  if (difference === 0) return operator.endsWith("=");
  return difference < 0 ? operator.startsWith("<") : operator.startsWith(">");
}
