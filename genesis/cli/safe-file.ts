import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** The largest genesis that is read: real ones reach some hundred megabytes, a string of JavaScript half a gigabyte. */
const genesisBytesMax = 500_000_000;
const writableByAll = 0o002;

/** A file that is not trusted to be what its owner wrote, or can't be read; the message says why. */
export class UnsafeFileError extends Error {
  override name = "UnsafeFileError";
}

/**
 * Opens a genesis file. It refuses, by {@link UnsafeFileError}, a symlink, a file that everybody may write,
 * and one right in a folder that everybody may write: somebody else could swap it between check and launch.
 */
export async function openGenesisFile(path: string): Promise<FileHandle> {
  const folder = dirname(resolve(path));
  const holder = await stat(folder).catch((error: unknown) => refuse(path, "its folder can't be read", error));
  if (holder.mode & writableByAll)
    refuse(path, `everybody may write its folder ${folder}; move it into one of your own`);
  // Opened once and asked by its handle: nobody can swap it between the check and the read.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) =>
    refuse(
      path,
      error.code === "ELOOP" ? "it is a symlink; name the file itself" : `it can't be opened (${error.code})`,
      error,
    ),
  );
  try {
    const seen = await file.stat();
    if (!seen.isFile()) refuse(path, "it is no plain file");
    if (seen.mode & writableByAll) refuse(path, "everybody may write it; run chmod o-w on it");
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads a genesis file's bytes. Refuses what {@link openGenesisFile} refuses, and a file too big for one string. */
export async function readGenesisFile(path: string): Promise<Uint8Array> {
  const file = await openGenesisFile(path);
  try {
    const { size } = await file.stat();
    if (size > genesisBytesMax) refuse(path, `it has ${size} bytes, more than ${genesisBytesMax}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function refuse(path: string, why: string, cause?: unknown): never {
  throw new UnsafeFileError(`${path} is refused: ${why}.`, { cause });
}
