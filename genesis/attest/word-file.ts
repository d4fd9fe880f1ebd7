import canonicalize from "canonicalize";
import type { z } from "zod";
import { readUtf8 } from "../log/bytes.ts";

/** The largest file that holds a signed word, in bytes. */
export const wordFileBytesMax = 32 * 1024;

/** A file of a schema as its one spelling: canonical JSON (RFC 8785) in UTF-8. */
export function writeWordFile(file: object): Uint8Array {
  return new TextEncoder().encode(canonicalize(file) ?? "");
}

/** Reads a file of a schema in any spelling. A string: what is wrong with it; it never holds what stood there. */
export function readWordFile<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema> | string {
  if (bytes.length > wordFileBytesMax) return `it is longer than ${wordFileBytesMax} bytes`;
  const text = readUtf8(bytes);
  if (text === null) return "it is not UTF-8";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  // The message would name the field, and what stands there may be anything.
  if (issue?.code === "unrecognized_keys") return "it has a field that has no place in it";
  return `${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is wrong"}`;
}
