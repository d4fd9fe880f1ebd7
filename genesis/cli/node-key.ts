import { readFile } from "node:fs/promises";
import { seedOf } from "../attest/node-key.ts";
import { fromBase64 } from "../log/bytes.ts";
import { UsageError } from "./arguments.ts";
import { parsed } from "./challenge-file.ts";

/**
 * Reads the seed from CometBFT's `node_key.json`. Throws {@link UsageError}, which never holds what stood in the file,
 * for anything else, and above all for `priv_validator_key.json`: that key signs blocks and must sign nothing else.
 */
export async function readNodeKey(path: string): Promise<Uint8Array> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} can't be read (${error.code})`, { cause: error });
  });
  const file = parsed(text);
  if (has(file, "address") || has(file, "pub_key"))
    throw new UsageError(`${path} is a consensus key: it signs blocks and nothing else. Name node_key.json instead`);
  const key = has(file, "priv_key") ? file.priv_key : null;
  const value = has(key, "value") ? key.value : null;
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  const seed = bytes === null ? null : seedOf(bytes);
  if (seed === null) throw new UsageError(`${path} is no node_key.json with an ed25519 key`);
  return seed;
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name);
}
