import { type AllocationsRead, allocationsFromCsv, allocationsFromJson } from "../allocation/table.ts";
import { assemble } from "../assemble/assemble.ts";
import { type GenesisFile, NotAGenesis, readGenesis } from "../document/genesis-file.ts";
import { sha256Hex } from "../document/hash.ts";
import { canonicalGenesis, genesisText } from "../document/write.ts";
import { NotCanonical } from "../json/canonical.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import { readUtf8 } from "../log/bytes.ts";
import { judgeGenesis } from "../rules/judge-genesis.ts";
import type { Assembled, Assembler, AssemblyParts } from "./assembler.ts";

/** A part that is no such thing; the message names it. */
class BrokenPart extends Error {
  override name = "BrokenPart";
}

/** Makes the genesis of a ceremony's parts, and holds it against the rules for a genesis. */
export const assembleParts: Assembler = (parts) => {
  try {
    return assembled(parts);
  } catch (error) {
    if (error instanceof BrokenPart) return { ok: false, problems: [error.message] };
    if (error instanceof NotCanonical) return { ok: false, problems: [`no canonical form: ${error.message}`] };
    throw error;
  }
};

function assembled(parts: AssemblyParts): Assembled {
  const { style, order, genesisTime, shape, chainId } = parts.parameters;
  const base = readBase(parts.base);
  if (base.shape !== shape)
    return { ok: false, problems: [`the base genesis is of shape ${base.shape}, not ${shape}`] };
  const gentxs = [...parts.gentxs].map(([name, bytes]) => ({ name, text: textOf(bytes, `the gentx of ${name}`) }));
  const allocations = readAllocations(parts);
  const made = assemble({ base, gentxs, style, order, genesisTime, ...(allocations && { allocations }) });
  if (!made.ok) return { ok: false, problems: made.findings.map(({ message }) => message) };
  const { file } = made.assembly;
  const broken = judgeGenesis(file, { base, chainId });
  if (broken.length > 0) return { ok: false, problems: broken.map(({ message }) => message) };
  const genesis = new TextEncoder().encode([...genesisText(file)].join(""));
  return { ok: true, genesis, canonicalSha256: sha256Hex(canonicalGenesis(file)) };
}

function readBase(bytes: Uint8Array): GenesisFile {
  try {
    return readGenesis(textOf(bytes, "the base genesis"));
  } catch (error) {
    if (!(error instanceof JsonError || error instanceof NotAGenesis)) throw error;
    throw new BrokenPart(`the base genesis is none: ${error.message}`, { cause: error });
  }
}

function readAllocations({ allocations, parameters }: AssemblyParts) {
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

function textOf(bytes: Uint8Array, what: string): string {
  const text = readUtf8(bytes);
  if (text === null) throw new BrokenPart(`${what} is not UTF-8`);
  return text;
}
