import { open } from "node:fs/promises";
import type { AllocationRules } from "../allocation/allocation.ts";
import { type AllocationsRead, allocationsFromCsv, allocationsFromJson } from "../allocation/table.ts";
import { listEntries } from "../json/split.ts";
import { byteSource } from "./file-source.ts";

/** Reads allocations from a file: a JSON list where the name ends in `.json`, else CSV. */
export async function readAllocationFile(path: string, rules: AllocationRules): Promise<AllocationsRead> {
  const file = await open(path, "r");
  try {
    const { chunks } = byteSource(file);
    return path.endsWith(".json")
      ? allocationsFromJson(listEntries(inner(chunks())), rules)
      : allocationsFromCsv(decoded(chunks()), rules);
  } finally {
    await file.close();
  }
}

function* decoded(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The bytes between the brackets of a list that is the whole file; for anything else the file's own. */
function* inner(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let opened = false;
  let held: Uint8Array | null = null;
  for (const chunk of chunks) {
    if (held !== null) yield held;
    if (opened) held = chunk;
    else {
      const text = new TextDecoder().decode(chunk.subarray(0, 64)).trimStart();
      if (!text.startsWith("[")) throw new Error("The allocations are no JSON list");
      held = chunk.subarray(chunk.indexOf(0x5b) + 1);
      opened = true;
    }
  }
  const end = held?.lastIndexOf(0x5d) ?? -1;
  if (held === null || end < 0) throw new Error("The allocations' list does not end");
  yield held.subarray(0, end);
}
