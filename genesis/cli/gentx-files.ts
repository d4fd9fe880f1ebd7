import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { readText } from "../gentx/judge.ts";
import { UsageError } from "./arguments.ts";

/** A gentx is about 2 KiB: a file that is larger than this is none, and only its beginning is read. */
const bytesMax = 5 * 1024 * 1024;
const filesMax = 10_000;

/** A file that was handed in. */
export type GentxFile = { readonly name: string; readonly text: string };

/** Reads files, and those in folders that end in `.json`, in byte order of their names as the SDK's tools do. */
export async function readGentxFiles(paths: readonly string[]): Promise<GentxFile[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesAt(path)));
  if (files.length === 0) throw new UsageError("There is no file to check.");
  if (files.length > filesMax) throw new UsageError(`There are more than ${filesMax} files.`);
  const read: GentxFile[] = [];
  for (const path of files) read.push({ name: basename(path), text: await readBounded(path) });
  return read;
}

async function filesAt(path: string): Promise<string[]> {
  const seen = await stat(path).catch(() => {
    throw new UsageError(`${path} can't be read.`);
  });
  if (!seen.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(".json"))
    .map(({ name }) => name)
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((name) => join(path, name));
}

async function readBounded(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= bytesMax) return readText(await file.readFile());
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytesMax), position: 0 });
    return readText(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
