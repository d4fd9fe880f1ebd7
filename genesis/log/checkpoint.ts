import { fromBase64, toBase64 } from "./bytes.ts";
import { isKeyName, type SignerKey, type VerifierKey } from "./key.ts";
import { checkNote, parseNote, signNote } from "./note.ts";
import { leavesMax } from "./tree.ts";

/** What a log says of itself: which log, how many leaves, and their root (C2SP tlog-checkpoint). */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** The signed checkpoint; its origin is the key's name. */
export function signCheckpoint({ size, root }: Omit<Checkpoint, "origin">, key: SignerKey): string {
  return signNote(`${key.name}\n${size}\n${toBase64(root)}\n`, key);
}

/**
 * Reads a checkpoint that `key` signed. A string says why it is none, or is not to be trusted. Extension lines are
 * refused: this log writes none, so one that appears was not written by it.
 */
export function openCheckpoint(bytes: Uint8Array, key: VerifierKey): Checkpoint | string {
  const note = parseNote(bytes);
  if (typeof note === "string") return note;
  const untrusted = checkNote(note, key);
  if (untrusted !== null) return untrusted;
  const checkpoint = parseBody(note.text);
  if (typeof checkpoint === "string") return checkpoint;
  return checkpoint.origin === key.name ? checkpoint : `the origin ${checkpoint.origin} is not the key's name`;
}

function parseBody(text: string): Checkpoint | string {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] !== "") return "a checkpoint has three lines: origin, size and root";
  const [origin = "", size = "", hash = ""] = lines;
  if (!isKeyName(origin)) return "the origin is no key's name";
  if (!/^(0|[1-9]\d{0,9})$/.test(size) || Number(size) > leavesMax) return `the size is no number up to ${leavesMax}`;
  const root = fromBase64(hash);
  return root?.length === 32 ? { origin, size: Number(size), root } : "the root is not 32 bytes in base64";
}
