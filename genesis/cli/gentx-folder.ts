import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GentxFile } from "../assemble/candidate.ts";

const gentxBytesMax = 32_768;
const filesMax = 20_000;

/**
 * The gentx files of a folder, as `collect-gentxs` chooses them: plain files whose names end in `.json`. Throws for a
 * file above 32 KiB and for bytes that are no UTF-8.
 */
export function readGentxFolder(folder: string): GentxFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (names.length > filesMax) throw new Error(`${folder} holds ${names.length} files, more than ${filesMax}`);
  return names.flatMap((name) => {
    const path = join(folder, name);
    const { size, ...kind } = statOf(path);
    if (kind.folder) return [];
    if (!kind.plain) throw new Error(`${path} is no plain file`);
    if (size > gentxBytesMax) throw new Error(`${path} has ${size} bytes; a gentx has at most ${gentxBytesMax}`);
    return [{ name, text: textOf(path) }];
  });
}

function statOf(path: string): { size: number; plain: boolean; folder: boolean } {
  const seen = lstatSync(path);
  return { size: seen.size, plain: seen.isFile(), folder: seen.isDirectory() };
}

function textOf(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    throw new Error(`${path} is not UTF-8`, { cause: error });
  }
}
