import { getRandomValues } from "node:crypto";
import { toBase64 } from "../log/bytes.ts";
import { formatVerifierKey, isKeyName, signerKey } from "../log/key.ts";
import { readArguments, UsageError } from "./arguments.ts";

/** See `run`. */
export const usage = "npm run -s genesis -- new-log-key [ORIGIN]   (an origin is the log's name, as wellspring/paw-1)";

/**
 * Makes an Ed25519 seed for the secret LOG_KEY and prints it alone on standard output, so that it can be piped into
 * `wrangler secret put LOG_KEY`. With a log's origin it tells the verifier key on standard error.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {});
  const [origin, ...more] = positionals;
  if (more.length > 0) throw new UsageError("one origin at most");
  if (origin !== undefined && !isKeyName(origin)) throw new UsageError("an origin has no space and no plus");
  const seed = getRandomValues(new Uint8Array(32));
  console.log(toBase64(seed));
  if (origin !== undefined) console.error(`Verifier key: ${formatVerifierKey(signerKey(origin, seed))}`);
  return 0;
}
