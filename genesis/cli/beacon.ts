import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { nodeIdOf, signBeacon, writeBeacon } from "../attest/beacon.ts";
import { publicKeyOf } from "../attest/node-key.ts";
import { sha256Hex, toBase64 } from "../log/bytes.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { challengeOptions, challengeUsage, parsed, readChallenge } from "./challenge-file.ts";
import { readNodeKey } from "./node-key.ts";
import { readGenesisFile } from "./safe-file.ts";

/** See {@link run}. */
export const usage = `npm run -s genesis -- beacon --node-key FILE --genesis FILE --binary FILE --binary-version V [options]
${challengeUsage}
  --node-key FILE       node_key.json, never priv_validator_key.json
  --genesis FILE        the genesis file in the node's own folder
  --binary FILE         the node's binary, which is hashed
  --binary-version V    what the binary says of itself
  --init-chain-passed   the node runs, took the genesis and waits for its time
  --clock-skew-ms N     how far the clock is ahead of others, as your time service says
  --signer-state FILE   priv_validator_state.json; its height is told`;

const options = {
  ...challengeOptions,
  "node-key": { type: "string" },
  genesis: { type: "string" },
  binary: { type: "string" },
  "binary-version": { type: "string" },
  "init-chain-passed": { type: "boolean", default: false },
  "clock-skew-ms": { type: "string" },
  "signer-state": { type: "string" },
} as const;

/** Signs with the node's key what the node says before genesis time, and prints it as JSON to send. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (positionals.length > 0) throw new UsageError("a beacon takes options only");
  const need = (name: Exclude<keyof typeof options, "init-chain-passed">): string => {
    const value = values[name];
    if (value === undefined) throw new UsageError(`--${name} is missing`);
    return value;
  };
  const seed = await readNodeKey(need("node-key"));
  const genesis = await readGenesisFile(need("genesis"));
  const key = publicKeyOf(seed);
  if (Buffer.from(genesis).includes(toBase64(key)))
    throw new UsageError(
      "this key stands in the genesis: it signs blocks and nothing else. Name node_key.json instead",
    );
  const { genesisSha256: _, ...asked } = await readChallenge(values, "beaconNonce");
  const facts = {
    ...asked,
    genesisSha256: sha256Hex(genesis),
    node: nodeIdOf(key),
    binaryVersion: need("binary-version"),
    binarySha256: await hashOfFile(need("binary")),
    initChainPassed: values["init-chain-passed"],
    clockSkewMs: Number(need("clock-skew-ms")),
    signerHeight: await heightIn(need("signer-state")),
  };
  try {
    console.log(new TextDecoder().decode(writeBeacon(signBeacon(facts, seed))));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError("a fact has the wrong form; a skew is a whole number below a day", { cause: error });
  }
  return 0;
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

async function heightIn(path: string): Promise<number> {
  const state = parsed(await readFile(path, "utf8"));
  const height = typeof state === "object" && state !== null && "height" in state ? state.height : null;
  // CometBFT writes the height as text.
  if (typeof height === "string" && /^(0|[1-9][0-9]{0,14})$/.test(height)) return Number(height);
  throw new UsageError(`${path} is no priv_validator_state.json`);
}
