import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { fromBase64, readUtf8, toBase64 } from "./bytes.ts";
import { isKeyName, type SignerKey, sameKey, type VerifierKey } from "./key.ts";

/** The longest note that is read, in bytes. */
export const noteBytesMax = 64 * 1024;
const signaturesMax = 100;

/** One signature line: who says to have signed, and with what. */
export type NoteSignature = { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array };

/** A note as it stands there; nothing is checked yet. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** Signs a text, which must end in a newline, as a note with one signature (C2SP signed-note). */
export function signNote(text: string, key: SignerKey): string {
  if (!isNoteText(text)) throw new RangeError("a note's text ends in a newline and has no control characters");
  const signature = ed25519.sign(new TextEncoder().encode(text), key.seed);
  return `${text}\n\u2014 ${key.name} ${toBase64(concatBytes(key.id, signature))}\n`;
}

/** Reads a note strictly, without checking a signature. A string: why it is none. */
export function parseNote(bytes: Uint8Array): Note | string {
  if (bytes.length > noteBytesMax) return `a note has at most ${noteBytesMax} bytes`;
  const note = readUtf8(bytes);
  if (note === null) return "not UTF-8";
  const split = note.lastIndexOf("\n\n");
  if (split < 0) return "no empty line between text and signatures";
  const text = note.slice(0, split + 1);
  if (!isNoteText(text)) return "a control character in the text";
  const lines = note.slice(split + 2).split("\n");
  if (lines.pop() !== "" || lines.length === 0) return "no signature line that ends in a newline";
  if (lines.length > signaturesMax) return `more than ${signaturesMax} signatures`;
  const signatures = lines.map(parseLine);
  const broken = signatures.indexOf(null);
  if (broken >= 0) return `signature line ${broken + 1} is malformed`;
  return { text, signatures: signatures.filter((line) => line !== null) };
}

function isNoteText(text: string): boolean {
  return text.endsWith("\n") && text.isWellFormed() && !/\p{Cc}/u.test(text.replaceAll("\n", ""));
}

function parseLine(line: string): NoteSignature | null {
  const [, name = "", base64 = ""] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || bytes === null || bytes.length < 5) return null;
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * Checks a note against one key: null when a line of that key verifies and none of that key fails. Lines of other
 * keys are left unread, as the format demands. A string: why the note is not to be trusted.
 */
export function checkNote({ text, signatures }: Note, key: VerifierKey): string | null {
  const own = signatures.filter((line) => sameKey(line, key));
  if (own.length === 0) {
    const who = signatures.map(({ name, id }) => `${name} (${bytesToHex(id)})`).slice(0, 4);
    return `not signed by ${key.name} (${bytesToHex(key.id)}), but by ${who.join(", ")}`;
  }
  const message = new TextEncoder().encode(text);
  const good = own.every(({ signature }) => verifies(signature, message, key.publicKey));
  return good ? null : `the signature of ${key.name} does not verify`;
}

function verifies(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // a public key that is no point of the curve
  }
}
