import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Download } from "../ceremony/download.ts";

/** More files than this are no ceremony's log. */
const filesMax = 200_000;
const fileBytesMax = 500_000_000;

/** A downloaded log in a folder. A file that is too large is refused by an error. */
export function folderDownload(folder: string): Download {
  return {
    read: async (path) => {
      const file = join(folder, ...path.split("/"));
      try {
        const { size } = await stat(file);
        if (size > fileBytesMax) throw new Error(`${path} has ${size} bytes, more than ${fileBytesMax}`);
        return await readFile(file);
      } catch (error) {
        // A folder of that name, or nothing: both mean that there is no such file.
        if (["ENOENT", "ENOTDIR", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
        throw error;
      }
    },
    list: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      if (found.length > filesMax) throw new Error(`${folder} has more than ${filesMax} files`);
      const files = found.filter((entry) => !entry.isDirectory());
      return files.map(({ parentPath, name }) =>
        join(parentPath, name).slice(join(folder, sep).length).replaceAll(sep, "/"),
      );
    },
  };
}
