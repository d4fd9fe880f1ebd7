import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** The command was called wrongly; the message says how, and the verb's usage is printed under it. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Reads a verb's options and what is left (files). Throws {@link UsageError} for one that it doesn't know. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
