import { type AllocationsRead, allocationsFromCsv, allocationsFromJson } from "../allocation/table.ts";
import { type GenesisFile, NotAGenesis, readGenesis } from "../document/genesis-file.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import { readUtf8 } from "../log/bytes.ts";
import type { AssemblyParts } from "./assembler.ts";

/** A part that is no such thing; the message names it. */
export class BrokenPart extends Error {
  override name = "BrokenPart";
}

/** Reads a base genesis. Throws {@link BrokenPart}. */
export function readBase(bytes: Uint8Array): GenesisFile {
  try {
    return readGenesis(textOf(bytes, "the base genesis"));
  } catch (error) {
    if (!(error instanceof JsonError || error instanceof NotAGenesis)) throw error;
    throw new BrokenPart(`the base genesis is none: ${error.message}`, { cause: error });
  }
}

/** Reads the allocation list; null where there is none. Throws {@link BrokenPart}. */
export function readAllocations({ allocations, parameters }: Pick<AssemblyParts, "allocations" | "parameters">) {
  if (allocations === null) return null;
  const text = textOf(allocations.bytes, "the allocation list");
  const { prefix, denom } = parameters;
  const read = readRows(allocations.format, text, { prefix, denom });
  if (read.ok) return read.table;
  const [first] = read.faults;
  throw new BrokenPart(`the allocation list, line ${first?.line}: ${first?.message}`);
}

function readRows(format: "csv" | "json", text: string, rules: { prefix: string; denom: string }): AllocationsRead {
  if (format === "csv") return allocationsFromCsv([text], rules);
  try {
    const { value } = parseJson(text);
    if (!Array.isArray(value)) throw new BrokenPart("the allocation list is no JSON list");
    return allocationsFromJson(value, rules);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new BrokenPart(`the allocation list is no JSON: ${error.message}`, { cause: error });
  }
}

/** Reads a part as UTF-8. Throws {@link BrokenPart}. */
export function textOf(bytes: Uint8Array, what: string): string {
  const text = readUtf8(bytes);
  if (text === null) throw new BrokenPart(`${what} is not UTF-8`);
  return text;
}
