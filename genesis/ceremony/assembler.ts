import type { Parameters } from "./parameters.ts";

/** All that a sealed genesis is made of. */
export type AssemblyParts = {
  readonly parameters: Parameters;
  readonly base: Uint8Array;
  readonly allocations: { readonly bytes: Uint8Array; readonly format: "csv" | "json" } | null;
  /** By operator's address, in no order: the assembly has its own. */
  readonly gentxs: ReadonlyMap<string, Uint8Array>;
};

/**
 * A genesis made of its parts: its bytes, the SHA-256 of its canonical form and of that of a node's `/genesis` answer, and the `validators_hash` that the header
 * of block 1 will show (upper-case hexadecimal), or why it can't be made.
 */
export type Assembled =
  | {
      readonly ok: true;
      readonly genesis: Uint8Array;
      readonly canonicalSha256: string;
      readonly answerSha256: string;
      readonly validatorsHash: string;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Makes a genesis. Pure: the same parts give the same bytes, in the Worker, on the command line and in a browser. */
export type Assembler = (parts: AssemblyParts) => Assembled;
