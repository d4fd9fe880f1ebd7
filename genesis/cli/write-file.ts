import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./arguments.ts";

/**
 * Writes a file that is there whole or not at all, and answers what `use` made of the chunks. Throws
 * {@link UsageError} when the file exists already, unless `force`.
 */
export function writeAtomically<Result>(
  path: string,
  chunks: Iterable<string>,
  use: (chunks: Iterable<string>) => Result,
  force: boolean,
): Result {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  const file = openSync(partial, "wx", 0o644);
  try {
    const result = use(written(file, chunks));
    fsyncSync(file);
    closeSync(file);
    if (force) renameSync(partial, path);
    else linkSync(partial, path);
    return result;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new UsageError(`${path} exists already; --force replaces it`, { cause: error });
    }
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

function* written(file: number, chunks: Iterable<string>): Generator<string> {
  for (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    yield chunk;
  }
}
