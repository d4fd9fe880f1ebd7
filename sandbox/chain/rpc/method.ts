import type { Chain } from "../chain.ts";
import type { Signature, Value } from "./params.ts";

/** A result, or the words of the -32603 answer. */
export type Outcome = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly fault: string };

/** One JSON-RPC method. */
export type Method = {
  readonly signature: Signature;
  readonly call: (chain: Chain, values: ReadonlyMap<string, Value>) => Outcome;
};
