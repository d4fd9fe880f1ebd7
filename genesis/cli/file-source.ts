import { fstatSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { GenesisFile } from "../document/genesis-file.ts";
import { type ByteSource, readLongGenesis } from "../document/read-long.ts";
import { openGenesisFile } from "./safe-file.ts";

const chunkBytes = 1 << 18;

/** An open file as bytes that can be walked again and again. Throws when the file changes while it is read. */
export function byteSource({ fd }: FileHandle): ByteSource {
  const { size, mtimeMs } = fstatSync(fd);
  return {
    *chunks(begin = 0, end = size) {
      for (let at = begin; at < end; ) {
        const chunk = new Uint8Array(Math.min(chunkBytes, end - at));
        const read = readSync(fd, chunk, 0, chunk.length, at);
        const now = fstatSync(fd);
        if (read === 0 || now.size !== size || now.mtimeMs !== mtimeMs)
          throw new Error("The file changed while it was read");
        at += read;
        yield read === chunk.length ? chunk : chunk.subarray(0, read);
      }
    },
  };
}

/** Does something with a genesis file that stays open, and is read piece by piece, for as long as that takes. */
export async function withGenesisFile<Result>(
  path: string,
  use: (file: GenesisFile) => Promise<Result>,
): Promise<Result> {
  const file = await openGenesisFile(path);
  try {
    return await use(readLongGenesis(byteSource(file)));
  } catch (error) {
    if (error instanceof Error && ["JsonError", "NotAGenesis"].includes(error.name)) {
      throw new Error(`${path} is no genesis: ${error.message}`, { cause: error });
    }
    throw error;
  } finally {
    await file.close();
  }
}
